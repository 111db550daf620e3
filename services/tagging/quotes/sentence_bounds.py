"""Find where a sentence begins and ends, by punctuation marks alone."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?…](?:[\"”’')\]]*)\s+(?=[\"“‘«'(]?[^\W\d_a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[^\W\d_]|mr|mrs|ms|dr|prof|gen|sen|rep|gov|lt|col|sgt|st|jan|feb|mar|apr|jun|jul"
    r"|aug|sep|sept|oct|nov|dec|no|vs|jr|sr|inc|co|corp|ltd))$",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"[\W_]*")


def sentence_end(text: str, start: int, limit: int) -> int:
    """Return where the sentence that contains `start` ends, at most `limit`."""
    for match in _SENTENCE_END.finditer(text, start, limit):
        if not _abbreviated(text, start, match.start()):
            return match.start() + 1
    return limit


def sentence_start(text: str, floor: int, end: int) -> int:
    """Return where the sentence that contains `end` begins, at least `floor`."""
    start = floor
    for match in _SENTENCE_END.finditer(text, floor, end + 1):
        if match.end() <= end and not _abbreviated(text, floor, match.start()):
            start = match.end()
    return start


def begins_with_capital(text: str, start: int, end: int) -> bool:
    """Return whether the first letter of a range is a capital."""
    at = _LOOSE.match(text, start, end)
    first = text[at.end() : at.end() + 1] if at else ""
    return first.isupper()


def _abbreviated(text: str, floor: int, dot: int) -> bool:
    # A bounded look back: the longest abbreviation has four letters.
    return _ABBREVIATION.search(text, max(floor, dot - 6), dot) is not None
