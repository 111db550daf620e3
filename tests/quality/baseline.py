"""Cluster articles around TF-IDF centroids in a single pass, as the baseline of story scores."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from schemas.article import TaggedArticle

THRESHOLD = 0.30
"""Minimum cosine for an article to join a cluster; the better of two values that were tried."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def centroids(articles: Sequence[TaggedArticle], threshold: float = THRESHOLD) -> list[str]:
    """Return the label of the cluster of each article, in order.

    The document frequencies are computed on all articles.
    """
    bags = [Counter(_WORD.findall(f"{a.title} {a.body}".lower())) for a in articles]
    seen = Counter(word for bag in bags for word in bag)
    vectors = [_unit({w: (1 + math.log(n)) * math.log(len(bags) / seen[w]) for w, n in bag.items()})
               for bag in bags]  # fmt: skip
    sums: list[dict[str, float]] = []
    labels = []
    for vector in vectors:
        scores = [_dot(vector, centre) / max(1e-9, _length(centre)) for centre in sums]
        best = max(range(len(sums)), key=scores.__getitem__, default=-1)
        if best < 0 or scores[best] < threshold:
            best = len(sums)
            sums.append({})
        for word, weight in vector.items():
            sums[best][word] = sums[best].get(word, 0.0) + weight
        labels.append(str(best))
    return labels


def _length(vector: dict[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = _length(vector) or 1.0
    return {word: weight / length for word, weight in vector.items()}


def _dot(small: dict[str, float], large: dict[str, float]) -> float:
    return sum(weight * large.get(word, 0.0) for word, weight in small.items())
