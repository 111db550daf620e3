"""Measure how many of a line's words the likely text of the page uses too.

What stands beside an article (teasers, readers' comments, offers) is about something else. It
shares fewer words with the article than the article's own paragraphs share with each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier.feature_table import Floats

_LONG_WORD = 5
"""Characters of the words that are compared; shorter ones carry little meaning."""
_MIN_CORE_WEIGHT = 60
"""Weight from which a likely line counts as running text."""
_MAX_WEIGHT = 400
"""Weight up to which a line counts in the mean of its neighbourhood."""
_NEIGHBOURS = 2


def topic_words(lines: Sequence[str]) -> list[frozenset[str]]:
    """Return the distinct longer words of each line, in lower case."""
    return [
        frozenset(word for word in line.lower().split() if len(word) >= _LONG_WORD)
        for line in lines
    ]


def topic_shares(
    words: Sequence[frozenset[str]], is_likely: NDArray[np.bool_], weights: Floats
) -> Floats:
    """Return three features of each line's words, one row a feature.

    The share of them that another likely line has too, the share that two have, and the mean of
    the first over the lines around it. Lines without longer words get -1 in the first two.
    """
    core = (is_likely & (weights >= _MIN_CORE_WEIGHT)).tolist()
    uses = Counter(
        word for own, in_core in zip(words, core, strict=True) if in_core for word in own
    )
    shares = np.full((3, len(words)), -1, dtype=np.float32)
    if uses:
        for i, own in enumerate(words):
            if own:
                others = [uses[word] - core[i] for word in own]
                shares[0, i] = sum(count > 0 for count in others) / len(own)
                shares[1, i] = sum(count > 1 for count in others) / len(own)
    weight = np.minimum(weights, _MAX_WEIGHT) * (shares[0] >= 0)
    shares[2] = _around(shares[0] * weight) / np.maximum(_around(weight), 1)
    return shares


def _around(values: Floats) -> NDArray[np.float64]:
    """Return the sums over each value and the two on either side."""
    window = np.convolve(values, np.ones(2 * _NEIGHBOURS + 1))
    return window[_NEIGHBOURS : _NEIGHBOURS + len(values)]
