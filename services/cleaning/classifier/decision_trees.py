"""Gradient-boosted decision trees, applied to many rows at once without the training library.

Each split is compared for all rows in one step. Each comparison that fails clears the leaves that
it rules out, and the lowest leaf left is the result (QuickScorer: Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier import tree_inference

MAX_LEAVES = 16


@dataclass(frozen=True)
class Trees:
    """A sum of trees of at most `MAX_LEAVES` leaves, read as log-odds."""

    feature: NDArray[np.int64]
    """Of every split, tree after tree; trees are filled up to the same number of splits."""
    threshold: NDArray[np.float32]
    cleared: NDArray[np.uint16]
    """Leaves ruled out when the row's value is above the split's threshold."""
    leaf: NDArray[np.float32]

    @classmethod
    def from_json(cls, trees: list[dict[str, Any]]) -> Self:
        """Read trees as training writes them: feature, threshold, mask and leaf of each."""
        most = max(len(tree["f"]) for tree in trees)
        feature = np.zeros((len(trees), most), dtype=np.int64)
        threshold = np.full((len(trees), most), np.inf, dtype=np.float32)
        cleared = np.zeros((len(trees), most), dtype=np.uint16)
        leaf = np.zeros((len(trees), MAX_LEAVES), dtype=np.float32)
        for i, tree in enumerate(trees):
            splits = len(tree["f"])
            feature[i, :splits] = tree["f"]
            threshold[i, :splits] = tree["t"]
            cleared[i, :splits] = ~np.array(tree["m"], dtype=np.uint16)
            leaf[i, : len(tree["v"])] = tree["v"]
        return cls(feature.ravel(), threshold.ravel(), cleared.ravel(), leaf)

    def predict(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the probability of each row, from 0 to 1."""
        columns = np.ascontiguousarray(table.T)
        raw = tree_inference.sum_of_leaves(
            columns, self.feature, self.threshold, self.cleared, self.leaf
        )
        probability: NDArray[np.float32] = (1 / (1 + np.exp(-raw))).astype(np.float32)
        return probability
