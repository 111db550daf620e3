"""Read the names of people from what a page states as its authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.article import DateSource
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.parsing import find_dates
from services.cleaning.dates.relative import parse_relative
from services.cleaning.text.line_style import fold
from services.cleaning.text.unicode_repair import collapse_space, repair
from services.languages.registry import languages, words_of_all_languages

_MAX_LENGTH = 400
_MAX_NAME_LENGTH, _MAX_NAME_WORDS = 80, 7
_MIN_NAME_LENGTH = 2

_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|co|io|de|fr|uk)\b|\d|[/\\{}<>_=#%:]")
_QUOTES = " \"'“”«»,"
_ADDRESS = re.compile(r"[/@\\]")
_BRACKETS = re.compile(r"\s?[(\[][^()\[\]]{0,100}[)\]]")
_TAGS = re.compile(r"<[a-zA-Z/][^<>]{0,300}>")
_SEPARATORS = re.compile(
    r"\s{0,9}(?:[|•·⋅\u2219\u00d7;\n]|\s(?:/|[\u2013\u2014-]{1,2})\s|\.\s(?=[^\W\d_]{3,12}\s?:))\s{0,9}"
)
_CREDENTIAL = re.compile(
    r"(?:Ph\.?\s?D|M\.?D|M\.?A|M\.?S|M\.?Sc|M\.?Ed|M\.?B\.?A|B\.?A|B\.?Sc|J\.?D|R\.?D|R\.?D\.?N"
    r"|R\.?N|D\.?V\.?M|D\.?O|D\.?D\.?S|E\.?d\.?D|C\.?P\.?A|C\.?F\.?P|C\.?F\.?A|LL\.?[BM]|Esq|MP|MEP"
    r"|Dr|Prof|OBE|MBE|CBE|FRS|[A-Z]{2,6}(?:-[A-Z0-9]{1,4})?(?:\s\d{2,3})?|[A-Z](?:\.[A-Z]){1,4})[.®™]{0,2}"
)
"""An academic degree or another qualification after a name."""
_GENERATION = re.compile(r"(?:Jr|Sr|II|III|IV|jun|sen)\.?", re.IGNORECASE)
_FIRM_REST = re.compile(
    r"(?:Sons?|Daughters?|Co|Company|Partners?|Associates|Brothers|Bros|Söhne|Cie|Fils|Figli|Hijos"
    r"|Partner)\b",
    re.IGNORECASE,
)
"""What follows "&" in the name of a firm."""
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
    conjunction: re.Pattern[str]
    helpers: re.Pattern[str]
    """Who only reviewed, edited or translated, with the rest of the text."""


def read_names(written: str, rules: NameRules) -> list[str]:
    """Return the names in one statement of authors ("By X and Y, Chief Reporter").

    Roles, places, outlets, handles, dates and qualifications are left out. "Last, First" is
    turned round, and "Jr." stays with its name.
    """
    text = collapse_space(repair(_TAGS.sub(" ", written[:_MAX_LENGTH])))
    text = _BRACKETS.sub("", text).strip(_QUOTES)
    if " " not in text and _ADDRESS.search(text):
        return []
    words = _words(rules.language)
    names: list[str] = []
    for part in _parts(text, words, rules):
        names.extend(name for name in _names_of_part(part, words, rules) if name not in names)
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
            rf"(?:{pictures})\s?(?::|by\b|de\b|par\b|von\b|di\b|av\b|af\b|por\b|door\b|\s)\s?",
            re.IGNORECASE,
        ),
        re.compile(rf"\s(?:{conjunctions})\s", re.IGNORECASE),
        re.compile(rf"(?:^|\s)(?:{helpers})\s.{{0,200}}$", re.IGNORECASE),
    )


def _parts(text: str, words: _Words, rules: NameRules) -> Iterator[str]:
    """Yield the parts of a byline between its separators, without labels and dates."""
    parts = [part for part in _SEPARATORS.split(text) if part.strip()]
    begun = [number for number, part in enumerate(parts) if words.prefix.match(part)]
    if begun:
        parts = parts[begun[0] :]
    for number, part in enumerate(parts):
        stripped = words.helpers.sub("", _without_dates(part.strip(), rules))
        label = words.prefix.match(stripped) or words.pictures.match(stripped)
        bare = stripped[label.end() :] if label else stripped
        if begun and number and not label and ";" not in text:
            continue  # what follows a byline is a role, an outlet or a place
        bare = words.prefix.sub("", bare, count=1) if label and words.prefix.match(bare) else bare
        yield words.suffix.sub("", bare).strip(" ,:·•")


def _without_dates(part: str, rules: NameRules) -> str:
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
    inverted = _last_first(part)
    if inverted:
        yield from (name for name in [inverted] if _is_name(name, rules))
        return
    found: list[str] = []
    for number, piece in enumerate(part.split(",")):
        for name in _split_conjunctions(_without_label(piece.strip(), words), words):
            if found and number and _GENERATION.fullmatch(name):
                found[-1] = f"{found[-1]}, {name}" if "," in found[-1] else f"{found[-1]} {name}"
            elif not (number and _CREDENTIAL.fullmatch(name) and not part.isupper()):
                clean = _without_credentials(name)
                if number == 0:
                    clean = _without_rest(_without_role(clean))
                if _is_name(clean, rules) and not _is_role(clean):
                    found.append(clean)
                elif number == 0 and not found:
                    return  # the first is no name: neither is the rest
    several = any(" " in name for name in found)
    yield from (
        name for place, name in enumerate(found) if place == 0 or " " in name or not several
    )


def _without_label(piece: str, words: _Words) -> str:
    """Remove the label before a name between two commas ("photographs by X, words by Y")."""
    label = words.prefix.match(piece) or words.pictures.match(piece)
    return piece[label.end() :] if label else piece


def _without_rest(name: str) -> str:
    """Remove what follows a whole name in small letters ("Ida Falk in Skarholm")."""
    pieces = name.split()
    for number, piece in enumerate(pieces):
        if number > 1 and piece[:1].islower() and piece not in _PARTICLES:
            return " ".join(pieces[:number])
    return name


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
        result.append(f" {name} "[start:].strip())
    cleaned = [re.sub(r"^(?:and|und|et)\s", "", name, flags=re.IGNORECASE) for name in result]
    return [name for name in cleaned if name]


def _joins_names(left: str, word: str, right: str) -> bool:
    """Return whether a conjunction stands between two names ("von und zu" is one name)."""
    if not left or not right or (word[:1].isupper() and not left.isupper()):
        return False
    first, last = right.split(maxsplit=1)[0].lower(), left.rsplit(maxsplit=1)[-1].lower()
    if first in _PARTICLES_IN_PAIRS or last in _PARTICLES_IN_PAIRS:
        return False
    # "Ortega y Gasset" is one surname: a single letter joins two names only if both are whole.
    return len(word) > _SINGLE_LETTER or (" " in left and " " in right)


_PARTICLES_IN_PAIRS = frozenset({"von", "zu", "vom", "zum"})


def _last_first(part: str) -> str | None:
    """Return "First Last" for "Last, First", or None if the part is something else."""
    pieces = [piece.strip() for piece in part.split(",")]
    if len(pieces) != 2 or not all(pieces):  # noqa: PLR2004 - last and first
        return None
    last, first = pieces
    if _GENERATION.fullmatch(first) or _CREDENTIAL.fullmatch(first):
        return None
    given = first.split()
    whole = [word for word in given if len(word.strip(".")) > 1]
    family = [word for word in last.split() if word[:1].isupper()]
    initials_only = len(whole) <= 1 and all(word[:1].isupper() for word in given)
    if len(family) == 1 and initials_only and not _is_role(first) and len(last.split()) <= 3:  # noqa: PLR2004 - with particles
        return f"{first} {last}"
    return None


def _without_credentials(name: str) -> str:
    """Remove qualifications from the end of a name."""
    pieces = name.split()
    while len(pieces) > 2 and _CREDENTIAL.fullmatch(pieces[-1]) and not name.isupper():  # noqa: PLR2004 - two names stay
        if _GENERATION.fullmatch(pieces[-1]):
            break
        pieces.pop()
    return " ".join(pieces).strip(" ,:;-\u2013\u2014")


def _without_role(name: str) -> str:
    """Remove a role that follows a whole name without a comma ("Ida Falk Chief Reporter")."""
    pieces = name.split()
    for number, piece in enumerate(pieces):
        if number > 1 and piece.strip(".'\u2019").lower() in _ROLES:
            return " ".join(pieces[:number])
    return name


_PARTICLES = (
    words_of_all_languages(lambda one: one.names.particles)
    | _PARTICLES_IN_PAIRS
    | {"und", "y", "e", "i"}
)
_ROLES = words_of_all_languages(lambda one: one.role_words)
_NOISE = words_of_all_languages(lambda one: one.byline_noise)


def _is_role(name: str) -> bool:
    """Return whether a part of a byline says what someone is, or where the newsroom is."""
    lower = [word.strip(".'\u2019").lower() for word in name.split()]
    return any(
        word in _NOISE or word.removesuffix("s") in _ROLES or word in _ROLES for word in lower
    ) or lower[0] in (
        "in",
        "for",
        "at",
        "from",
        "the",
    )


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
    small = [
        word for word in pieces if word[:1].islower() and "'" not in word and "\u2019" not in word
    ]
    return len(pieces) == 1 or all(word in _PARTICLES for word in small)


def first_names(values: Sequence[str], rules: NameRules) -> list[str]:
    """Return the names of several statements, without repetition."""
    return list(dict.fromkeys(name for value in values for name in read_names(value, rules)))
