"""Count in how many articles each word and entity occurs, and weight them by it (TF-IDF).

The counts cover the articles in the window, on top of a prior for the most common words of a
language, so that the first articles of an empty shard get sensible weights too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features import similarity
from services.dedup.features.tokens import Hashes, tokenize

BUCKETS: Final = 1 << 18
"""Length of the table of counts; terms whose hashes have the same low bits are counted together."""
MASK: Final = np.uint32(BUCKETS - 1)
PRIOR_ARTICLES: Final = 1000.0
"""How many articles the prior counts as."""
_UNSEEN_PRIOR = 0.5
"""Prior count of a term outside the common words, so that its logarithm is finite."""
_KNOWN_COUNT = 2
"""A term is known when it occurs in more articles than these: the two that are compared."""

_SUBLINEAR_TF = np.ones(256, dtype=np.float32)
_SUBLINEAR_TF[1:] += np.log(np.arange(1, 256, dtype=np.float32))


def sublinear_tf(counts: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return the weight of terms by how often they occur in a text: 1 + log of the count."""
    found: npt.NDArray[np.float32] = _SUBLINEAR_TF.take(counts, mode="clip")
    return found


class DocumentFrequencies:
    """In how many articles each term occurs; equal sets of articles give equal counts."""

    def __init__(self, prior: Mapping[str, float]) -> None:
        """Start without articles; ``prior`` is the share of articles that contain each word."""
        self._prior = np.full(BUCKETS, _UNSEEN_PRIOR, dtype=np.float32)
        common = tokenize("\n".join(prior)).hashes & MASK
        for bucket, share in zip(common.tolist(), prior.values(), strict=True):
            self._prior[bucket] = share * PRIOR_ARTICLES
        self._counts = np.zeros(BUCKETS, dtype=np.int32)
        self._articles = 0
        self._changes: list[tuple[Hashes, int]] = []
        """What was counted since the savepoint: the terms, and 1 or -1."""
        # Kept because the logarithms are read ten times as often as they change.
        self.log_counts = np.empty(BUCKETS, dtype=np.float32)
        """Logarithm of each bucket's count of articles, prior included."""
        similarity.recompute_log_counts(self._counts, self._prior, self.log_counts)

    def add(self, terms: Hashes) -> None:
        """Count an article that has these distinct terms."""
        self._update(terms, 1)

    def remove(self, terms: Hashes) -> None:
        """Subtract an article that was counted with these terms."""
        self._update(terms, -1)

    def savepoint(self) -> None:
        """Mark the state to which `rollback` returns."""
        self._changes.clear()

    def rollback(self) -> None:
        """Return to the savepoint."""
        for terms, change in reversed(self._changes.copy()):
            self._update(terms, -change)
        self._changes.clear()

    def _update(self, terms: Hashes, change: int) -> None:
        similarity.update_counts(terms, change, self._counts, self._prior, self.log_counts)
        self._articles += change
        self._changes.append((terms, change))

    def add_many(self, terms: Hashes, articles: int) -> None:
        """Count several articles at once; ``terms`` holds the distinct terms of each."""
        self._counts += np.bincount(terms & MASK, minlength=BUCKETS).astype(np.int32)
        similarity.recompute_log_counts(self._counts, self._prior, self.log_counts)
        self._articles += articles

    @property
    def log_total(self) -> float:
        """Logarithm of the number of articles, prior included."""
        return math.log(PRIOR_ARTICLES + self._articles)

    def idf(self, terms: Hashes) -> npt.NDArray[np.float32]:
        """Return the inverse document frequency: log(all articles / articles with the term)."""
        # `take` does not check bounds, which makes it three times as fast as an index.
        log_counts = self.log_counts.take(terms & MASK, mode="clip")
        found: npt.NDArray[np.float32] = np.float32(self.log_total) - log_counts
        return found

    def is_known(self, terms: Hashes) -> npt.NDArray[np.bool_]:
        """Return for each term whether it occurs in several articles or is a common word."""
        bucket = terms & MASK
        found: npt.NDArray[np.bool_] = self._prior[bucket] + self._counts[bucket] > _KNOWN_COUNT
        return found
