"""Types that both classifiers share, and a table that is filled column by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PageHints:
    """What a page's metadata says about its text; empty strings where it says nothing."""

    title: str = ""
    summary: str = ""
    ld_body: str = ""
    """`articleBody` of the page's JSON-LD."""


@dataclass(frozen=True, slots=True)
class LogOdds:
    """Learned log-odds of a word to be in article text."""

    words: dict[str, float]
    """For the words of short lines."""
    names: dict[str, float]
    """For the words in the class, id and role of elements."""


class FeatureTable:
    """A table of features that is filled one feature after the other.

    `cells` has one row for each feature and one column for each block, so that every feature
    is contiguous in memory.
    """

    def __init__(self, features: int, blocks: int) -> None:
        self.cells = np.empty((features, blocks), dtype=np.float32)
        self._filled = 0

    def take(self, count: int) -> Floats:
        """Return the next rows, for the caller to fill them."""
        rows = self.cells[self._filled : self._filled + count]
        self._filled += count
        return rows

    def add(self, *features: Any) -> None:
        """Append features, each an array over the blocks or a scalar for all of them."""
        for feature in features:
            self.cells[self._filled] = feature
            self._filled += 1

    def add_all(self, features: NDArray[Any]) -> None:
        """Append the rows of a two-dimensional array."""
        self.cells[self._filled : self._filled + len(features)] = features
        self._filled += len(features)
