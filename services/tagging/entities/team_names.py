"""Find teams that are named after a town: "Dallas Cowboys", "Dynamo Kyiv"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.tags import EntityType
from services.tagging.names import fold_name
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import SPORT_NICKNAMES, TEAM_NICKNAMES, TEAM_OPENERS
from services.tagging.word_pattern import starts_word, words_pattern

MAX_OPENER_INITIALS = 3
"""Up to this length the first word of a team is written in capitals: "AC Milan"."""

TOWN_REACH = 40
"""How far before a nickname its town begins at most, in characters."""

_TOWN_WORD = r"(?:[^\W\d_a-z][\w'’-]*|(?:St|Ft|Mt)\.)"
_TOWN = rf"{_TOWN_WORD}(?: {_TOWN_WORD}){{0,2}}?"
_NICKNAME = re.compile(
    rf"{words_pattern((n.title() for n in TEAM_NICKNAMES), whole=False, fold=False)}(?![\w-])"
)
_SPORT_NICKNAME = re.compile(
    rf"{words_pattern((n.title() for n in SPORT_NICKNAMES), whole=False, fold=False)}(?![\w-])"
)
_TOWN_BEFORE = re.compile(rf"(?<![\w-]){_TOWN_WORD}(?: {_TOWN_WORD}){{0,2}} $")
_OPENER = words_pattern(
    (w.upper() if len(w) <= MAX_OPENER_INITIALS else w.title() for w in TEAM_OPENERS),
    whole=False,
    fold=False,
)
_OPENED = re.compile(rf"{_OPENER} (?:de )?({_TOWN})(?![\w-])")


def find_team_names(
    text: str, places: PlaceIndex, *, is_sport: bool = False
) -> Iterator[EntityMention]:
    """Yield the teams named after a known town, as organisations, in order without overlaps.

    Some nicknames count in sports reports only, where `is_sport`: "Derby County".
    """
    found: set[tuple[int, int]] = set()
    for match in _NICKNAME.finditer(text):
        start = _town_start(text, match.start(), places)
        if start is not None:
            found.add((start, match.end()))
    for match in _SPORT_NICKNAME.finditer(text) if is_sport else ():
        start = _town_start(text, match.start(), places)
        if start is not None and fold_name(text[start : match.end()]) not in places:
            found.add((start, match.end()))
    for match in _OPENED.finditer(text):
        if starts_word(text, match.start()) and fold_name(match.group(1)) in places:
            found.add(match.span())
    done = 0
    for start, end in sorted(found):
        if start >= done:
            yield EntityMention(start, end, text[start:end], EntityType.ORGANISATION, BY_RULE)
            done = end


def _town_start(text: str, end: int, places: PlaceIndex) -> int | None:
    """Return where the town begins before a nickname: after "The" in "The Seattle Mariners"."""
    if text[end - 1 : end] != " ":
        return None
    floor = max(0, end - TOWN_REACH)
    match = _TOWN_BEFORE.search(text[floor:end])
    if match is None:
        return None
    town, start = match.group().rstrip(), floor + match.start()
    while fold_name(town) not in places:
        first, blank, town = town.partition(" ")
        if not blank:
            return None
        start += len(first) + 1
    return start


def is_team_opener(word: str) -> bool:
    """Return whether a word can begin a team's name before its town: "Real", "AC"."""
    is_written = word.isupper() if len(word) <= MAX_OPENER_INITIALS else word.istitle()
    return is_written and word.lower() in TEAM_OPENERS


def nickname(name: str) -> str:
    """Return the nickname in a team's folded name ("cowboys"), or an empty string."""
    words = name.split(" ")
    for count in (2, 1):
        last = " ".join(words[-count:])
        if len(words) > count and last in TEAM_NICKNAMES:
            return last
    return ""
