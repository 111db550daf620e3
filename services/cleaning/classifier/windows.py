"""Sums over windows and ranges of consecutive rows, and distances between rows.

A row is a block of a page or a line of a text; both kinds of features are computed with
these functions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MAX_DISTANCE = 99
"""Distances are capped here; also the distance where there is no marked row before."""

_NONE_BEFORE = -1000


@dataclass(slots=True)
class CumulativeSums:
    """Cumulative sums of some columns: the sum over any range of rows is one subtraction."""

    totals: NDArray[np.float64]
    """Shape (columns, rows + 1); the first entry of each column is 0."""

    @classmethod
    def of(cls, *columns: NDArray[np.number] | NDArray[np.bool_]) -> CumulativeSums:
        """Build the sums of columns of equal length."""
        stacked = np.stack(columns).astype(np.float64)
        return cls(np.concatenate([np.zeros((len(columns), 1)), stacked.cumsum(axis=1)], axis=1))

    def between(
        self, first: NDArray[np.int64] | np.int64, last: NDArray[np.int64] | np.int64
    ) -> NDArray[np.float64]:
        """Return the sums from row `first` up to, not including, row `last`, by column."""
        return self.totals[:, last] - self.totals[:, first]


def window_share(sums: CumulativeSums, reach: int) -> NDArray[np.float64]:
    """Return for each row the sum of column 1 over that of column 0 (at least 1), in a window.

    The window holds the row and `reach` rows on either side.
    """
    n = sums.totals.shape[1] - 1
    at = np.arange(n)
    low, high = np.maximum(0, at - reach), np.minimum(n, at + reach + 1)
    whole, part = sums.between(low, high)[:2]
    share: NDArray[np.float64] = part / np.maximum(whole, 1)
    return share


def distance_since(marked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of rows since the last marked one: 0 at a marked row, at most 99."""
    at = np.arange(len(marked))
    latest = np.maximum.accumulate(np.where(marked, at, _NONE_BEFORE))
    return np.minimum(_MAX_DISTANCE, at - latest)


def distance_until(marked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of rows until the next marked one: 0 at a marked row, at most 99."""
    return distance_since(marked[::-1])[::-1]


def outside_range(
    at: NDArray[np.int64], start: int, end: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distance of each row to the range from before it and from behind it, or 0."""
    return np.maximum(0, start - at), np.maximum(0, at - end + 1)
