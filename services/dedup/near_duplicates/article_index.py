"""Find the articles in the window that share shingles with a new article."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features.article_features import ArticleFeatures
from services.dedup.features.tokenizer import sorted_unique
from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates.fingerprint_table import FingerprintTable

FINGERPRINT_SHINGLES: Final = 40
"""Smallest shingles of a text that are indexed, besides those of its first words."""
_MAX_CANDIDATES: Final = 6
"""Articles sharing most shingles that are compared in full."""
_MAX_SINGLE_SHINGLE_CANDIDATES: Final = 1
"""How many of them may share a single shingle: in a large window nearly all such articles share
it by chance."""


def fingerprint(features: ArticleFeatures) -> Hashes:
    """Return the keys under which copies of an article are found, distinct and sorted.

    They are the smallest shingles of the whole text, those of its first words, and a hash of the
    whole text. An article without words has none.
    """
    if not features.shingle_count:
        return np.zeros(0, dtype=np.uint32)
    digest = struct.unpack_from("<I", features.text_digest)[0]
    sample = features.shingles[:FINGERPRINT_SHINGLES]
    parts = (sample, features.lead_shingles, np.array([digest], dtype=np.uint32))
    return sorted_unique(np.concatenate(parts))


class ArticleIndex:
    """Index from fingerprints to the ids of the articles that can still be found as originals."""

    def __init__(self) -> None:
        self._table = FingerprintTable()
        self._ids: list[str] = []
        """Article id of each slot."""
        self._slots: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._slots

    @property
    def memory(self) -> int:
        """Bytes of the fingerprint table."""
        return self._table.memory

    def add(self, article_id: str, keys: Hashes) -> None:
        """Add an article under the keys of its fingerprint; without keys nothing is added."""
        if not len(keys):
            return
        if self._table.free:
            slot = self._table.free.pop()
            self._ids[slot] = article_id
        else:
            slot = len(self._ids)
            self._ids.append(article_id)
        self._slots[article_id] = slot
        self._table.add(slot, keys)

    def add_many(
        self, article_ids: Sequence[str], counts: npt.NDArray[np.int64], keys: Hashes
    ) -> None:
        """Add articles in order of arrival; ``counts[i]`` of the keys belong to article i."""
        slots = np.arange(len(self._ids), len(self._ids) + len(article_ids), dtype=np.int32)
        self._slots.update(zip(article_ids, slots.tolist(), strict=True))
        self._ids.extend(article_ids)
        self._table.add_many(slots.repeat(counts), keys)

    def remove(self, article_id: str, keys: Hashes) -> None:
        """Remove an article that was added with these keys; an unknown article is ignored."""
        slot = self._slots.pop(article_id, None)
        if slot is None:
            return
        self._table.remove(slot, keys)

    def search(self, keys: Hashes) -> list[str]:
        """Return the ids of at most six articles that share most of the keys, best first.

        Of articles that share the same number of keys the smaller id comes first. Of those that
        share a single key only one is returned.
        """
        if not len(keys):
            return []
        shared_counts = self._table.search(keys).items()
        ranked = sorted((-shared, self._ids[slot]) for slot, shared in shared_counts)
        sharing_several = sum(shared < -1 for shared, _id in ranked)
        limit = min(_MAX_CANDIDATES, sharing_several + _MAX_SINGLE_SHINGLE_CANDIDATES)
        return [article_id for _shared, article_id in ranked[:limit]]
