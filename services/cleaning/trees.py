"""Boosted decision trees, applied to many rows at once without the training library.

All splits of all trees are compared in one step; each comparison that fails
clears the leaves it rules out, and the lowest leaf left is the answer
(QuickScorer: Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

MAX_LEAVES = 16
_ROWS_AT_ONCE = 512
# Position of the lowest set bit of every 16-bit number.
_LOWEST = np.array(
    [(i & -i).bit_length() - 1 if i else 0 for i in range(1 << MAX_LEAVES)], dtype=np.uint8
)


@dataclass(frozen=True)
class Trees:
    """A sum of trees of at most `MAX_LEAVES` leaves, read as log-odds."""

    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    mask: NDArray[np.uint16]
    """Leaves still possible when the row's value is above the split's threshold."""
    start: NDArray[np.int64]
    """First split of each tree."""
    leaf: NDArray[np.float32]

    @classmethod
    def from_json(cls, trees: list[dict[str, Any]]) -> Self:
        """Read what `services.cleaning.train` writes: per tree feature, threshold, mask, leaf."""
        leaf = np.zeros((len(trees), MAX_LEAVES), dtype=np.float32)
        for i, tree in enumerate(trees):
            leaf[i, : len(tree["v"])] = tree["v"]
        sizes = [len(tree["f"]) for tree in trees]
        return cls(
            np.array([f for tree in trees for f in tree["f"]], dtype=np.int64),
            np.array([t for tree in trees for t in tree["t"]], dtype=np.float32),
            np.array([m for tree in trees for m in tree["m"]], dtype=np.uint16),
            np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64),
            leaf,
        )

    def predict(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability of each row, from 0 to 1."""
        parts = [
            self._predict(table[i : i + _ROWS_AT_ONCE]) for i in range(0, len(table), _ROWS_AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)

    def _predict(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        values = np.ascontiguousarray(table.T)[self.feature]
        above = values > self.threshold[:, None]
        left = np.where(above, self.mask[:, None], np.uint16(0xFFFF))
        possible = np.bitwise_and.reduceat(left, self.start, axis=0)
        leaves = _LOWEST[possible]
        raw = self.leaf[np.arange(len(self.leaf))[:, None], leaves].sum(axis=0)
        return (1 / (1 + np.exp(-raw))).astype(np.float32)
