"""Find the people whom a form of address announces: "Mrs May", "Mr Justice Brannock".

A form of address is better evidence than the word after it, which may be a month or a verb. So is
a given name: "Theresa May".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from schemas.tags import EntityType
from services.tagging.entities.titles import skip_titles
from services.tagging.names import trim_name
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import (
    GIVEN_NAMES,
    HEADLINE_WORDS,
    HONORIFICS,
    ORGANISATION_ENDINGS,
    PARTICLES,
    PLACE_ENDINGS,
    PORTFOLIOS,
    STOP_WORDS,
    STRIPPED_OFFICES,
    address_words_of,
)
from services.tagging.word_pattern import NO_NAME_AFTER, starts_word, words_pattern

MAX_NAME_WORDS = 4
"""Words of the longest name after a form of address."""

LONGEST_ABBREVIATION = 4
"""Letters of the longest title that is also written in capitals."""

FIRST_WORD_REACH = 20
"""How far before a surname that is also a month the word before it is looked for."""

_PARTICLE = words_pattern(PARTICLES, whole=False)
_NAME_WORD = r"[^\W\d_a-z][\w'’-]*"
_NAME = (
    rf"{_NAME_WORD}(?:(?:(?<=[^\W\d_a-z])\.)? (?:{_PARTICLE} )?{_NAME_WORD}){{0,{MAX_NAME_WORDS}}}"
)

_AMBIGUOUS_SURNAMES = ("May", "March", "June", "August", "April", "Will", "Day", "Sunday", "Friday")
_MONTHS = frozenset(word.lower() for word in _AMBIGUOUS_SURNAMES)
_AMBIGUOUS = re.compile(rf"({'|'.join(_AMBIGUOUS_SURNAMES)})\b(?! \d)")
_FIRST_WORD = re.compile(r"([^\W\d_a-z][\w-]+) $")
_TITLES = HONORIFICS | STRIPPED_OFFICES
_TITLED = re.compile(
    rf"{words_pattern((t.title() for t in _TITLES), whole=False, fold=False)}\.? "
    rf"({_NAME_WORD}(?: [^\W\d_a-z]\.)? {_NAME_WORD}){NO_NAME_AFTER}"
)
_NO_NAMES = frozenset(
    _TITLES | PORTFOLIOS | STOP_WORDS | HEADLINE_WORDS | ORGANISATION_ENDINGS | PLACE_ENDINGS
)


def find_addressed_people(text: str, language: str) -> Iterator[EntityMention]:
    """Yield the people after forms of address, without them; `language` is an ISO 639-1 code."""
    for match in _pattern(language).finditer(text):
        if starts_word(text, match.start()):
            yield from _person(text, match.start(1), match.end(1), language)
    for match in _AMBIGUOUS.finditer(text):
        before = _FIRST_WORD.search(text, max(0, match.start() - FIRST_WORD_REACH), match.start())
        first = before.group(1).lower() if before is not None else ""
        if before is not None and first in GIVEN_NAMES and first not in _MONTHS:
            yield from _person(text, before.start(), match.end(), language)
        elif first in _TITLES and first not in address_words_of(language):
            yield from _person(text, match.start(), match.end(), language)


def find_titled_people(text: str) -> Iterator[EntityMention]:
    """Yield the full names after ranks and offices: "Flight Lieutenant Gwen Tarrow"."""
    for match in _TITLED.finditer(text):
        words = {word.lower() for word in match.group(1).split()}
        if not words & _NO_NAMES and starts_word(text, match.start()):
            start, end = trim_name(text, match.start(1), match.end(1))
            yield EntityMention(start, end, text[start:end], EntityType.PERSON, BY_RULE)


def _person(text: str, start: int, end: int, language: str) -> Iterator[EntityMention]:
    start, end = trim_name(text, skip_titles(text, start, end, language), end)
    if start < end:
        yield EntityMention(start, end, text[start:end], EntityType.PERSON, BY_RULE)


def _written(word: str) -> tuple[str, ...]:
    """Return the forms of a title in a text; English writes some abbreviations "DCI" as well."""
    title = word.title() if " " in word else word.capitalize()
    is_abbreviation = len(word) <= LONGEST_ABBREVIATION and word in address_words_of("en")
    return (title, word.upper()) if is_abbreviation else (title,)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = address_words_of(language)
    dotted = words_pattern(
        (word.rstrip(".").capitalize() for word in words if word.endswith(".")),
        whole=False,
        fold=False,
    )
    plain = words_pattern(
        (form for word in words if not word.endswith(".") for form in _written(word)),
        whole=False,
        fold=False,
    )
    lower = words_pattern((word for word in words if len(word) > len("prof.")), whole=False)
    # English writes a capital, and without small letters the search is several times faster.
    small = "" if language == "en" else rf"|{lower}"
    return re.compile(rf"(?:{dotted}\.|{plain}\.?{small}) ({_NAME})")
