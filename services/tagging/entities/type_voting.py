"""One type for one name: everything that an article says of a name decides what it is.

A model judges each mention by its sentence and often marks one name with different types within one
article. The mentions vote; the form of the name (a legal suffix, a known country) and the words
beside it (a form of address) vote with them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from schemas.tags import EntityType
from services.languages.en.names import (
    COMPANY_SUFFIXES,
    HONORIFICS,
    OFFICES,
    ORGANISATION_HEADS,
    PLACE_KINDS,
)
from services.tagging.names import fold, initials, is_acronym
from services.tagging.places.place_index import CITY, PlaceNames
from services.tagging.span import Hit
from services.tagging.word_lists import STOP_WORDS

COUNTRY_WEIGHT = 4.0
"""Votes of a country's or continent's name for being a place."""
LARGE_CITY_WEIGHT = 1.5
LARGE_CITY = 300_000
"""Inhabitants from which a city's name is evidence by itself."""
REGION_WEIGHT = 1.0
FORM_WEIGHT = 5.0
"""Votes of an unmistakable form: "Acme Inc.", "University of Skarholm"."""
ADDRESS_WEIGHT = 6.0
"""Votes of a form of address before a name, or an age after it: "Mrs Falk", "Falk, 41,"."""
OFFICE_WEIGHT = 1.5
"""Votes of an office before a name: "chairman Falk"."""
KIND_WEIGHT = 6.0
"""Votes of "the town of", "the province of" before a name."""
SHORTEST_SURNAME = 3
"""Letters of a surname that is searched by itself."""
SMALL_CITY_WEIGHT = 0.4
IN_WEIGHT = 0.6
"""Votes of "in" before a single word: one is in a place more often than in a firm."""

_DOUBTFUL = frozenset({EntityType.WORK, EntityType.PRODUCT, EntityType.EVENT})
_HEADS = frozenset(ORGANISATION_HEADS.lower().split("|"))

Tally = dict[EntityType, float]
_BRACKET = re.compile(r" \(([A-Z]{2,8})\)")
_AGE = re.compile(r", \d{1,2}(?=[,.;])")

Types = dict[str, EntityType]
"""Type by folded name."""


def vote_types(text: str, hits: Iterable[Hit], known: Types, book: PlaceNames) -> Types:
    """Return the type of every folded name among the hits.

    `known` are the names whose type needs no vote, because the gazetteer gives it.
    """
    votes: dict[str, dict[EntityType, float]] = defaultdict(lambda: defaultdict(float))
    listed = list(hits)
    for hit in listed:
        tally = votes[name_key(hit)]
        tally[hit.type] += 1.0
        _vote_by_neighbours(text, hit, tally)
    types = {}
    for name, tally in votes.items():
        _vote_by_form(name, tally)
        _vote_by_book(name, tally, book)
        types[name] = max(tally, key=lambda kind: (tally[kind], kind))
    types |= _bracketed_acronyms(text, types, listed)
    types.update((name, kind) for name, kind in known.items() if name in types)
    _surnames({**types, **known}, types)
    return types


def name_key(hit: Hit) -> str:
    """Return the folded name by which the mentions of a name are grouped."""
    return fold(hit.norm or hit.text)


def _vote_by_neighbours(text: str, hit: Hit, tally: Tally) -> None:
    if text.startswith(", ", hit.end) and _AGE.match(text, hit.end):
        tally[EntityType.PERSON] += ADDRESS_WEIGHT
    before = text[max(0, hit.start - 30) : hit.start]
    if not before.endswith(" "):
        return
    words = before.split()
    if not words:
        return
    word = words[-1].lower()
    if word.rstrip(".") in HONORIFICS and words[-1][0].isupper():
        tally[EntityType.PERSON] += ADDRESS_WEIGHT
    elif word == "in" and " " not in hit.text and not is_acronym(hit.text):
        tally[EntityType.PLACE] += IN_WEIGHT
    elif word in OFFICES:
        tally[EntityType.PERSON] += OFFICE_WEIGHT
    elif word == "of" and len(words) > 1 and words[-2].lower() in PLACE_KINDS:
        tally[EntityType.PLACE] += KIND_WEIGHT


def _vote_by_form(name: str, tally: Tally) -> None:
    first, _, rest = name.partition(" ")
    if not rest:
        return
    last = rest.rpartition(" ")[2]
    if last in COMPANY_SUFFIXES or last in _HEADS or (first in _HEADS and rest.startswith("of ")):
        tally[EntityType.ORGANISATION] += FORM_WEIGHT


def _vote_by_book(name: str, tally: Tally, book: PlaceNames) -> None:
    if book.country(name):
        tally[EntityType.PLACE] += COUNTRY_WEIGHT
        return
    places_named = book.places_named(name)
    if not places_named:
        return
    if places_named[0].kind == CITY and (places_named[0].population or 0) >= LARGE_CITY:
        tally[EntityType.PLACE] += LARGE_CITY_WEIGHT
    elif any(place.kind != CITY for place in places_named):
        tally[EntityType.PLACE] += REGION_WEIGHT
    else:
        tally[EntityType.PLACE] += SMALL_CITY_WEIGHT


def _bracketed_acronyms(text: str, types: Types, hits: Iterable[Hit]) -> Types:
    """Return the acronyms in brackets behind an organisation's name."""
    found = {}
    for hit in hits:
        if types[name_key(hit)] is EntityType.ORGANISATION:
            bracket = _BRACKET.match(text, hit.end)
            if bracket and bracket[1].lower() in initials(hit.text):
                found[fold(bracket[1])] = EntityType.ORGANISATION
    return found


def _surnames(full: Types, types: Types) -> None:
    """Give a bare surname the type of the full name that ends in it.

    Every surname becomes a name of the article, so that its repetitions are found; and a "work"
    with the surname of a known person is that person ("Mitt Falk" in a headline).
    """
    for name, kind in list(full.items()):
        first, _, surname = name.rpartition(" ")
        if not first:
            continue
        if kind is EntityType.PERSON:
            if len(surname) >= SHORTEST_SURNAME and surname not in STOP_WORDS:
                types[surname] = EntityType.PERSON
        elif kind in _DOUBTFUL and " " not in first and types.get(surname) is EntityType.PERSON:
            types[name] = EntityType.PERSON
