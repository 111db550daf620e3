"""Compare the names of organisations: acronyms, legal forms, and words such as "the Alliance"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.languages.registry import languages, words_of_all_languages

LINK_WORDS: Final = words_of_all_languages(lambda language: language.names.acronym_link_words)
LEGAL_FORMS: Final = words_of_all_languages(lambda language: language.names.legal_forms)
KINDS: Final = words_of_all_languages(lambda language: language.names.organisation_kinds)
NICKNAMES: Final = {
    word: frozenset(names)
    for language in languages().values()
    for word, names in language.names.organisation_nicknames.items()
}
KNOWN_ACRONYMS: Final = {
    word: frozenset(name.replace(",", "") for name in names)
    for language in languages().values()
    for word, names in language.names.known_acronyms.items()
}
_KINDS_AND_NICKNAMES: Final = KINDS | NICKNAMES.keys()
_SHORTEST_ACRONYM: Final = 2
_SHORTEST_IN_SMALL_LETTERS: Final = 3
"""Letters of an acronym that may be written with one capital ("Nato")."""
_LONGEST_ACRONYM: Final = 6
_ACRONYM: Final = re.compile(rf"[^\W\d_]{{{_SHORTEST_ACRONYM},{_LONGEST_ACRONYM}}}")
_MARKS: Final = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", ".": None, ",": None})
_SPELLINGS: Final = (
    ("isation", "ization"),
    ("centre", "center"),
    ("defence", "defense"),
    ("labour", "labor"),
    ("programme", "program"),
    ("co-op", "coop"),
)
"""British and American spellings of words in the names of organisations."""


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """The name of an organisation in a form in which spellings are equal."""

    words: tuple[str, ...]
    """In lower case, without a legal form and without dots."""
    legal_form: str
    """As it is written, in lower case; empty if none is."""
    is_acronym: bool
    """Whether the name may be an acronym: one word of two to six letters in capitals, or of three
    and more with one capital ("Nato")."""
    is_kind: bool
    """Whether it only says what kind of organisation one is: "Commission"."""
    short_forms: frozenset[str]
    """The words that may stand for the name, and perhaps for others: "nato", "alliance"."""


@lru_cache(maxsize=20_000)
def parse_organisation_name(name: str) -> OrganisationName:
    """Divide a name into its words."""
    plain = unicodedata.normalize("NFKC", name.translate(_MARKS))
    folded = plain.lower()
    for british, american in _SPELLINGS:
        folded = folded.replace(british, american)
    words = folded.split()
    legal_form: list[str] = []
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        legal_form.insert(0, words.pop())
    is_acronym = _ACRONYM.fullmatch(plain) is not None and (
        plain.isupper() or (plain.istitle() and len(plain) >= _SHORTEST_IN_SMALL_LETTERS)
    )
    return OrganisationName(
        words=tuple(words),
        legal_form=" ".join(legal_form),
        is_acronym=is_acronym,
        is_kind=len(words) == 1 and words[0] in _KINDS_AND_NICKNAMES,
        short_forms=_short_forms(words),
    )


def is_same_organisation(one: OrganisationName, other: OrganisationName) -> bool:
    """Return whether two names differ in spelling only, or in that one lacks the legal form."""
    same_form = one.legal_form == other.legal_form
    return one.words == other.words and (same_form or not (one.legal_form and other.legal_form))


def may_stand_for(short: OrganisationName, full: OrganisationName) -> bool:
    """Return whether an acronym or a word for a kind of organisation is short for a name."""
    if len(short.words) != 1 or short.legal_form or short.words[0] not in full.short_forms:
        return False
    return short.is_acronym or short.is_kind


def _short_forms(words: Sequence[str]) -> frozenset[str]:
    name = " ".join(words)
    acronyms = {one for one in _initials(words) if one not in KNOWN_ACRONYMS}
    acronyms |= {one for one, names in KNOWN_ACRONYMS.items() if name in names}
    nicknames = {one for one, names in NICKNAMES.items() if name in names}
    ends = {words[-1]} if len(words) > 1 else set()
    if len(words) > 2 and words[1] in LINK_WORDS:  # noqa: PLR2004 - "Bank of Skarholm"
        ends.add(words[0])
    return frozenset(acronyms | nicknames | (ends & KINDS))


def _initials(words: Iterable[str]) -> frozenset[str]:
    """Return the acronyms of a name, with and without words like "of" and parts after a hyphen."""
    found = set()
    whole = [word for word in words if word[0].isalpha()]
    for parts in (whole, [part for word in whole for part in word.split("-") if part]):
        linked = [word[0] for word in parts]
        found |= {"".join(linked), "".join(w[0] for w in parts if w not in LINK_WORDS)}
    return frozenset(one for one in found if len(one) >= _SHORTEST_ACRONYM)
