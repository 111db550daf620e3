"""Select the blocks of the article by their probabilities; drop repeats and keep the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier.feature_table import Floats
from services.cleaning.text.line_style import fold, is_same_line

_MIN_REPEAT_LENGTH = 60
"""A repeated block of this length is a copy; a shorter repetition may be intended."""

_LIST_THRESHOLD = 0.1
"""Probability above which lines of a list are kept that a kept line with a colon introduces."""

_BULLET_THRESHOLD = 0.02
"""The same for lines that start with a bullet."""

_MAX_ITEM_LENGTH = 200
_BULLETS = "•·-–—*▪●◦‣"  # noqa: RUF001 - dashes stand for bullets


@dataclass(frozen=True, slots=True)
class Selection:
    """The paragraphs selected as the body, and the confidence in the selection."""

    paragraphs: tuple[str, ...]
    indexes: tuple[int, ...]
    """Indexes of the selected blocks, in order."""
    kept_share: float
    """Share of the weight of all blocks that is selected, from 0 to 1."""
    confidence: float
    """Expected F1 of the selection, from 0 to 1."""


def best_threshold(p: Floats, weights: Floats) -> float:
    """Return the probability above which blocks are kept: half of the best expected F1.

    This threshold maximizes the expected F1 if the probabilities are calibrated (Lipton, Elkan
    and Narayanaswamy, 2014): on difficult pages more of the doubtful blocks are kept.
    """
    order = np.argsort(-p)
    right = np.cumsum((p * weights)[order], dtype=np.float64)
    if not len(right):
        return 0.5
    return float((right / (np.cumsum(weights[order], dtype=np.float64) + right[-1] + 1e-9)).max())


def select_blocks(
    texts: Sequence[str],
    p: Floats,
    weights: Floats,
    *,
    title: str = "",
    hidden: Sequence[bool] = (),
    always_keep: float = 1.0,
) -> Selection:
    """Select the blocks of the article; `weights` are their lengths (`line_style.weight`).

    Blocks whose probability `p` is above `always_keep` are kept on any page. Of long repeated
    blocks one is kept, preferably one that is not `hidden`. The headline (`title`) is not part
    of the body. The confidence is the expected F1 of the selection if the probabilities are
    calibrated: twice the probable text kept, divided by the sum of all text kept and all
    probable text.
    """
    keep = _with_lists(texts, p, min(always_keep, best_threshold(p, weights)))
    headline = fold(title)
    index_of: dict[str, int] = {}
    for i in np.flatnonzero(keep).tolist():
        key = texts[i]
        if is_same_line(key, headline, len(title)):
            keep[i] = False
        if len(key) < _MIN_REPEAT_LENGTH:
            continue
        earlier = index_of.setdefault(key, i)
        if earlier != i:
            swap = bool(hidden) and hidden[earlier] and not hidden[i]
            keep[earlier if swap else i] = False
            if swap:
                index_of[key] = i
    selected = np.flatnonzero(keep)
    kept, whole = float(weights[selected].sum()), float(weights.sum())
    probable = float((p * weights).sum())
    right = float((p[selected] * weights[selected]).sum())
    return Selection(
        tuple(line for i in selected.tolist() for line in texts[i].split("\n")),
        tuple(selected.tolist()),
        min(1.0, kept / whole) if whole else 0.0,
        round(min(1.0, 2 * right / (kept + probable)), 4) if kept else 0.0,
    )


def _with_lists(texts: Sequence[str], p: Floats, threshold: float) -> NDArray[np.bool_]:
    """Return which blocks are above the threshold, or items of a list after a kept line."""
    keep = p > threshold
    reached = 0  # lines before this one have been examined
    for i in np.flatnonzero(keep).tolist():
        if i < reached or texts[i][-1] not in ":：":  # noqa: RUF001 - as East Asian scripts write it
            continue
        for j in range(i + 1, len(texts)):
            text = texts[j]
            bullet = text[0] in _BULLETS
            reached = j
            if len(text) > _MAX_ITEM_LENGTH or not (bullet or text[-1] in ";,"):
                break
            if p[j] > (_BULLET_THRESHOLD if bullet else _LIST_THRESHOLD):
                keep[j] = True
    return keep
