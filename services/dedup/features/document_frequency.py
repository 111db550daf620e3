"""How common words and entities are: their inverse document frequency.

Counts over the articles in the window, on top of a prior for the commonest words of
a language, so that the first articles of an empty shard are weighed sensibly too.
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


_DAMPED = np.ones(256, dtype=np.float32)
_DAMPED[1:] += np.log(np.arange(1, 256, dtype=np.float32))


def damped(counts: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Weights of words by how often they stand in a text: the second time counts less."""
    found: npt.NDArray[np.float32] = _DAMPED.take(counts, mode="clip")
    return found


class Frequencies:
    """Counts of articles by word; equal sets of articles give equal counts."""

    def __init__(self, prior: Mapping[str, float]) -> None:
        """``prior``: share of articles that hold a word, by word."""
        self._prior = np.full(BUCKETS, 0.5, dtype=np.float32)
        common = words("\n".join(prior)).hashes & MASK
        for place, share in zip(common.tolist(), prior.values(), strict=True):
            self._prior[place] = share * PRIOR_ARTICLES
        self._counts = np.zeros(BUCKETS, dtype=np.int32)
        self._articles = 0
        # Kept, since they are read ten times as often as they change.
        self.logs = np.empty(BUCKETS, dtype=np.float32)
        """Logarithms of how many articles hold the words of each bucket."""
        similarity.count_again(self._counts, self._prior, self.logs)

    def add(self, terms: Hashes) -> None:
        """Count an article's distinct terms."""
        self._change(terms, 1)

    def remove(self, terms: Hashes) -> None:
        """Take an article's terms out of the count."""
        self._change(terms, -1)

    def _change(self, terms: Hashes, by: int) -> None:
        similarity.count(terms, by, self._counts, self._prior, self.logs)
        self._articles += by

    def add_many(self, terms: Hashes, articles: int) -> None:
        """Count the terms of many articles at once."""
        self._counts += np.bincount(terms & MASK, minlength=BUCKETS).astype(np.int32)
        similarity.count_again(self._counts, self._prior, self.logs)
        self._articles += articles

    @property
    def total(self) -> float:
        """Logarithm of how many articles there are."""
        return math.log(PRIOR_ARTICLES + self._articles)

    def weights(self, terms: Hashes) -> npt.NDArray[np.float32]:
        """Return the inverse document frequency: log of articles by articles with the term."""
        # Without a check of bounds: three times as fast as an index.
        logs = self.logs.take(terms & MASK, mode="clip")
        found: npt.NDArray[np.float32] = np.float32(self.total) - logs
        return found

    def known(self, terms: Hashes) -> npt.NDArray[np.bool_]:
        """Whether each term stands in several articles, or is one of the commonest words."""
        at = terms & MASK
        found: npt.NDArray[np.bool_] = self._prior[at] + self._counts[at] > 2  # noqa: PLR2004 - the two compared
        return found
