"""Tag a city that plays in a sports report as its team: "Leeds beat Hull", "Leeds 2 Hull 1".

The rules apply to sports reports only. Result lines and tables are recognised by their form;
the name of a town or region that plays somewhere in the article is a team wherever it is not
clearly a location. Countries stay places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas.tags import EntityType
from services.tagging.names import fold_name
from services.tagging.paragraphs import Paragraph
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import (
    NEVER_NAMES,
    PLACE_PREPOSITIONS,
    SHARED_SPORT_WORDS,
    SPORT_ONLY_WORDS,
    WORDS_AFTER_TEAM,
    WORDS_BEFORE_TEAM,
    alternatives,
)

MIN_SPORT_POINTS = 3
"""Points of a sports report: two for each word that only sports reports use, one for each
word that they share with other news."""

BEFORE_TEAM_REACH, PREPOSITION_REACH = 12, 9
"""How far before a name the words before a team, or a preposition, are looked for."""

_WORD = re.compile(r"[a-z]+")
_SCORE = re.compile(
    r"\b(?:drew|draw|drawn) (\d{1,2})[-–]\1\b"
    r"|\b(?:won|win|lost|lose|beaten|led|trailed) [0-9][-–][0-9] (?:at|away|against|to|in|on)\b"
    r"|\b(?:beat|lost to|defeated) [^.\n]{3,40} [0-9][-–][0-9]\b"
)
_NAME = r"[^\W\d_a-z][^\W\d_]*(?:[ .'’&-]{1,2}[^\W\d_]+|\.){0,3}(?: \([A-Z]{1,2}\))?"
_RESULT = re.compile(rf"({_NAME}),? (\d+)(?: \([^)]*\))?,? ({_NAME}),? (\d+)\b")
_FIXTURE = re.compile(rf"({_NAME}) (?:AT|at|v|vs|V)\.? ({_NAME})\.?$")
_TABLE_ROW = re.compile(rf"(?:\d+\. )?({_NAME}) (?:[\d./+:-]+(?: |$)){{3,}}")

_AFTER_TEAM = re.compile(rf" (?:{alternatives(WORDS_AFTER_TEAM)}|[0-9]{{1,3}})\b", re.IGNORECASE)
_BEFORE_TEAM = re.compile(rf"\b(?:{alternatives(WORDS_BEFORE_TEAM)})\.? $", re.IGNORECASE)
_BEFORE_LOCATION = re.compile(rf"(?:\b(?:{alternatives(PLACE_PREPOSITIONS)})|,) $", re.IGNORECASE)
_AFTER_LOCATION = re.compile(r"(?:, [^\W\d_]+\.?){0,2} (?:\d{4}-|\(|[-–—]|[A-Z][a-z]+\.? \d)|, ")
"""After a name that opens a paragraph: the rest of a dateline, or a comma."""


def is_sports_report(text: str) -> bool:
    """Return whether an article is a sports report, by the words in it."""
    words = set(_WORD.findall(text.lower()))
    points = 2 * len(SPORT_ONLY_WORDS & words) + len(SHARED_SPORT_WORDS & words)
    points += MIN_SPORT_POINTS * (_SCORE.search(text) is not None)
    return points >= MIN_SPORT_POINTS


def find_listed_teams(
    paragraphs: Iterable[Paragraph], places: PlaceIndex
) -> Iterator[EntityMention]:
    """Yield the teams in result lines, fixtures and tables; countries are yielded as places."""
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        shift = paragraph.start + paragraph.text.find(text)
        match, groups = _match_listing(text)
        if match is None or any(match.group(group).lower() in NEVER_NAMES for group in groups):
            continue  # "By Ida Falk, 11 May 2025" has the form of a result.
        for group in groups:
            name = match.group(group)
            kind = EntityType.ORGANISATION
            if fold_name(name) in places.country_names:
                kind = EntityType.PLACE
            start = shift + match.start(group)
            yield EntityMention(start, start + len(name), name, kind, BY_RULE)


def _match_listing(text: str) -> tuple[re.Match[str] | None, tuple[int, ...]]:
    """Match a line of results, and return the match with the groups that contain names."""
    for pattern, groups in ((_RESULT, (1, 3)), (_FIXTURE, (1, 2)), (_TABLE_ROW, (1,))):
        match = pattern.match(text) if pattern is _RESULT else pattern.fullmatch(text)
        if match:
            return match, groups
    return None, ()


def retype_teams(
    text: str, mentions: Iterable[EntityMention], teams: set[str], places: PlaceIndex
) -> None:
    """Change the type of places that play to organisation; `teams` are folded names of teams."""
    towns = [
        mention
        for mention in mentions
        if mention.type is EntityType.PLACE
        and mention.entry is None
        and fold_name(mention.text) not in places.country_names
    ]
    playing = teams | {fold_name(town.text) for town in towns if _plays(text, town)}
    for town in towns:
        if fold_name(town.text) in playing and (_plays(text, town) or not _is_location(text, town)):
            town.type = EntityType.ORGANISATION


def _plays(text: str, mention: EntityMention) -> bool:
    if _AFTER_TEAM.match(text, mention.end):
        return True
    floor = max(0, mention.start - BEFORE_TEAM_REACH)
    return _BEFORE_TEAM.search(text, floor, mention.start) is not None


def _is_location(text: str, mention: EntityMention) -> bool:
    """Return whether the words before a name, or a comma after it, show a location."""
    floor = max(0, mention.start - PREPOSITION_REACH)
    if _BEFORE_LOCATION.search(text, floor, mention.start):
        return True
    opens_paragraph = mention.start == 0 or text[mention.start - 1] == "\n"
    return opens_paragraph and _AFTER_LOCATION.match(text, mention.end) is not None
