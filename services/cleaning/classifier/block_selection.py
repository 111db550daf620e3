"""Assemble the body from probabilities: select blocks, drop repetitions, keep the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier.block_features import Floats
from services.cleaning.text.line_style import fold, same_line

_REPEAT = 60
"""A repetition of at least this many characters is a copy; a shorter one may be intended."""

_LIST_THRESHOLD = 0.1
"""Probability from which the items of a list are kept after a kept line that ends in a colon."""

_BULLET_THRESHOLD = 0.02
_LIST_ITEM = 200
_BULLETS = "•·-–—*▪●◦‣"  # noqa: RUF001 - dashes stand for bullets


@dataclass(frozen=True, slots=True)
class Chosen:
    """The selected blocks, and the confidence in the selection."""

    paragraphs: tuple[str, ...]
    picked: tuple[int, ...]
    """Blocks that the paragraphs are made of, in order."""
    kept_share: float
    confidence: float


def best_threshold(p: Floats, heavy: Floats) -> float:
    """Return the probability from which a block is kept: half the best F1 that can be expected.

    This threshold maximises the expected F1 if the probabilities are right (Lipton, Elkan and
    Narayanaswamy, 2014): on a difficult page more doubtful blocks are kept.
    """
    order = np.argsort(-p)
    right = np.cumsum((p * heavy)[order], dtype=np.float64)
    if not len(right):
        return 0.5
    return float((right / (np.cumsum(heavy[order], dtype=np.float64) + right[-1] + 1e-9)).max())


def choose(
    texts: Sequence[str],
    p: Floats,
    heavy: Floats,
    *,
    title: str = "",
    hidden: Sequence[bool] = (),
    certain: float = 1.0,
) -> Chosen:
    """Select the blocks of the article; `heavy` are their lengths (`line_style.weight`).

    Blocks whose probability is above `certain` are kept on any page. Of long repetitions one is
    kept, a visible one if there is one. The headline is not part of the body. The confidence is the
    expected F1 of the selection: twice the probable text that is kept, divided by all kept text
    plus all probable text.
    """
    keep = _with_lists(texts, p, min(certain, best_threshold(p, heavy)))
    headline = fold(title)
    place: dict[str, int] = {}
    for i in np.flatnonzero(keep).tolist():
        key = texts[i]
        if same_line(key, headline, len(title)):
            keep[i] = False
        if len(key) < _REPEAT:
            continue
        earlier = place.setdefault(key, i)
        if earlier != i:
            swap = bool(hidden) and hidden[earlier] and not hidden[i]
            keep[earlier if swap else i] = False
            if swap:
                place[key] = i
    picked = np.flatnonzero(keep)
    kept, whole = float(heavy[picked].sum()), float(heavy.sum())
    probable = float((p * heavy).sum())
    right = float((p[picked] * heavy[picked]).sum())
    return Chosen(
        tuple(line for i in picked.tolist() for line in texts[i].split("\n")),
        tuple(picked.tolist()),
        min(1.0, kept / whole) if whole else 0.0,
        round(min(1.0, 2 * right / (kept + probable)), 4) if kept else 0.0,
    )


def _with_lists(texts: Sequence[str], p: Floats, threshold: float) -> NDArray[np.bool_]:
    """Return the blocks above the threshold, and the items of lists that a kept line announces."""
    keep = p > threshold
    reached = 0  # lines before this one have been looked at
    for i in np.flatnonzero(keep).tolist():
        if i < reached or texts[i][-1] not in ":：":  # noqa: RUF001 - as East Asian scripts write it
            continue
        for j in range(i + 1, len(texts)):
            text = texts[j]
            bullet = text[0] in _BULLETS
            reached = j
            if len(text) > _LIST_ITEM or not (bullet or text[-1] in ";,"):
                break
            if p[j] > (_BULLET_THRESHOLD if bullet else _LIST_THRESHOLD):
                keep[j] = True
    return keep
