"""The articles that can still be found as originals."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from services.dedup.features.article_features import Features
from services.dedup.features.tokenizer import distinct
from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates.fingerprint_table import SAMPLE, FingerprintTable

_MAX_CANDIDATES = 6
"""Articles sharing most shingles that are compared in full."""
_MAX_SINGLE_KEY_CANDIDATES = 1
"""How many of them may share only a single shingle: in a large window nearly all of those are
unrelated."""


def index_keys(features: Features) -> Hashes:
    """Return the shingles under which copies of an article are found."""
    if not features.size:
        return np.zeros(0, dtype=np.uint32)
    digest = struct.unpack_from("<I", features.digest)[0]
    parts = (features.grams[:SAMPLE], features.lead_grams, np.array([digest], dtype=np.uint32))
    return distinct(np.concatenate(parts))


class ArticleWindow:
    """Article ids by fingerprint."""

    def __init__(self) -> None:
        self._table = FingerprintTable()
        self._ids: list[str] = []
        self._slots: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._slots)

    @property
    def memory(self) -> int:
        """Bytes of the fingerprint table's arrays."""
        return self._table.memory

    def add(self, article_id: str, keys: Hashes) -> None:
        """Add an article."""
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
        """Add articles in the order of arrival; ``counts[i]`` of the keys belong to each."""
        slots = np.arange(len(self._ids), len(self._ids) + len(article_ids), dtype=np.int32)
        self._slots.update(zip(article_ids, slots.tolist(), strict=True))
        self._ids.extend(article_ids)
        self._table.add_many(slots.repeat(counts), keys)

    def remove(self, article_id: str, keys: Hashes) -> None:
        """Remove an article."""
        slot = self._slots.pop(article_id, None)
        if slot is None:
            return
        self._table.remove(slot, keys)

    def search(self, keys: Hashes) -> list[str]:
        """Return the articles that share most keys, at most six, best first, equal ones by id."""
        if not len(keys):
            return []
        shares = self._table.search(keys).items()
        found = sorted((-shared, self._ids[slot]) for slot, shared in shares)
        most = min(
            _MAX_CANDIDATES, sum(shared < -1 for shared, _id in found) + _MAX_SINGLE_KEY_CANDIDATES
        )
        return [article_id for _shared, article_id in found[:most]]
