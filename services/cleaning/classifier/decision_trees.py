"""Inference with boosted decision trees for many rows at once, without the training library.

Each split is evaluated for all rows in one step. A row above the threshold excludes the leaves
on the left of the split, and the lowest leaf that is not excluded is the result
(QuickScorer: Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier import tree_inference

MAX_LEAVES = 16
"""Number of bits in the mask of leaves of a tree."""


@dataclass(frozen=True)
class Trees:
    """An ensemble of trees of at most `MAX_LEAVES` leaves, whose sum is a log-odds."""

    feature: NDArray[np.int64]
    """Feature of every split, tree by tree; all trees are padded to the same number of splits."""
    threshold: NDArray[np.float32]
    excluded_leaves: NDArray[np.uint16]
    """Bit mask of the leaves that are excluded if the row's value is above the threshold."""
    leaf: NDArray[np.float32]

    @classmethod
    def from_json(cls, trees: list[dict[str, Any]]) -> Self:
        """Build the ensemble from the weights file.

        Each tree has the keys `f` (feature), `t` (threshold) and `m` (mask) by split, and `v`
        (value) by leaf.
        """
        most = max(len(tree["f"]) for tree in trees)
        feature = np.zeros((len(trees), most), dtype=np.int64)
        threshold = np.full((len(trees), most), np.inf, dtype=np.float32)
        excluded_leaves = np.zeros((len(trees), most), dtype=np.uint16)
        leaf = np.zeros((len(trees), MAX_LEAVES), dtype=np.float32)
        for i, tree in enumerate(trees):
            splits = len(tree["f"])
            feature[i, :splits] = tree["f"]
            threshold[i, :splits] = tree["t"]
            excluded_leaves[i, :splits] = ~np.array(tree["m"], dtype=np.uint16)
            leaf[i, : len(tree["v"])] = tree["v"]
        return cls(feature.ravel(), threshold.ravel(), excluded_leaves.ravel(), leaf)

    def predict(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the probability of each row of features, from 0 to 1."""
        columns = np.ascontiguousarray(table.T)
        log_odds = tree_inference.sum_leaves(
            columns, self.feature, self.threshold, self.excluded_leaves, self.leaf
        )
        probability: NDArray[np.float32] = (1 / (1 + np.exp(-log_odds))).astype(np.float32)
        return probability
