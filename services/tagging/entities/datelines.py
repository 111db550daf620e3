"""Find the places in the dateline of a wire report: "SKARHOLM, May 4 (Wire) -".

Models are unreliable on a word in capitals before a date; its position shows that it is a
place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas.tags import EntityType
from services.tagging.paragraphs import Paragraph
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import MONTH_PREFIXES

MIN_SENTENCE_WORDS = 6
"""The first sentence of a report has at least so many words; shorter text is a headline."""

_MONTH = "|".join(MONTH_PREFIXES)
_DATE = (
    rf"(?:{_MONTH})[a-z]*\.? \d{{1,2}}"
    rf"|\d{{1,2}} (?:{_MONTH})[a-z]*"
    r"|\d{4}-\d\d-\d\d"
)
_TOWN = r"(?P<town>[^\W\d_a-z][^\W\d_a-z.'’]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’]*){0,3})"
_STATE = r"(?:, (?P<state>[^\W\d_a-z][\w.'’]*(?: [^\W\d_a-z][\w.'’]*){0,2}))?"
_DATELINE = re.compile(
    rf"\s*{_TOWN}{_STATE},? ?"
    rf"(?:(?i:{_DATE})(?:,? \((?P<dated_agency>[^()\n]{{2,30}})\))?"
    rf"|\((?P<agency>[^()\n]{{2,30}})\)|[-–—]{{1,2}} (?=\S))"
)
"""A town in capitals, optionally a country or state, and then a date, an agency or a dash."""


def find_datelines(paragraphs: Iterable[Paragraph]) -> Iterator[EntityMention]:
    """Yield the places in the datelines among the paragraphs."""
    for paragraph in paragraphs:
        match = _DATELINE.match(paragraph.text)
        if match is None or _is_headline(paragraph.text, match):
            continue
        for group in ("town", "state"):
            name = match.group(group)
            if name:
                start = paragraph.start + match.start(group)
                yield EntityMention(start, start + len(name), name, EntityType.PLACE, BY_RULE)


def agency_spans(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the agencies in brackets in the datelines: "SKARHOLM (Newswire) -"."""
    for paragraph in paragraphs:
        match = _DATELINE.match(paragraph.text)
        if match is None or _is_headline(paragraph.text, match):
            continue
        for group in ("agency", "dated_agency"):
            if match.group(group):
                yield paragraph.start + match.start(group), paragraph.start + match.end(group)


def _is_headline(text: str, match: re.Match[str]) -> bool:
    """Return whether a headline follows the dash: "SOCCER - LEEDS WIN" is not a dateline."""
    after = text[match.end() :]
    return text[match.end() - 2 : match.end()].strip() in ("-", "–", "—", "--") and (
        after.upper() == after or len(after.split()) < MIN_SENTENCE_WORDS
    )
