"""Read the names of people from what a page states as its authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.article import DateSource
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.parsing import find_dates
from services.cleaning.dates.relative import parse_relative
from services.cleaning.metadata.name_cleanup import (
    PARTICLES,
    PARTICLES_IN_PAIRS,
    is_credential,
    is_generation,
    is_outlet,
    is_role,
    last_first,
    without_credentials,
    without_handles,
    without_rest,
    without_role,
)
from services.cleaning.text.line_style import fold
from services.cleaning.text.unicode_repair import collapse_space, repair
from services.languages.registry import languages

_MAX_LENGTH = 400
_MAX_NAME_LENGTH, _MAX_NAME_WORDS = 80, 7
_MIN_NAME_LENGTH = 2

_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|co|io|de|fr|uk)\b|\d|[/\\{}<>_=#%:]")
_QUOTES = " \"'“”«»,"
_ADDRESS = re.compile(r"[/@\\]")
_BRACKETS = re.compile(r"\s?[(\[][^()\[\]]{0,100}[)\]]")
_TAGS = re.compile(r"<[a-zA-Z/][^<>]{0,300}>")
_SEPARATORS = re.compile(
    r"\s{0,9}(?:[|•·⋅●▪◦\u2219\u00d7;\n\uff0f]|\s(?:/{1,2}|[\u2013\u2014-]{1,2})\s"
    r"|(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})|\.\s(?=[^\W\d_]{3,12}\s?:))\s{0,9}"
)
_FIRM_REST = re.compile(
    r"(?:Sons?|Daughters?|Co|Company|Partners?|Associates|Brothers|Bros|Söhne|Cie|Fils|Figli|Hijos"
    r"|Partner)\b",
    re.IGNORECASE,
)
"""What follows "&" in the name of a firm."""
_COMMAS = re.compile(r"[,\u3001\uff0c\u060c]|(?<=[\u3400-\u9fff])\u30fb(?=[\u3400-\u9fff])")
"""Commas of all scripts, and the middle dot between names in Chinese characters."""
_CHINESE_NAMES = re.compile(r"[\u3400-\u9fff]{2,4}(?:\s[\u3400-\u9fff]{2,4}){1,5}")
_APOSTROPHE = re.compile(r"['\u2019]")
_HANDLE_LIKE = re.compile(r"[a-z]+\.[a-z]+")
_SINGLE_LETTER = 1
_RELATIVE = re.compile(
    r"\d{1,3}\s?[^\W\d_]{1,12}\s[^\W\d_]{2,9}(?=\s|$)|\d{1,3}\s?[^\W\d_]{1,3}\sago"
)
_TEXT = DateSource.TEXT


@dataclass(frozen=True, slots=True)
class NameRules:
    """What must be known of a page to read the names of its authors."""

    language: str | None = None
    outlets: frozenset[str] = frozenset()
    """Folded names of the site and its publisher, which are no authors."""
    context: DateContext | None = None
    """For dates and "2 hours ago" beside names; None if no dates are expected."""


@dataclass(frozen=True, slots=True)
class _Words:
    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    pictures: re.Pattern[str]
    credits: re.Pattern[str]
    """The space before the label of a picture's credit ("Ida Falk Foto: Omar Reyes")."""
    conjunction: re.Pattern[str]
    helpers: re.Pattern[str]
    """Who only reviewed, edited or translated, with the rest of the text."""
    attached: Mapping[str, frozenset[str]]
    """Conjunctions that are written with the next name, with names that begin like them."""


def read_names(written: str, rules: NameRules) -> list[str]:
    """Return the names in one statement of authors ("By X and Y, Chief Reporter").

    Roles, places, outlets, handles, dates and qualifications are left out. "Last, First" is
    turned round, and "Jr." stays with its name.
    """
    text = collapse_space(repair(_TAGS.sub(" ", written[:_MAX_LENGTH])))
    text = without_handles(_BRACKETS.sub("", text)).strip(_QUOTES)
    words = _words(rules.language)
    if " " not in text and _ADDRESS.search(text) and not words.prefix.match(text):
        return []
    names: list[str] = []
    for number, part in enumerate(_parts(text, words, rules)):
        for name in _names_of_part(part, words, rules):
            # a single word after a whole name is a place, and the name of an outlet is no name
            is_other = number > 0 and " " not in name and any(" " in one for one in names)
            if name not in names and not is_other and not (names and is_outlet(name)):
                names.append(name)
    return names


def read_organisation(written: str, rules: NameRules) -> list[str]:
    """Return the name of an organisation as it is stated, unless it is the outlet itself."""
    name = collapse_space(repair(written[:_MAX_LENGTH])).strip(_QUOTES)
    good = _MIN_NAME_LENGTH <= len(name) <= _MAX_NAME_LENGTH and not _NO_NAME.search(name)
    return [name] if good and fold(name) not in rules.outlets else []


def has_prefix(line: str, language: str | None) -> bool:
    """Return whether a line begins as a byline does ("By ", "Von ")."""
    return _words(language).prefix.match(line) is not None


@cache
def _words(language: str | None) -> _Words:
    known = languages()
    chosen = [known[code] for code in ("en", language) if code and code in known]
    if language not in known:
        chosen = [one for one in known.values() if one.code in ("en", "de", "fr", "es", "ru")]
    every = list(known.values())

    def alternatives(lists: Iterable[Iterable[str]]) -> str:
        return "|".join(sorted({word for one in lists for word in one}, key=len, reverse=True))

    prefixes = alternatives(one.byline_prefixes for one in chosen)
    suffixes = alternatives(one.byline_suffixes for one in chosen)
    updates = alternatives(map(re.escape, one.update_labels) for one in chosen)
    published = alternatives(map(re.escape, one.published_labels) for one in chosen)
    pictures = alternatives(one.picture_labels for one in every)
    own = {word for one in chosen for word in one.author_conjunctions}
    conjunctions = alternatives([own | {"and", "und", "och", "et"}])
    helpers = alternatives(one.helper_labels for one in chosen)
    return _Words(
        re.compile(rf"(?:{prefixes})", re.IGNORECASE),
        re.compile(rf"\s(?:{suffixes}|(?:{updates}|{published})\b.{{0,200}})$", re.IGNORECASE),
        re.compile(
            rf"(?:{pictures})\s?(?:[:\uff1a]|by\b|de\b|par\b|von\b|di\b|av\b|af\b|por\b|door\b|\s)\s?",
            re.IGNORECASE,
        ),
        re.compile(rf"(?<=[^\W\d_])\s(?=(?:{pictures})\s?[:\uff1a])", re.IGNORECASE),
        re.compile(rf"\s(?:{conjunctions})\s", re.IGNORECASE),
        re.compile(rf"(?:^|\s)(?:{helpers})\s.{{0,200}}$", re.IGNORECASE),
        {
            one.attached_conjunction: one.names_like_attached
            for one in chosen
            if one.attached_conjunction
        },
    )


def _parts(text: str, words: _Words, rules: NameRules) -> Iterator[str]:
    """Yield the parts of a byline between its separators, without labels and dates."""
    opening = words.prefix.match(text)
    rest = text[opening.end() :] if opening else text  # a label may contain a separator
    rest = words.credits.sub("; ", rest)
    parts = [part for part in _SEPARATORS.split(rest) if part.strip()]
    labels = [words.prefix.match(part) for part in parts]
    begun = [number for number, label in enumerate(labels) if label and label.end()]
    if opening and opening.end():
        begun = [0]
    if begun:
        parts = parts[begun[0] :]
    for number, part in enumerate(parts):
        stripped = words.helpers.sub("", without_dates(part.strip(), rules))
        label = words.prefix.match(stripped) or words.pictures.match(stripped)
        bare = stripped[label.end() :] if label else stripped
        if begun and number and not label and ";" not in rest:
            continue  # what follows a byline is a role, an outlet or a place
        bare = words.prefix.sub("", bare, count=1) if label and words.prefix.match(bare) else bare
        yield words.suffix.sub("", bare).strip(" ,:·•")


def without_dates(part: str, rules: NameRules) -> str:
    """Remove dates, and distances in time, from a part of a byline."""
    context = rules.context
    if context is None:
        return part
    for found in find_dates(part, _TEXT, context):
        part = part.replace(part[found.start : found.end], " ")
    lower = part.lower()
    if any(character.isdigit() for character in lower) and parse_relative(part, context):
        part = _RELATIVE.sub(" ", part)
    return " ".join(part.split())


def _names_of_part(part: str, words: _Words, rules: NameRules) -> Iterator[str]:
    if fold(part) in rules.outlets:
        return
    inverted = last_first(part)
    if inverted:
        yield from (name for name in [inverted] if _is_name(name, rules))
        return
    found: list[str] = []
    for number, piece in enumerate(_pieces(part, rules)):
        for name in _split_conjunctions(_without_label(piece.strip(), words), words):
            if found and number and is_generation(name):
                found[-1] = f"{found[-1]}, {name}" if "," in found[-1] else f"{found[-1]} {name}"
            elif not number or not _is_remark(name, part, found):
                clean = without_credentials(name)
                if number == 0:
                    clean = without_rest(without_role(clean))
                if _is_name(clean, rules) and not is_role(clean):
                    found.append(clean)
                elif number == 0 and not found:
                    return  # the first is no name: neither is the rest
    several = any(" " in name for name in found)
    yield from (
        name for place, name in enumerate(found) if place == 0 or " " in name or not several
    )


def _pieces(part: str, rules: NameRules) -> list[str]:
    """Return what stands between the commas; between Chinese names there may be a space."""
    if rules.language == "zh" and _CHINESE_NAMES.fullmatch(part):
        return part.split()
    return _COMMAS.split(part)


def _is_remark(piece: str, part: str, found: Sequence[str]) -> bool:
    """Return whether what follows a comma is a qualification, a place or an outlet."""
    if found and (piece[:1].islower() or is_outlet(piece)):
        return True  # "de Skarholm", "Harbour Press"
    return is_credential(piece) and not part.isupper()


def _without_label(piece: str, words: _Words) -> str:
    """Remove the label before a name between two commas ("photographs by X, words by Y")."""
    label = words.prefix.match(piece) or words.pictures.match(piece)
    return piece[label.end() :] if label else piece


def _split_conjunctions(piece: str, words: _Words) -> list[str]:
    """Return the names on both sides of conjunctions, but not the parts of one name."""
    names: list[str] = []
    for part in re.split(r"\s?&\s?|\s\+\s", piece):
        if names and _FIRM_REST.match(part):
            names[-1] = f"{names[-1]} & {part}"
        else:
            names.append(part)
    result: list[str] = []
    for name in names:
        start = 0
        for match in words.conjunction.finditer(f" {name} "):
            left, right = (
                f" {name} "[start : match.start()].strip(),
                f" {name} "[match.end() :].strip(),
            )
            if _joins_names(left, match.group().strip(), right):
                result.append(left)
                start = match.end()
        result.extend(_split_attached(f" {name} "[start:].strip(), words.attached))
    cleaned = [re.sub(r"^(?:and|und|et)\s", "", name, flags=re.IGNORECASE) for name in result]
    return [name for name in cleaned if name]


def _split_attached(name: str, attached: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the names on both sides of a conjunction that is written with the second name."""
    pieces = name.split()
    for conjunction, names in attached.items():
        for number, piece in enumerate(pieces[2:-1], 2):
            if piece.startswith(conjunction) and piece not in names:
                second = [piece.removeprefix(conjunction), *pieces[number + 1 :]]
                return [" ".join(pieces[:number]), " ".join(second)]
    return [name]


def _joins_names(left: str, word: str, right: str) -> bool:
    """Return whether a conjunction stands between two names ("von und zu" is one name)."""
    if not left or not right or (word[:1].isupper() and not left.isupper()):
        return False
    first, last = right.split(maxsplit=1)[0].lower(), left.rsplit(maxsplit=1)[-1].lower()
    if first in PARTICLES_IN_PAIRS or last in PARTICLES_IN_PAIRS:
        return False
    # "Ortega y Gasset" is one surname: a single letter joins two names only if both are whole.
    return len(word) > _SINGLE_LETTER or (" " in left and " " in right)


def _is_name(name: str, rules: NameRules) -> bool:
    if not _MIN_NAME_LENGTH <= len(name) <= _MAX_NAME_LENGTH or _NO_NAME.search(name):
        return False
    pieces = name.split()
    if _words(rules.language).prefix.fullmatch(name + " "):
        return False
    if len(pieces) > _MAX_NAME_WORDS or fold(name) in rules.outlets or not fold(name):
        return False
    if pieces[0].lower() == "the" and fold(" ".join(pieces[1:])) in rules.outlets:
        return False
    # In scripts with capitals the parts of a name have one, except particles ("van der").
    small = [word for word in pieces if word.islower() and not _APOSTROPHE.search(word)]
    if len(pieces) == 1:
        return not _HANDLE_LIKE.fullmatch(name)
    return pieces[-1] not in small and all(word in PARTICLES for word in small)


def first_names(values: Sequence[str], rules: NameRules) -> list[str]:
    """Return the names of several statements, without repetition."""
    return list(dict.fromkeys(name for value in values for name in read_names(value, rules)))
