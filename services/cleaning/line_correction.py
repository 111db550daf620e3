"""Correct the probabilities of lines of text by labels, the lead and the lines beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from services.cleaning.classifier.feature_table import Floats
from services.cleaning.classifier.line_labels import label_kind
from services.cleaning.text.line_style import ends_sentence, fold
from services.cleaning.truncation import is_newsletter_offer

ALWAYS_KEEP = 0.37
"""Probability above which a line is kept in any text, even if its other lines are clear-cut."""
_PARAGRAPH_LENGTH = 120
"""Length from which a line is a paragraph without the end of a sentence."""
_MIN_LEAD_LENGTH = 100
_MIN_LEAD_PROBABILITY = 0.2
_LEAD_PROBABILITY = 0.6
"""Probability that a lead gets at least."""
_LABEL_OVERRIDE = 0.9
"""Probability from which a line is kept although it is a label."""
_MAX_LABEL_WORDS = 5
_ALWAYS_LABELS = ("legal", "tags")
"""Kinds of labels that mark a line of any length."""
_MAX_LINES_TO_TEXT = 12
"""Lines between a headline and the running text; one farther up is that of the page."""
_MAX_LEAD_LINES = 3
"""Number of lines after the headline among which a lead is searched."""
_PROSE_LENGTH = 45
"""Characters of a paragraph."""
_BETWEEN, _AFTER, _LIFTED = 0.1, 0.25, 0.45
"""Probabilities from which a paragraph between two likely ones, or after one, is kept; the new."""


def drop_labels(lines: Sequence[str], p: Floats) -> Floats:
    """Set the probability of label lines to 0, unless the model is nearly certain.

    A label has few words and no full stop and belongs to what is beside an article (tags,
    pictures, sharing, copyright), not to its content. An offer of a newsletter in another language
    than English, of which the model knows no words, counts in any case.
    """
    out = p.copy()
    for i in np.flatnonzero(p > ALWAYS_KEEP).tolist():
        line = lines[i]
        label = label_kind(line)
        short = line.count(" ") < _MAX_LABEL_WORDS and not ends_sentence(line) and line[-1] != ":"
        is_label = label in _ALWAYS_LABELS or (label and short)
        if (is_label and p[i] < _LABEL_OVERRIDE) or is_newsletter_offer(line):
            out[i] = 0.0
    return out


def lift_neighbours(lines: Sequence[str], p: Floats) -> Floats:
    """Raise the probability of doubtful paragraphs beside likely ones.

    A short text, or one in a language that the model knows little of, has paragraphs that the model
    doubts. One between two likely paragraphs is kept, and one after a likely paragraph if it is
    only a little less likely than needed.
    """
    is_prose = prose_lines(lines)
    out = p.copy()
    for i in range(1, len(lines)):
        before = is_prose[i - 1] and out[i - 1] > ALWAYS_KEEP
        if not (is_prose[i] and before and out[i] <= ALWAYS_KEEP):
            continue
        after = i + 1 < len(lines) and is_prose[i + 1] and p[i + 1] > ALWAYS_KEEP
        if p[i] >= (_BETWEEN if after else _AFTER):
            out[i] = _LIFTED
    return out


def prose_lines(lines: Sequence[str]) -> list[bool]:
    """Return which lines are paragraphs of sentences."""
    return [len(line) >= _PROSE_LENGTH and ends_sentence(line) for line in lines]


def first_paragraph(lines: Sequence[str], p: Floats) -> int:
    """Return the index of the first line of running text, or the number of lines without any."""
    for i, line in enumerate(lines):
        if p[i] > ALWAYS_KEEP and (len(line) >= _PARAGRAPH_LENGTH or ends_sentence(line)):
            return i
    return len(lines)


def keep_lead(lines: Sequence[str], p: Floats, title: str) -> Floats:
    """Raise the probability of a lead: a long line between the headline and the running text.

    Without a headline near the running text, a doubtful line before it is a lead.
    """
    start = first_paragraph(lines, p)
    if start == len(lines):
        return p
    key = fold(title)
    near = range(max(0, start - _MAX_LINES_TO_TEXT), start)
    at = [i for i in near if key and fold(lines[i]) == key]
    after = at[-1] + 1 if at else max(0, start - _MAX_LEAD_LINES)
    least = 0.0 if at else _MIN_LEAD_PROBABILITY
    out = p.copy()
    for i in range(after, min(start, after + _MAX_LEAD_LINES)):
        if len(lines[i]) >= _MIN_LEAD_LENGTH and p[i] >= least:
            out[i] = max(out[i], _LEAD_PROBABILITY)
    return out
