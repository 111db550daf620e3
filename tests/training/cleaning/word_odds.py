"""Learn the log-odds of words from labelled documents. Used only for development."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def learn_odds(
    documents: Iterable[Sequence[tuple[Iterable[str], bool]]],
    min_documents: int,
    min_log_odds: float,
) -> dict[str, float]:
    """Return the log-odds of being kept for every word.

    A document is a list of (words, kept); a word counts once for each document and side.
    Words in fewer than `min_documents` documents, or whose log-odds are below `min_log_odds`
    in absolute value, are left out.
    """
    kept: dict[str, int] = {}
    dropped: dict[str, int] = {}
    for document in documents:
        for side, counts in ((True, kept), (False, dropped)):
            for word in {w for words, keep in document if keep is side for w in words}:
                counts[word] = counts.get(word, 0) + 1
    total_kept, total_dropped = max(1, sum(kept.values())), max(1, sum(dropped.values()))
    odds = {}
    for word in kept.keys() | dropped.keys():
        k, d = kept.get(word, 0), dropped.get(word, 0)
        if k + d >= min_documents:
            value = math.log((k + 1) / total_kept) - math.log((d + 1) / total_dropped)
            if abs(value) >= min_log_odds:
                odds[word] = round(value, 1)
    return odds
