"""Inverse document frequencies of words and entities.

Counts over the articles in the window are added to a prior for the most common words of a language,
so that the first articles of an empty shard are weighed sensibly too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features import similarity
from services.dedup.features.tokens import Hashes, words

BUCKETS: Final = 1 << 18
MASK: Final = np.uint32(BUCKETS - 1)
PRIOR_ARTICLES: Final = 1000.0
"""How many articles the prior weighs as much as."""


_DAMPED_COUNTS = np.ones(256, dtype=np.float32)
_DAMPED_COUNTS[1:] += np.log(np.arange(1, 256, dtype=np.float32))


def damped_counts(counts: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return weights of words by how often they occur in a text; repetitions count less."""
    found: npt.NDArray[np.float32] = _DAMPED_COUNTS.take(counts, mode="clip")
    return found


class DocumentFrequencies:
    """How many articles contain each word; equal sets of articles give equal counts."""

    def __init__(self, prior: Mapping[str, float]) -> None:
        """Start from a ``prior``: the share of articles that contain a word, by word."""
        self._prior = np.full(BUCKETS, 0.5, dtype=np.float32)
        common = words("\n".join(prior)).hashes & MASK
        for place, share in zip(common.tolist(), prior.values(), strict=True):
            self._prior[place] = share * PRIOR_ARTICLES
        self._counts = np.zeros(BUCKETS, dtype=np.int32)
        self._articles = 0
        # Stored, because they are read ten times as often as they change.
        self.log_counts = np.empty(BUCKETS, dtype=np.float32)
        """Logarithms of how many articles contain the words of each bucket."""
        similarity.recompute_logs(self._counts, self._prior, self.log_counts)

    def add(self, terms: Hashes) -> None:
        """Count an article's distinct terms."""
        self._change(terms, 1)

    def remove(self, terms: Hashes) -> None:
        """Remove an article's terms from the counts."""
        self._change(terms, -1)

    def _change(self, terms: Hashes, by: int) -> None:
        similarity.count(terms, by, self._counts, self._prior, self.log_counts)
        self._articles += by

    def add_many(self, terms: Hashes, articles: int) -> None:
        """Count the terms of many articles at once."""
        self._counts += np.bincount(terms & MASK, minlength=BUCKETS).astype(np.int32)
        similarity.recompute_logs(self._counts, self._prior, self.log_counts)
        self._articles += articles

    @property
    def log_articles(self) -> float:
        """Logarithm of the number of articles, prior included."""
        return math.log(PRIOR_ARTICLES + self._articles)

    def weights(self, terms: Hashes) -> npt.NDArray[np.float32]:
        """Return the inverse document frequency: log of articles by articles with the term."""
        # `take` without a bounds check is three times as fast as indexing.
        log_counts = self.log_counts.take(terms & MASK, mode="clip")
        found: npt.NDArray[np.float32] = np.float32(self.log_articles) - log_counts
        return found

    def is_known(self, terms: Hashes) -> npt.NDArray[np.bool_]:
        """Return whether each term is in several articles, or is one of the most common words."""
        at = terms & MASK
        found: npt.NDArray[np.bool_] = self._prior[at] + self._counts[at] > 2  # noqa: PLR2004 - the two compared
        return found
