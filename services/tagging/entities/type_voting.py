"""Give each name one type in an article, by a vote of its mentions.

A model judges each mention by its sentence and may give one name different types within an
article. The mentions vote; the form of the name (a legal form, a known country) and the words
beside it (a form of address) add weighted votes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from schemas.tags import EntityType
from services.tagging.names import fold_name, is_acronym, possible_acronyms
from services.tagging.places.place_index import CITY, PlaceIndex
from services.tagging.span import EntityMention
from services.tagging.word_lists import (
    BORROWED_GIVEN_NAMES,
    GIVEN_NAMES,
    HONORIFICS,
    LEGAL_FORMS,
    NAMES_WITH_POSSESSIVE,
    OFFICES,
    ORGANISATION_ENDINGS,
    ORGANISATION_HEADS,
    ORGANISATION_OPENERS,
    PERSON_PLACE_ENDINGS,
    PLACE_ANNOUNCERS,
    PLACE_ENDINGS,
    PLACE_KINDS,
    PLACE_OPENERS,
    SITE_ENDINGS,
    SPEECH_VERBS,
    TEAM_NICKNAMES,
    TEAM_OPENERS,
)
from services.tagging.word_pattern import words_pattern

COUNTRY_VOTES = 4.0
"""For place: the name of a country or continent."""
LARGE_CITY_VOTES = 1.5
"""For place: the name of a large city."""
LARGE_CITY_POPULATION = 300_000
"""A city of this size is large: its name alone suggests the city."""
REGION_VOTES = 1.0
"""For place: the name of a region."""
SMALL_CITY_VOTES = 0.4
"""For place: the name of another city."""
FORM_VOTES = 5.0
"""For organisation: an unmistakable form ("Acme Inc.", "University of Skarholm")."""
ADDRESS_VOTES = 6.0
"""For person: a form of address before a name, or an age after it ("Mrs Falk", "Falk, 41,")."""
OFFICE_VOTES = 1.5
"""For person: an office before a name ("chairman Falk")."""
GIVEN_NAME_VOTES = 1.2
"""For person: two or three words of which the first is a given name."""
PLACE_KIND_VOTES = 6.0
"""For place: "the town of", "the province of" before a name."""
IN_VOTES = 0.6
"""For place: "in" before a single word, which is a place more often than a company."""
ANNOUNCED_PLACE_VOTES = 1.5
"""For place: a known place's name after "flights to", "near"."""
SHORTEST_SURNAME = 3
"""Letters of the shortest surname that is looked up by itself."""
WORDS_BEFORE_REACH = 30
"""How far back the words before a name are looked for, in characters."""

Types = dict[str, EntityType]
"""Type by folded name."""

Votes = dict[EntityType, float]

COUNCILS = frozenset({"council"})
"""Last words of the names of authorities that begin with the place that they govern."""
COUNCIL_LEVELS = frozenset({"town", "city", "county", "borough", "district", "parish", "regional"})
"""Words between such a place and the last word."""

_UNRELIABLE_TYPES = frozenset({EntityType.WORK, EntityType.PRODUCT, EntityType.EVENT})
_LOWER_CASE_HEADS = frozenset(head.lower() for head in ORGANISATION_HEADS)
_BRACKETED_ACRONYM = re.compile(r" \(([A-Z]{2,8})\)")
_AMPERSAND = re.compile(r"\w{1,5}&\w{1,4}|.* & (?:Sons?|Co|Bros|Partners|Daughters)\b.*")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.){1,3} ?[^\W\d_a-z][\w'’-]+$")
_IRISH_SURNAME = re.compile(r"(?:o'|mc)[^\W\d_]{3,}")
_STATES = frozenset({"us", "un", "uk", "eu", "dc", "US", "UN", "UK", "EU", "DC"})
"""Folded acronyms with dots that are not the initials of a person."""
_PERSON_AFTER = re.compile(rf",? {words_pattern(SPEECH_VERBS)}|, (?:a|an|the|who) |, \d\d?\b")
_AGE = re.compile(r", \d{1,2}(?=[,.;])")


def vote_types(
    text: str, mentions: Iterable[EntityMention], known: Types, places: PlaceIndex
) -> Types:
    """Return the type of every folded name among the mentions, and of the surnames in them.

    `known` are names whose type is given by the gazetteer and is not voted on.
    """
    votes: dict[str, Votes] = defaultdict(lambda: defaultdict(float))
    listed = list(mentions)
    for mention in listed:
        of_name = votes[name_key(mention)]
        of_name[mention.type] += 1.0
        _add_context_votes(text, mention, of_name)
        if name_key(mention) in places and _is_announced_place(text, mention):
            of_name[EntityType.PLACE] += ANNOUNCED_PLACE_VOTES
    types = {}
    for name, of_name in votes.items():
        _add_form_votes(name, of_name)
        _add_place_votes(name, of_name, places)
        types[name] = max(of_name, key=lambda kind: (of_name[kind], kind))
    types |= _bracketed_acronyms(text, types, listed)
    types.update((name, kind) for name, kind in known.items() if name in types)
    _add_surnames({**types, **known}, types)
    _add_stems(types)
    return types


def name_key(mention: EntityMention) -> str:
    """Return the folded name that mentions of one name have in common."""
    return fold_name(mention.normal_form or mention.text)


def _add_context_votes(text: str, mention: EntityMention, votes: Votes) -> None:
    if text.startswith(", ", mention.end) and _AGE.match(text, mention.end):
        votes[EntityType.PERSON] += ADDRESS_VOTES
    if _has_initials(mention.text) or (
        _is_borrowed_name(mention.text) and _PERSON_AFTER.match(text, mention.end)
    ):
        votes[EntityType.PERSON] += GIVEN_NAME_VOTES
    if "&" in mention.text and _AMPERSAND.fullmatch(mention.text):
        votes[EntityType.ORGANISATION] += FORM_VOTES
    before = text[max(0, mention.start - WORDS_BEFORE_REACH) : mention.start]
    words = before.split()
    if before.endswith(" ") and words:
        _add_votes_of_words_before(words, mention, votes)


def _is_announced_place(text: str, mention: EntityMention) -> bool:
    before = text[max(0, mention.start - WORDS_BEFORE_REACH) : mention.start].lower()
    words = before.split()[-2:] if before.endswith(" ") else []
    return bool(words) and (words[-1] in PLACE_ANNOUNCERS or " ".join(words) in PLACE_ANNOUNCERS)


def _add_votes_of_words_before(words: list[str], mention: EntityMention, votes: Votes) -> None:
    word = words[-1].lower()
    if word.rstrip(".") in HONORIFICS and words[-1][0].isupper():
        votes[EntityType.PERSON] += ADDRESS_VOTES
    elif word == "in" and " " not in mention.text and not is_acronym(mention.text):
        votes[EntityType.PLACE] += IN_VOTES
    elif word in OFFICES:
        votes[EntityType.PERSON] += OFFICE_VOTES
    elif word == "of" and len(words) > 1 and words[-2].lower() in PLACE_KINDS:
        votes[EntityType.PLACE] += PLACE_KIND_VOTES


def _has_initials(name: str) -> bool:
    """Return whether a name has the form "C.S. Lowes", which "U.S. Steel" shares."""
    first = name.partition(" ")[0]
    return _INITIALS.match(name) is not None and fold_name(first) not in _STATES


def _is_borrowed_name(name: str) -> bool:
    """Return whether a name is a given name, which may also be a place's, and one other word."""
    first, _, surname = name.partition(" ")
    is_given = first.lower() in BORROWED_GIVEN_NAMES or first.lower() in GIVEN_NAMES
    return is_given and surname != "" and " " not in surname


def _add_form_votes(name: str, votes: Votes) -> None:
    if name in NAMES_WITH_POSSESSIVE and name.startswith(("st ", "st. ")):
        votes[EntityType.PLACE] += FORM_VOTES
    elif name in NAMES_WITH_POSSESSIVE or name.rpartition(".")[2] in SITE_ENDINGS:
        votes[EntityType.ORGANISATION] += FORM_VOTES
    first, _, rest = name.partition(" ")
    if not rest:
        return
    last = rest.rpartition(" ")[2]
    if (
        last in LEGAL_FORMS
        or last in ORGANISATION_ENDINGS
        or first in ORGANISATION_OPENERS
        or (first in _LOWER_CASE_HEADS and rest.startswith("of "))
    ):
        votes[EntityType.ORGANISATION] += FORM_VOTES
    elif first in PLACE_OPENERS or last in PLACE_ENDINGS or _is_named_after(name):
        votes[EntityType.PLACE] += FORM_VOTES
    elif last in TEAM_NICKNAMES and EntityType.ORGANISATION in votes:
        votes[EntityType.ORGANISATION] += FORM_VOTES
    elif first in TEAM_OPENERS:
        votes[EntityType.ORGANISATION] += GIVEN_NAME_VOTES
    elif _IRISH_SURNAME.fullmatch(rest) or (first in GIVEN_NAMES and rest.count(" ") <= 1):
        votes[EntityType.PERSON] += GIVEN_NAME_VOTES


def _is_named_after(name: str) -> bool:
    """Return whether a name is a person's and a word for a street: "Emmeline Pankhurst Way"."""
    first, _, rest = name.partition(" ")
    return first in GIVEN_NAMES and " " in rest and rest.split(" ")[-1] in PERSON_PLACE_ENDINGS


def _add_place_votes(name: str, votes: Votes, places: PlaceIndex) -> None:
    if places.country(name):
        votes[EntityType.PLACE] += COUNTRY_VOTES
        return
    candidates = places.candidates(name)
    if not candidates:
        return
    largest = candidates[0]
    if largest.kind == CITY and (largest.population or 0) >= LARGE_CITY_POPULATION:
        votes[EntityType.PLACE] += LARGE_CITY_VOTES
    elif any(place.kind != CITY for place in candidates):
        votes[EntityType.PLACE] += REGION_VOTES
    else:
        votes[EntityType.PLACE] += SMALL_CITY_VOTES


def _bracketed_acronyms(text: str, types: Types, mentions: Iterable[EntityMention]) -> Types:
    """Return the acronyms in brackets after an organisation's name, as organisations."""
    found = {}
    for mention in mentions:
        if types[name_key(mention)] is EntityType.ORGANISATION:
            bracket = _BRACKETED_ACRONYM.match(text, mention.end)
            if bracket and bracket[1].lower() in possible_acronyms(mention.text):
                found[fold_name(bracket[1])] = EntityType.ORGANISATION
    return found


def _add_stems(types: Types) -> None:
    """Give a name that a company's or a council's begins with the type that follows from it.

    "Solberg ASA" makes "Solberg" an organisation and "Ashbourne Council" makes "Ashbourne" a
    place, unless a person of the article has that surname.
    """
    surnames = {
        name.rpartition(" ")[2]
        for name, kind in types.items()
        if kind is EntityType.PERSON and " " in name
    }
    for name, kind in list(types.items()):
        stem, _, last = name.rpartition(" ")
        if kind is not EntityType.ORGANISATION or not stem:
            continue
        stems = {stem}
        if last in LEGAL_FORMS or last in ("as", "se"):
            stems.add(stem.partition(" ")[0])
            stem_type = EntityType.ORGANISATION
        elif last in COUNCILS:
            first, _, level = stem.rpartition(" ")
            stems = {first if level in COUNCIL_LEVELS else stem}
            stem_type = EntityType.PLACE
        else:
            continue
        for one in stems - surnames:
            if types.get(one) is EntityType.PERSON:
                types[one] = stem_type


def _add_surnames(full_names: Types, types: Types) -> None:
    """Add the surname of every person to `types`, so that its mentions are found.

    A "work" whose last word is a known person's surname becomes a person ("Mitt Falk" in a
    headline), and so does any name of a given name and such a surname.
    """
    for name, kind in list(full_names.items()):
        first, _, surname = name.rpartition(" ")
        if not first:
            continue
        if kind is EntityType.PERSON:
            if len(surname) >= SHORTEST_SURNAME:
                types[surname] = EntityType.PERSON
        elif (
            (kind in _UNRELIABLE_TYPES or first in GIVEN_NAMES or first in BORROWED_GIVEN_NAMES)
            and " " not in first
            and types.get(surname) is EntityType.PERSON
        ):
            types[name] = EntityType.PERSON
