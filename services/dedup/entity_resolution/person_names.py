"""Compare the names of people: what a surname may be, and which full names are one person's."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from services.languages.registry import languages, words_of_all_languages

PARTICLES: Final = words_of_all_languages(lambda language: language.names.particles)
GENERATION_SUFFIXES: Final = words_of_all_languages(
    lambda language: language.names.generation_suffixes
)
LEADING_FAMILY_NAMES: Final = words_of_all_languages(
    lambda language: language.names.leading_family_names
)
FREQUENT_NAMES: Final = LEADING_FAMILY_NAMES | words_of_all_languages(
    lambda language: language.names.feminine_names | language.names.masculine_names
)
"""Given names, and family names that very many people have."""
SHORT_GIVEN_NAMES: Final = {
    short: frozenset(full)
    for language in languages().values()
    for short, full in language.names.short_given_names.items()
}
_GIVEN_MIDDLE_AND_LAST: Final = 3
"""Words of a name with a given name, a middle name or patronymic, and a surname."""
_EQUIVALENT_MARKS: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "‑": "-"})
_PATRONYMIC: Final = re.compile(r".+(?:[oe]vich|[oe]vna|[iy]chna|[ое]вич|ьич|[ое]вна|[иі]чна|івна)")
_ARABIC_ARTICLE: Final = re.compile(r"(?:al|el|as|ad|an|ar|ash|at|az)-(?=.{3})")


@dataclass(frozen=True)
class PersonName:
    """The name of a person, divided into words in a form in which spellings are equal."""

    words: tuple[str, ...]
    """In lower case, without accents; a surname that stands before a patronymic is moved last."""
    suffix: str
    """The generation, such as "jr"; empty if none is named."""

    @cached_property
    def is_surname(self) -> bool:
        """Whether no given name is stated: "Falk", "von der Leyen"."""
        return len(self.words) == 1 or self.words[0] in PARTICLES

    @cached_property
    def surnames(self) -> frozenset[str]:
        """What the person may be called without the given name.

        Both "van der Berg" and "Berg" are surnames of "Ida van der Berg". A Chinese or Korean
        family name may stand first.
        """
        words = self.words
        tails = [at for at in range(len(words)) if at == len(words) - 1 or words[at] in PARTICLES]
        found = {" ".join(words[at:]) for at in tails if at or self.is_surname}
        found |= {_ARABIC_ARTICLE.sub("", words[-1])} if len(words) > 1 else set()
        if len(words) > 1 and words[0] in LEADING_FAMILY_NAMES:
            found.add(words[0])
        return frozenset(found)

    @cached_property
    def parts(self) -> frozenset[str]:
        """All words, and the parts of those with a hyphen."""
        return frozenset(part for word in self.words for part in (word, *word.split("-")))


@lru_cache(maxsize=20_000)
def parse_person_name(name: str) -> PersonName:
    """Divide a name into its words."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_EQUIVALENT_MARKS)).lower()
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words = [stripped for word in plain.split() if (stripped := word.strip(".,"))]
    suffixes = [word for word in words[1:] if word in GENERATION_SUFFIXES]
    words = [word for at, word in enumerate(words) if not at or word not in GENERATION_SUFFIXES]
    patronymics = [at for at, word in enumerate(words) if at and _PATRONYMIC.fullmatch(word)]
    if len(words) == _GIVEN_MIDDLE_AND_LAST and patronymics == [len(words) - 1]:
        words = words[1:] + words[:1]
    return PersonName(tuple(words), " ".join(suffixes))


def may_be_called(short: PersonName, full: PersonName) -> bool:
    """Return whether a surname, or a given name with a patronymic, is a part of a full name."""
    if short.is_surname:
        return short.suffix == full.suffix and " ".join(short.words) in full.surnames
    return is_given_with_patronymic(short) and full.words[:2] == short.words


def is_given_with_patronymic(name: PersonName) -> bool:
    """Return whether a name may lack the surname: "Vladimir Vladimirovich"."""
    return len(name.words) == 2 and _PATRONYMIC.fullmatch(name.words[1]) is not None  # noqa: PLR2004


def is_same_person(one: PersonName, other: PersonName) -> bool:
    """Return whether two full names are forms of one: "Ida Falk", "Ida B. Falk", "I. Falk"."""
    if one.suffix != other.suffix:
        return False
    if _joined(one) == _joined(other):  # "Kim Jong-un" and "Kim Jong Un"
        return True
    short, long = sorted((one.words, other.words), key=lambda words: (len(words), words))
    if len(short) > 1 and short == long[1:]:  # "Tayyip Erdogan" and "Recep Tayyip Erdogan"
        return True
    if not _is_same_given_name(short[0], long[0]) or short[-1] not in long[1:]:
        return False
    middle, longer_middle = short[1:-1], long[1:-1]
    return all(map(_is_same_word, middle, longer_middle))


def _joined(name: PersonName) -> str:
    return "".join(name.words).replace("-", "")


def _is_same_given_name(one: str, other: str) -> bool:
    return (
        _is_same_word(one, other)
        or one in SHORT_GIVEN_NAMES.get(other, ())
        or other in SHORT_GIVEN_NAMES.get(one, ())
    )


def _is_same_word(one: str, other: str) -> bool:
    """Return whether two given names may be one; an initial stands for any name it begins."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
