"""Find the bounds of the sentence around a quotation."""

from __future__ import annotations

import re

from services.languages.sentence_ends import sentence_ends

_SENTENCE_START = re.compile(r"[\"“‘«'(]?[^\W\d_a-z]")
"""A capital, perhaps after an opening mark: a mark before anything else ends no sentence."""

_NOT_LETTERS = re.compile(r"[\W_]*")


def sentence_end(text: str, start: int, limit: int) -> int:
    """Return the end of the sentence that continues at `start`; at most `limit`."""
    for match in sentence_ends(text, start, limit):
        if _SENTENCE_START.match(text, match.end(), limit):
            return match.start() + 1
    return limit


def sentence_start(text: str, floor: int, end: int) -> int:
    """Return the start of the sentence that contains `end`; at least `floor`."""
    start = floor
    for match in sentence_ends(text, floor, end + 1):
        if match.end() <= end and _SENTENCE_START.match(text, match.end(), end + 1):
            start = match.end()
    return start


def begins_with_capital(text: str, start: int, end: int) -> bool:
    """Return whether the first letter of `text[start:end]` is a capital."""
    before = _NOT_LETTERS.match(text, start, end)
    first = text[before.end() : before.end() + 1] if before else ""
    return first.isupper()
