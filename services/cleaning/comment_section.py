"""Find where readers' comments begin in a text that was scraped from a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from services.cleaning.classifier.feature_table import Floats
from services.cleaning.line_correction import ALWAYS_KEEP, prose_lines
from services.languages.registry import words_of_all_languages

_WORDS = "|".join(
    sorted(
        map(re.escape, words_of_all_languages(lambda one: one.comment_words)),
        key=len,
        reverse=True,
    )
)
_HEADING = re.compile(
    rf"(?:\(?\d{{1,6}}\)?\s?)?(?:{_WORDS})\s?[:\uff1a]?\s?(?:[(\[\uff08]?\d{{1,6}}件?[)\]\uff09]?)?",
    re.IGNORECASE,
)
"""A line such as "12 comments", "Comments (12)" or "Kommentare:"."""
_MAX_HEADING_LENGTH = 40
_MIN_PARAGRAPHS = 2
_SURE = 0.95
"""Probability of the paragraphs of an article that goes on."""


def drop_comments(lines: Sequence[str], p: Floats) -> Floats:
    """Set the probability of readers' comments to 0: all lines from their heading on.

    The heading follows at least two likely paragraphs. A line of the same words inside an article,
    such as a link to the comments, is no heading: the model is certain of the paragraphs after it.
    """
    prose = prose_lines(lines)
    for i, line in enumerate(lines):
        if len(line) > _MAX_HEADING_LENGTH or not _HEADING.fullmatch(line):
            continue
        before = sum(prose[j] and p[j] > ALWAYS_KEEP for j in range(i))
        after = [float(p[j]) for j in range(i + 1, len(lines)) if prose[j]]
        if before >= _MIN_PARAGRAPHS and (not after or np.median(after) < _SURE):
            out = p.copy()
            out[i:] = 0.0
            return out
    return p
