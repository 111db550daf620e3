"""In a sports report a city that plays is its team: "Leeds beat Hull", "Leeds 2 Hull 1".

Applies only to articles about sport. Result lines and tables are recognised by their form. The name
of a town or region that plays anywhere in the article is a team wherever it does not say where
something is. Countries stay places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas.tags import EntityType
from services.tagging.names import fold
from services.tagging.paragraphs import Paragraph
from services.tagging.places.place_index import PlaceNames
from services.tagging.span import RULE, Hit

MIN_SPORT_POINTS = 3
"""Points that an article's words must have: two for a word of sport alone, one for others."""

_SPORT = frozenset(
    "soccer rugby cricket baseball basketball hockey tennis handball volleyball innings wicket"
    " wickets scorer scorers striker midfielder goalkeeper halftime playoff playoffs quarterback"
    " touchdown touchdowns homer homers pitcher premiership referee".split()
)
_SPORTING = frozenset(
    "football goal goals league standings fixture fixtures championship tournament cup coach defeat"
    " season qualifier match matches beat victory team teams game games".split()
)
_WORD = re.compile(r"[a-z]+")
_NAME = r"[^\W\d_a-z][^\W\d_]*(?:[ .'’&-]{1,2}[^\W\d_]+|\.){0,3}(?: \([A-Z]{1,2}\))?"
_RESULT = re.compile(rf"({_NAME}),? (\d+)(?: \([^)]*\))?,? ({_NAME}),? (\d+)\b")
_FIXTURE = re.compile(rf"({_NAME}) (?:AT|at|v|vs|V)\.? ({_NAME})\.?$")
_ROW = re.compile(rf"(?:\d+\. )?({_NAME}) (?:[\d./+:-]+(?: |$)){{3,}}")

_PLAYS = re.compile(
    r" (?:(?:beat|beats|defeated|drew|lost|won|scored|face|faces|play|played|host|led|lead"
    r"|trail|swept|routed|edged|thrashed|crushed|hammered)\b|[0-9]{1,3}\b|coach\b|captain\b"
    r"|striker\b|players?\b|defender\b|manager\b|midfielder\b|fans\b)",
    re.IGNORECASE,
)
_PLAYED = re.compile(
    r"\b(?:beat|beats|defeated|beating|against|over|v|vs|versus|defeat to|lost to)\.? $",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:\b(?:in|at|near|from|of|to|around|outside)|,) $", re.IGNORECASE)


def is_sport(text: str) -> bool:
    """Return whether an article is about sport."""
    words = set(_WORD.findall(text.lower()))
    return 2 * len(_SPORT & words) + len(_SPORTING & words) >= MIN_SPORT_POINTS


def listed_teams(paragraphs: Iterable[Paragraph], book: PlaceNames) -> Iterator[Hit]:
    """Yield the teams of result lines, fixtures and tables."""
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        shift = paragraph.start + paragraph.text.find(text)
        match, groups = _line(text)
        if match is None:
            continue
        for group in groups:
            name = match.group(group)
            kind = EntityType.ORGANISATION
            if fold(name) in book.country_names:
                kind = EntityType.PLACE
            start = shift + match.start(group)
            yield Hit(start, start + len(name), name, kind, RULE)


def _line(text: str) -> tuple[re.Match[str] | None, tuple[int, ...]]:
    """Match a line of results; return which groups of the match are names."""
    for pattern, groups in ((_RESULT, (1, 3)), (_FIXTURE, (1, 2)), (_ROW, (1,))):
        match = pattern.match(text) if pattern is _RESULT else pattern.fullmatch(text)
        if match:
            return match, groups
    return None, ()


def retype_teams(text: str, hits: Iterable[Hit], teams: set[str], book: PlaceNames) -> None:
    """Change the places that play into organisations; `teams` are folded names known to play."""
    towns = [
        hit
        for hit in hits
        if hit.type is EntityType.PLACE
        and hit.row is None
        and fold(hit.text) not in book.country_names
    ]
    playing = teams | {fold(hit.text) for hit in towns if _plays(text, hit)}
    for hit in towns:
        if fold(hit.text) in playing and (_plays(text, hit) or not _located(text, hit)):
            hit.type = EntityType.ORGANISATION


def _plays(text: str, hit: Hit) -> bool:
    if _PLAYS.match(text, hit.end):
        return True
    return _PLAYED.search(text, max(0, hit.start - 12), hit.start) is not None


def _located(text: str, hit: Hit) -> bool:
    """Return whether the words before a name, or a comma behind it, make it a place."""
    if _WHERE.search(text, max(0, hit.start - 9), hit.start):
        return True
    opens_paragraph = hit.start == 0 or text[hit.start - 1] == "\n"
    return opens_paragraph and _DATELINE.match(text, hit.end) is not None


_DATELINE = re.compile(r"(?:, [^\W\d_]+\.?){0,2} (?:\d{4}-|\(|[-–—]|[A-Z][a-z]+\.? \d)|, ")
