"""Features of the second pass over a page: first-pass probabilities around each block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier.block_features import SIBLING_LEVELS, PageFeatures
from services.cleaning.classifier.containers import TopCandidate
from services.cleaning.classifier.feature_table import FeatureTable, Floats, Ints
from services.cleaning.classifier.windows import CumulativeSums, window_share

SECOND_PASS_FEATURES: tuple[str, ...] = (
    "first", "p_prev2", "p_prev1", "p_next1", "p_next2", "p_3", "p_8", "p_before", "p_after",
    "p_up1", "p_up2", "p_up3", "p_up1_share", "p_up2_share", "p_up3_share", "p_template", "p_main",
    "p_peak_before", "p_peak_after",
    "p_top_in", "p_top_own", "p_top_up", "p_top_down", "p_top_share",
    *(f"p_sibling{level}" for level in range(SIBLING_LEVELS)),
)  # fmt: skip
"""Names of the columns of `compute_second_pass_features`, in order."""

_DECAY = 0.8
"""Weight that a running mean of probabilities keeps from block to block."""


def compute_second_pass_features(features: PageFeatures, p: Floats) -> Floats:
    """Return the features of the second pass, one row a block (`SECOND_PASS_FEATURES`).

    `p` are the probabilities of the first pass.
    """
    n = len(p)
    page, weights = features.page, features.weights
    mass = p * weights
    sums = CumulativeSums.of(weights, mass)
    total = max(1.0, float(mass.sum()))
    before = sums.totals[1, :-1] / total
    table = FeatureTable(len(SECOND_PASS_FEATURES), n)
    padded = np.zeros(n + 4, dtype=np.float32)
    padded[2:-2] = p
    table.add(p, *(padded[by : by + n] for by in (0, 1, 3, 4)))
    table.add(window_share(sums, 3), window_share(sums, 8), before, 1 - before - mass / total)
    containers = np.stack(features.levels[1:])
    whole, kept = sums.between(page.first[containers], page.last[containers])
    # The block itself does not count: the feature is what its surroundings say.
    table.add_all((kept - mass) / np.maximum(whole - weights, 1))
    table.add_all(kept / total)
    classes = np.stack([features.template, *features.siblings])
    share_of_others = _share_of_others(classes, mass, weights)
    table.add(share_of_others[0])
    start, end = features.main
    table.add(mass[start:end].sum() / total, _decayed_mean(p), _decayed_mean(p[::-1])[::-1])
    top = TopCandidate(page, features.holder, mass)
    table.add_all(top.positions(page))
    table.add(top.weight / total, *share_of_others[1:])
    return table.cells.T


def _share_of_others(
    classes: Ints, mass: NDArray[np.floating], weights: Floats
) -> NDArray[np.float64]:
    """Return the probable share of text in the other blocks of each block's class.

    `classes` has one row a classification of the blocks, and so has the result.
    """
    rows = len(classes)
    distinct = classes + (np.arange(rows) * (int(classes.max(initial=0)) + 1))[:, None]
    flat = distinct.ravel()
    rest = np.bincount(flat, np.tile(mass, rows))[distinct] - mass
    whole = np.bincount(flat, np.tile(weights, rows))[distinct] - weights
    share: NDArray[np.float64] = rest / np.maximum(whole, 1)
    return share


def _decayed_mean(p: Floats) -> Floats:
    """Return the exponentially decayed mean of the blocks before each block."""
    means = []
    value = 0.0
    for x in p.tolist():
        means.append(value)
        value = _DECAY * value + (1 - _DECAY) * x
    return np.array(means, dtype=np.float32)
