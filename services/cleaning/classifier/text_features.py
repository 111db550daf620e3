"""Features of the lines of a text without tags.

The first pass measures a line and its neighbourhood; the second adds what the probabilities of the
first pass say of the lines around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier.block_features import Floats, Odds
from services.cleaning.text import line_features
from services.cleaning.text.line_style import SHORT, STYLE_FEATURES, line_words, style

_GOOD = 80
_GAP_COST = 60.0
"""What a line that is no good text costs the main run, in letters."""
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_AROUND = ["weight", "good", "ends", "mean"]

FEATURES: tuple[str, ...] = (
    *STYLE_FEATURES,
    "word_mean", "word_low", "copies", "copy_of_first", "dated", "shared", "label",
    "word_first", "good",
    *(f"{side}_{name}" for side in ("prev3", "prev2", "prev1", "next1", "next2", "next3")
      for name in _AROUND),
    "good_3", "good_8", "mean_3", "mean_8", "since_good", "until_good", "before", "after",
    "in_run", "from_run", "past_run", "since_header", "at_line", "lines", "good_total",
)  # fmt: skip
"""Names of the columns of `measure`, in order."""


@dataclass(slots=True)
class MeasuredLines:
    """Features of a text, with what the second pass needs."""

    table: Floats
    weights: Floats


def measure(lines: Sequence[str], odds: Odds) -> MeasuredLines:
    """Return the features of all lines (one row each, columns as in `FEATURES`)."""
    n = len(lines)
    form = style(lines)
    weights = form[:, 1]
    good = (weights >= _GOOD) & (form[:, 5] >= 2)  # noqa: PLR2004 - ends as a sentence or with a colon
    said = _said(lines, good, odds)
    at = np.arange(n)
    good_weight = weights * good
    base = np.stack([weights, good, form[:, 5], said[:, 0]])
    total = max(1.0, float(good_weight.sum()))
    before = np.concatenate([[0], np.cumsum(good_weight)])[:-1] / total
    start, end = main_run(np.where(good, weights, -_GAP_COST))
    header = (weights < 40) & (said[:, 1] < -1) & ~good  # noqa: PLR2004 - a short line of junk words
    columns = [
        form.T,
        said.T,
        good[None, :],
        *(_shifted(base, by) for by in (-3, -2, -1, 1, 2, 3)),
        np.stack(
            [
                _window(good_weight, weights, 3),
                _window(good_weight, weights, 8),
                _window(said[:, 0], np.ones(n), 3),
                _window(said[:, 0], np.ones(n), 8),
                _since(good),
                _since(good[::-1])[::-1],
                before,
                1 - before - good_weight / total,
                (at >= start) & (at < end),
                np.maximum(0, start - at),
                np.maximum(0, at - end + 1),
                _since(header),
                at / n,
                np.full(n, n),
                np.full(n, total),
            ]
        ),
    ]
    table = np.concatenate([c.astype(np.float32) for c in columns]).T
    return MeasuredLines(np.ascontiguousarray(table), weights)


def measure_again(measured: MeasuredLines, p: Floats) -> Floats:
    """Return what the first pass's probabilities say of a line's surroundings."""
    n = len(p)
    weights = measured.weights
    at = np.arange(n)
    mass = p * weights
    total = max(1.0, float(mass.sum()))
    before = np.concatenate([[0], np.cumsum(mass)])[:-1] / total
    ones = np.ones(n)
    start, end = main_run((p - 0.5) * np.sqrt(weights))
    columns = [
        p,
        *(_shifted(p[None, :], by)[0] for by in (-3, -2, -1, 1, 2, 3)),
        _window(mass, weights, 3),
        _window(mass, weights, 8),
        _window(p, ones, 3),
        _window(p, ones, 8),
        before,
        1 - before - mass / total,
        (at >= start) & (at < end),
        np.maximum(0, start - at),
        np.maximum(0, at - end + 1),
        _since(p > 0.8),  # noqa: PLR2004 - surely text
        _since((p > 0.8)[::-1])[::-1],  # noqa: PLR2004
        _since((p < 0.1) & (weights < 60)),  # noqa: PLR2004 - surely a junk header
    ]
    return np.ascontiguousarray(np.stack([c.astype(np.float32) for c in columns]).T)


def main_run(scores: NDArray[np.floating]) -> tuple[int, int]:
    """Return the run with the highest sum, as first and one past the last (Kadane's algorithm)."""
    best, best_at, value, start = 0.0, (0, 0), 0.0, 0
    for i, score in enumerate(scores.tolist()):
        value += score
        if value <= 0:
            value, start = 0.0, i + 1
        elif value > best:
            best, best_at = value, (start, i + 1)
    return best_at


_LABELS = re.compile(
    r"(?P<legal>©|\(c\)|copyright\b|all rights reserved)"
    r"|(?P<tags>^(?:tags?|topics?|labels?|keywords|filed under|categor(?:y|ies)|more on)\b)"
    r"|(?P<follow>\b(?:follow|join|like) us\b|\bshare\b|\bfacebook\b|\btwitter\b|\btelegram\b)"
    r"|(?P<subscribe>\bsubscri|\bnewsletter|\bsign up\b|\blog in\b|\binbox\b)"
    r"|(?P<more>\b(?:read|see|also|more|latest|related|popular|trending|recommended)\b)"
    r"|(?P<media>\b(?:video|photos?|images?|credits?|gallery|getty|poster|watch|listen|audio)\b)"
    r"|(?P<advert>^ad$|\badvert|\bsponsored\b|\bpromo)"
    r"|(?P<reading>\b\d{1,2}[ -]min(?:ute)?s?\b)",
    re.IGNORECASE,
)
_LABEL_LENGTH = 120


def label_of(line: str) -> str:
    """Return which kind of label a line's beginning is; an empty string for none."""
    match = _LABELS.search(line[:_LABEL_LENGTH])
    return match.lastgroup or "" if match else ""


def _said(lines: Sequence[str], good: NDArray[np.bool_], odds: Odds) -> Floats:
    """Return vocabulary, labels, repetition, dates, and words shared with the good lines."""
    copies = Counter(lines)
    seen: set[str] = set()
    body = Counter(
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
                _shared(words, body),
                _LABELS.groupindex.get(label_of(line), 0),
                odds.words.get(words[0], 0.0) if words else 0.0,
            )
        )
        seen.add(line)
    scores = line_features.vocabulary(list(lines), SHORT, odds.words, frozenset(), "", 0, 0)[:, :2]
    return np.hstack([scores, np.array(rows, dtype=np.float32)])


def _shared(words: Sequence[str], body: Mapping[str, int]) -> float:
    """Return the share of a line's longer words that other good lines use too."""
    longer = [word for word in words if len(word) > 3]  # noqa: PLR2004 - longer words mean more
    if not longer:
        return -1.0
    return sum([body.get(word, 0) > 1 for word in longer]) / len(longer)


def _shifted(columns: NDArray[np.floating], by: int) -> NDArray[np.floating]:
    out = np.zeros_like(columns)
    if abs(by) < columns.shape[1]:
        if by < 0:
            out[:, -by:] = columns[:, :by]
        else:
            out[:, :-by] = columns[:, by:]
    return out


def _window(
    part: NDArray[np.floating], whole: NDArray[np.floating], reach: int
) -> NDArray[np.floating]:
    n = len(part)
    at = np.arange(n)
    low, high = np.maximum(0, at - reach), np.minimum(n, at + reach + 1)
    parts = np.concatenate([[0.0], np.cumsum(part, dtype=np.float64)])
    wholes = np.concatenate([[0.0], np.cumsum(whole, dtype=np.float64)])
    share: NDArray[np.float64] = (parts[high] - parts[low]) / np.maximum(
        wholes[high] - wholes[low], 1
    )
    return share


def _since(hit: NDArray[np.bool_]) -> NDArray[np.int64]:
    at = np.arange(len(hit))
    return np.minimum(99, at - np.maximum.accumulate(np.where(hit, at, -1000)))
