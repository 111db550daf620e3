"""Complete the names that a model cut short: "August Lindt", "Martin Luther King Boulevard"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.tags import EntityType
from services.tagging.entities.team_names import is_team_opener
from services.tagging.names import fold_name
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import EntityMention
from services.tagging.word_lists import (
    BORROWED_GIVEN_NAMES,
    GIVEN_NAMES,
    HONORIFICS,
    MONTH_PREFIXES,
    ORGANISATION_ENDINGS,
    ORGANISATION_OPENERS,
    PLACE_ENDINGS,
    PLACE_OPENERS,
    PLACE_PREPOSITIONS,
)
from services.tagging.word_pattern import words_pattern

WORD_BEFORE_REACH = 24
"""How far before a name the words before it are looked for, in characters."""

_ENDING = re.compile(
    rf" ({words_pattern((w.title() for w in PLACE_ENDINGS | ORGANISATION_ENDINGS), fold=False)})"
)
_OPENER = re.compile(
    rf"(?<!\w){words_pattern(PLACE_OPENERS, whole=False)}(?: (?:de|du|des|del|della|do|da))? $",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    rf"(?<!\w){words_pattern(ORGANISATION_OPENERS, whole=False)} $", re.IGNORECASE
)
_CAPITALISED_BEFORE = re.compile(r"(?:^|(?<=[\s(\"“‘'—-]))([^\W\d_a-z][^\W\d_]+) $")
_MONTH_WORDS_BEFORE = frozenset(
    {"in", "on", "since", "until", "till", "by", "from", "of", "to", "last", "this", "next"}
    | {"early", "late", "mid", "during", "before", "after", "between", "each", "every"}
)
_MONTH = re.compile("|".join(MONTH_PREFIXES))
_SURNAME_TYPES = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE)
_TEAM_TYPES = (EntityType.PLACE, EntityType.ORGANISATION)


def complete_names(text: str, mentions: Sequence[EntityMention], places: PlaceIndex) -> None:
    """Extend mentions over the words that belong to their names; they are changed in place.

    The mentions are in order and do not overlap. A place before a name, of which it turns out to
    be the first word ("Paris Hiltner"), becomes empty.
    """
    previous: EntityMention | None = None
    for mention in mentions:
        if mention.entry is None:
            _join_people(text, previous, mention)
            _extend_right(text, mention)
            _extend_left(text, mention, previous, places)
        previous = mention


def _join_people(text: str, previous: EntityMention | None, mention: EntityMention) -> None:
    """Join the parts of one name, a word each, that a model took for two people's."""
    if (
        previous is not None
        and previous.type is mention.type is EntityType.PERSON
        and previous.end + 1 == mention.start
        and text[previous.end] == " "
        and " " not in previous.text + mention.text
        and previous.entry is None
    ):
        start, previous.end = previous.start, previous.start
        if fold_name(previous.text) not in HONORIFICS:
            _start_at(text, mention, start, EntityType.PERSON)


def _extend_right(text: str, mention: EntityMention) -> None:
    """Include the word that makes a person's name a street's or a hospital's."""
    if mention.type is not EntityType.PERSON or text[mention.end : mention.end + 1] != " ":
        return
    ending = _ENDING.match(text, mention.end)
    if ending is None or " " not in mention.text:
        return
    mention.end = ending.end()
    mention.text = text[mention.start : mention.end]
    is_place = ending.group(1).lower() in PLACE_ENDINGS
    mention.type = EntityType.PLACE if is_place else EntityType.ORGANISATION


def _extend_left(
    text: str, mention: EntityMention, previous: EntityMention | None, places: PlaceIndex
) -> None:
    before = text[max(0, mention.start - WORD_BEFORE_REACH) : mention.start]
    if not before.endswith(" "):
        return
    shift = mention.start - len(before)
    institution = _INSTITUTION.search(before)
    if institution is not None and mention.type in _SURNAME_TYPES:
        _start_at(text, mention, shift + institution.start(), EntityType.ORGANISATION)
        return
    opener = _OPENER.search(before)
    word = _CAPITALISED_BEFORE.search(before)
    if opener is not None and _is_named_after(mention, opener.group()):
        _start_at(text, mention, shift + opener.start(), EntityType.PLACE)
    elif word is None:
        return
    elif is_team_opener(word.group(1)) and mention.type in _TEAM_TYPES:
        _start_at(text, mention, shift + word.start(1), EntityType.ORGANISATION)
    elif _is_surname(text, mention, places) and is_given_name(
        word.group(1), before[: word.start()]
    ):
        _add_given_name(text, mention, previous, shift + word.start(1))


def _is_named_after(mention: EntityMention, opener: str) -> bool:
    """Return whether a street's name follows: not "Paris" in "the airport of Paris"."""
    return mention.type is EntityType.PERSON or (
        mention.type is EntityType.PLACE and " " not in opener.strip()
    )


def _add_given_name(
    text: str, mention: EntityMention, previous: EntityMention | None, start: int
) -> None:
    if previous is not None and previous.end > start:
        if previous.start != start or previous.entry is not None:
            return
        previous.end = previous.start
    _start_at(text, mention, start, EntityType.PERSON)


def _is_surname(text: str, mention: EntityMention, places: PlaceIndex) -> bool:
    """Return whether a name can be the surname after a given name."""
    if " " in mention.text or mention.text.isupper():
        return False
    if mention.type not in _SURNAME_TYPES:
        return False
    folded = fold_name(mention.text)
    if folded in places.country_names or folded in PLACE_ENDINGS | ORGANISATION_ENDINGS:
        return False
    after = text[mention.end : mention.end + 2]
    return not (after[:1] == " " and after[1:].isupper())


def is_given_name(word: str, before: str) -> bool:
    """Return whether a word is a given name, after the words `before`: "in August" is none."""
    folded = word.lower()
    if folded not in BORROWED_GIVEN_NAMES:
        return folded in GIVEN_NAMES
    words = before.lower().split()
    if not words or before.rstrip().endswith((".", "!", "?", ":", "”", '"', "\n")):
        return True
    if _MONTH.match(folded):
        return words[-1] not in _MONTH_WORDS_BEFORE and not words[-1][-1:].isdigit()
    return words[-1] not in PLACE_PREPOSITIONS


def _start_at(text: str, mention: EntityMention, start: int, kind: EntityType) -> None:
    mention.start, mention.type = start, kind
    mention.text = text[start : mention.end]
    mention.normal_form = ""
