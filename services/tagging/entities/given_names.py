"""Find people by their given names where the model missed them: "Piers Calder"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from schemas.tags import EntityType
from services.tagging.entities.name_bounds import is_given_name
from services.tagging.names import fold_name, trim_name
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.truecase import is_title_case
from services.tagging.word_lists import (
    BORROWED_GIVEN_NAMES,
    GIVEN_NAMES,
    HEADLINE_WORDS,
    MONTH_PREFIXES,
    ORGANISATION_ENDINGS,
    PLACE_ENDINGS,
    SPEECH_VERBS,
    STOP_WORDS,
    TEAM_NICKNAMES,
)
from services.tagging.word_pattern import NO_NAME_AFTER, starts_word, words_pattern

BEFORE_REACH = 24
"""How far before a given name the words before it are looked for, in characters."""

_GIVEN = words_pattern(
    (name.capitalize() for name in GIVEN_NAMES | BORROWED_GIVEN_NAMES), whole=False, fold=False
)
_NAME = re.compile(rf"({_GIVEN})(?: [A-Z]\.)? ([^\W\d_a-z][\w’'-]+){NO_NAME_AFTER}")
_NO_SURNAMES = ORGANISATION_ENDINGS | PLACE_ENDINGS | TEAM_NICKNAMES | STOP_WORDS | HEADLINE_WORDS
_MONTH = re.compile("|".join(MONTH_PREFIXES))
_EVIDENCE = re.compile(rf",? {words_pattern(SPEECH_VERBS)}|, \d\d?\b|, (?:a|an|who) ")


def find_people_by_given_name(text: str, title: str, places: PlaceIndex) -> Iterator[EntityMention]:
    """Yield people whose given name is known.

    A given name that is also a town's ("Paris") counts if the surname stands alone elsewhere, or
    if speech or an age follows. Headlines in title case are left out.
    """
    begin = len(title) if is_title_case(title) else 0
    for match in _NAME.finditer(text, begin):
        start, end = trim_name(text, match.start(), match.end())
        surname = text[match.start(2) : end]
        folded = fold_name(surname)
        if (
            not surname
            or not starts_word(text, start)
            or folded in _NO_SURNAMES
            or folded in places.country_names
        ):
            continue
        before = text[max(0, start - BEFORE_REACH) : start]
        given = match.group(1).lower()
        if not is_given_name(given, before):
            continue
        is_borrowed = given in BORROWED_GIVEN_NAMES
        is_town = is_borrowed and not _MONTH.match(given)
        if is_town and not _has_evidence(text, match.group(1), surname, end):
            continue
        yield EntityMention(start, end, text[start:end], EntityType.PERSON, BY_RULE)


def without_overlapped(
    people: Iterable[EntityMention], found: Sequence[EntityMention]
) -> Iterator[EntityMention]:
    """Yield the people who overlap no mention in `found`.

    One whose given name is also a town's may overlap the town: "Paris Hiltner".
    """
    for person in people:
        overlapped = [one for one in found if one.start < person.end and person.start < one.end]
        is_borrowed = person.text.partition(" ")[0].lower() in BORROWED_GIVEN_NAMES
        if not overlapped or (
            is_borrowed and all(one.entry is None and one.end <= person.end for one in overlapped)
        ):
            yield person


def _has_evidence(text: str, given: str, surname: str, end: int) -> bool:
    """Return whether the surname stands alone, or what follows the name shows a person."""
    alone = text.count(surname) > text.count(f"{given} {surname}")
    return alone or _EVIDENCE.match(text, end) is not None
