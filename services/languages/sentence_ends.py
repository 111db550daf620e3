"""Find where sentences end, by punctuation alone and in any script.

This is the one rule of the project for the end of a sentence. A sentence ends with a mark
of `SENTENCE_END_MARKS`, which closing quotation marks and brackets may follow, and then
white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from services.languages.registry import words_of_all_languages

SENTENCE_END_MARKS = ".!?…。！？؟।۔"
CLOSING_MARKS = "\"'”’»)]"

SENTENCE_END = re.compile(rf"[{SENTENCE_END_MARKS}][{re.escape(CLOSING_MARKS)}]*\s+")
"""Matches from the mark that ends a sentence to the start of the next sentence."""

MAX_ABBREVIATION_CHARS = 6
"""How far before a dot an abbreviation is looked for; the longest has four letters."""


def sentence_ends(text: str, start: int, limit: int) -> Iterator[re.Match[str]]:
    """Yield the matches of `SENTENCE_END` in `text[start:limit]`, in order.

    A dot after a single letter or a known abbreviation ("Mr. Falk", "J. Falk") does not
    end a sentence.
    """
    abbreviation = _abbreviation()
    for match in SENTENCE_END.finditer(text, start, limit):
        dot = match.start()
        if not abbreviation.search(text, max(start, dot - MAX_ABBREVIATION_CHARS), dot):
            yield match


@cache
def _abbreviation() -> re.Pattern[str]:
    """Return a pattern for a text that ends in an abbreviation of any language."""
    known = sorted(words_of_all_languages(lambda language: language.abbreviations))
    return re.compile(rf"\b(?:[^\W\d_]|{'|'.join(map(re.escape, known))})$", re.IGNORECASE)
