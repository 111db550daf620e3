"""Features of every line of a text without tags, for the model that decides what to keep.

The features of the first pass describe a line and its neighbourhood; those of the second pass
add the first-pass probabilities of the lines around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier import block_columns
from services.cleaning.classifier.feature_table import FeatureTable, Floats, LogOdds
from services.cleaning.classifier.line_labels import label_number
from services.cleaning.classifier.shared_topic import topic_shares, topic_words
from services.cleaning.text import line_features
from services.cleaning.text.line_style import (
    MAX_SHORT_LINE,
    STYLE_FEATURES,
    line_words,
    style_features,
)

_GOOD_WEIGHT = 80
"""Weight from which a line that ends a sentence or in a colon counts as good text."""
_GAP_COST = 60.0
"""Penalty of a line without good text inside the main run, in weight."""
_ENDS_COLON = 2
"""Value of the feature `ends` from which a line ends as a sentence or with a colon."""
_LIKELY, _UNLIKELY = 0.8, 0.1
"""First-pass probabilities above and below which a line is surely text or surely clutter."""
_MAX_HEADER_WEIGHT = 60
"""Weight below which an unlikely line may be the heading of a section of clutter."""
_LINE_COLUMNS, _SECOND_PASS_COLUMNS, _TOPIC_COLUMNS = 40, 19, 3
"""Columns that are filled by compiled code, and those of `topic_shares`."""
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_NEIGHBOUR_FEATURES = ["weight", "good", "ends", "mean"]

FEATURES: tuple[str, ...] = (
    *STYLE_FEATURES,
    "word_mean", "word_low", "copies", "copy_of_first", "dated", "shared", "label",
    "word_first", "good",
    *(f"{side}_{name}" for side in ("prev3", "prev2", "prev1", "next1", "next2", "next3")
      for name in _NEIGHBOUR_FEATURES),
    "good_3", "good_8", "mean_3", "mean_8", "since_good", "until_good", "before", "after",
    "in_run", "from_run", "past_run", "since_header", "at_line", "lines", "good_total",
)  # fmt: skip
"""Names of the columns of `compute_line_features`, in order."""


@dataclass(slots=True)
class LineFeatures:
    """Features of the lines of a text, with what the second pass needs."""

    table: Floats
    weights: Floats
    words: list[frozenset[str]]
    """The longer words of each line."""


def compute_line_features(lines: Sequence[str], odds: LogOdds) -> LineFeatures:
    """Return the features of all lines (one row each, columns as in `FEATURES`)."""
    form = style_features(lines)
    weights = form[:, 1]
    good = (weights >= _GOOD_WEIGHT) & (form[:, 5] >= _ENDS_COLON)
    vocabulary = _vocabulary_features(lines, good, odds)
    header = (weights < 40) & (vocabulary[:, 1] < -1) & ~good  # noqa: PLR2004 - a short line of clutter words
    total = max(1.0, float((weights * good).sum()))
    start, end = main_run(np.where(good, weights, -_GAP_COST))
    table = FeatureTable(len(FEATURES), len(lines))
    table.add_all(form.T)
    table.add_all(vocabulary.T)
    block_columns.fill_lines(
        table.take(_LINE_COLUMNS), form, vocabulary, good.view(np.uint8), header.view(np.uint8),
        total, start, end,
    )  # fmt: skip
    return LineFeatures(table.cells.T, weights, topic_words(lines))


def compute_second_pass_features(features: LineFeatures, p: Floats) -> Floats:
    """Return the features of the second pass, one row a line; `p` is from the first pass."""
    weights = np.ascontiguousarray(features.weights)
    mass = p * weights
    total = max(1.0, float(mass.sum()))
    start, end = main_run((p - 0.5) * np.sqrt(weights))
    table = FeatureTable(_SECOND_PASS_COLUMNS + _TOPIC_COLUMNS, len(p))
    block_columns.fill_second_pass_of_lines(
        table.take(_SECOND_PASS_COLUMNS), p, mass, weights, total, start, end,
        _LIKELY, _UNLIKELY, _MAX_HEADER_WEIGHT,
    )  # fmt: skip
    table.add_all(topic_shares(features.words, p > _LIKELY, weights))
    return table.cells.T


def main_run(scores: NDArray[np.floating]) -> tuple[int, int]:
    """Return the run of rows with the highest sum, as start and end (Kadane's algorithm)."""
    best, best_at, value, start = 0.0, (0, 0), 0.0, 0
    for i, score in enumerate(scores.tolist()):
        value += score
        if value <= 0:
            value, start = 0.0, i + 1
        elif value > best:
            best, best_at = value, (start, i + 1)
    return best_at


def _vocabulary_features(lines: Sequence[str], good: NDArray[np.bool_], odds: LogOdds) -> Floats:
    """Return log-odds of words, labels, repetition, dates, and words shared with good lines."""
    copies = Counter(lines)
    seen: set[str] = set()
    good_words = Counter(
        word
        for line, is_good in zip(lines, good.tolist(), strict=True)
        if is_good
        for word in line.lower().split()
    )
    rows = []
    for line in lines:
        words = line_words(line)
        rows.append(
            (
                copies[line],
                float(line in seen),
                float(bool(_DATE.search(line[:80]))),
                _shared_words(words, good_words),
                label_number(line),
                odds.words.get(words[0], 0.0) if words else 0.0,
            )
        )
        seen.add(line)
    scores = line_features.vocabulary_features(
        list(lines), MAX_SHORT_LINE, odds.words, frozenset(), "", 0, 0
    )[:, :2]
    return np.hstack([scores, np.array(rows, dtype=np.float32)])


def _shared_words(words: Sequence[str], good_words: Mapping[str, int]) -> float:
    """Return the share of a line's longer words that good lines use twice or more; else -1."""
    longer = [word for word in words if len(word) > 3]  # noqa: PLR2004 - shorter words carry little meaning
    if not longer:
        return -1.0
    return sum([good_words.get(word, 0) > 1 for word in longer]) / len(longer)
