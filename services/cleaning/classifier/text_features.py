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

from services.cleaning.classifier.feature_table import Floats, LogOdds
from services.cleaning.classifier.line_labels import label_number
from services.cleaning.classifier.shared_topic import topic_shares, topic_words
from services.cleaning.classifier.windows import (
    CumulativeSums,
    distance_since,
    distance_until,
    outside_range,
    window_share,
)
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
    n = len(lines)
    form = style_features(lines)
    weights = form[:, 1]
    good = (weights >= _GOOD_WEIGHT) & (form[:, 5] >= _ENDS_COLON)
    vocabulary = _vocabulary_features(lines, good, odds)
    at = np.arange(n)
    good_weight = weights * good
    base = np.stack([weights, good, form[:, 5], vocabulary[:, 0]])
    total = max(1.0, float(good_weight.sum()))
    before = np.concatenate([[0], np.cumsum(good_weight)])[:-1] / total
    start, end = main_run(np.where(good, weights, -_GAP_COST))
    header = (weights < 40) & (vocabulary[:, 1] < -1) & ~good  # noqa: PLR2004 - a short line of clutter words
    good_sums = CumulativeSums.of(weights, good_weight)
    odds_sums = CumulativeSums.of(np.ones(n), vocabulary[:, 0])
    columns = [
        form.T,
        vocabulary.T,
        good[None, :],
        *(_shifted(base, by) for by in (-3, -2, -1, 1, 2, 3)),
        np.stack(
            [
                window_share(good_sums, 3),
                window_share(good_sums, 8),
                window_share(odds_sums, 3),
                window_share(odds_sums, 8),
                distance_since(good),
                distance_until(good),
                before,
                1 - before - good_weight / total,
                (at >= start) & (at < end),
                *outside_range(at, start, end),
                distance_since(header),
                at / n,
                np.full(n, n),
                np.full(n, total),
            ]
        ),
    ]
    table = np.concatenate([c.astype(np.float32) for c in columns]).T
    return LineFeatures(np.ascontiguousarray(table), weights, topic_words(lines))


def compute_second_pass_features(features: LineFeatures, p: Floats) -> Floats:
    """Return the features of the second pass, one row a line; `p` is from the first pass."""
    n = len(p)
    weights = features.weights
    at = np.arange(n)
    mass = p * weights
    total = max(1.0, float(mass.sum()))
    before = np.concatenate([[0], np.cumsum(mass)])[:-1] / total
    mass_sums = CumulativeSums.of(weights, mass)
    p_sums = CumulativeSums.of(np.ones(n), p)
    start, end = main_run((p - 0.5) * np.sqrt(weights))
    columns = [
        p,
        *(_shifted(p[None, :], by)[0] for by in (-3, -2, -1, 1, 2, 3)),
        window_share(mass_sums, 3),
        window_share(mass_sums, 8),
        window_share(p_sums, 3),
        window_share(p_sums, 8),
        before,
        1 - before - mass / total,
        (at >= start) & (at < end),
        *outside_range(at, start, end),
        distance_since(p > _LIKELY),
        distance_until(p > _LIKELY),
        distance_since((p < _UNLIKELY) & (weights < _MAX_HEADER_WEIGHT)),
        *topic_shares(features.words, p > _LIKELY, weights),
    ]
    return np.ascontiguousarray(np.stack([c.astype(np.float32) for c in columns]).T)


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


def _shifted(columns: NDArray[np.floating], by: int) -> NDArray[np.floating]:
    """Return the columns shifted by some rows, filled up with zeros."""
    out = np.zeros_like(columns)
    if abs(by) < columns.shape[1]:
        if by < 0:
            out[:, -by:] = columns[:, :by]
        else:
            out[:, :-by] = columns[:, by:]
    return out
