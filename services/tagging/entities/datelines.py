"""The dateline that opens an agency report: "SKARHOLM, May 4 (Wire) -" names a place.

Models mark a word in capitals before a date as anything; its position tells what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas.tags import EntityType
from services.tagging.paragraphs import Paragraph
from services.tagging.span import RULE, Hit

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.? \d{1,2}"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
    r"|\d{4}-\d\d-\d\d"
)
_TOWN = r"(?P<town>[^\W\d_a-z][^\W\d_a-z.'’]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’]*){0,3})"
_STATE = r"(?:, (?P<state>[^\W\d_a-z][\w.'’]*(?: [^\W\d_a-z][\w.'’]*){0,2}))?"
_DATELINE = re.compile(
    rf"\s*{_TOWN}{_STATE},? ?(?:(?i:{_MONTH})|\([^()\n]{{2,30}}\)|[-–—]{{1,2}} (?=\S))"
)
"""A town in capitals, a country or state, and then a date, an agency or a dash."""


def find_datelines(paragraphs: Iterable[Paragraph]) -> Iterator[Hit]:
    """Yield the places of the find_datelines among the paragraphs."""
    for paragraph in paragraphs:
        match = _DATELINE.match(paragraph.text)
        if match is None or _is_headline(paragraph.text, match):
            continue
        for group in ("town", "state"):
            name = match.group(group)
            if name:
                start = paragraph.start + match.start(group)
                yield Hit(start, start + len(name), name, EntityType.PLACE, RULE)


def _is_headline(text: str, match: re.Match[str]) -> bool:
    """Return whether the capitals continue behind a dash: "SOCCER - LEEDS WIN" is no dateline."""
    rest = text[match.end() :]
    return text[match.end() - 2 : match.end()].strip() in ("-", "–", "—", "--") and (
        rest.upper() == rest or len(rest.split()) < 6  # noqa: PLR2004 - a report's first sentence is longer
    )
