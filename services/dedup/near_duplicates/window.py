"""The articles that can still be found as originals, and what is due when."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from services.dedup.features.article_features import Features
from services.dedup.features.tokenizer import distinct
from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates.fingerprints import SAMPLE, Fingerprints

_LOOKED_AT = 6
"""Articles sharing most shingles that are compared in full."""
_BY_CHANCE = 1
"""Of them, those that share a single one: in a large window nearly all are strangers."""


def index_keys(one: Features) -> Hashes:
    """Return the shingles under which copies of an article are found."""
    if not one.size:
        return np.zeros(0, dtype=np.uint32)
    digest = struct.unpack_from("<I", one.digest)[0]
    parts = (one.grams[:SAMPLE], one.lead_grams, np.array([digest], dtype=np.uint32))
    return distinct(np.concatenate(parts))


class Window:
    """Article ids by fingerprint."""

    def __init__(self) -> None:
        self._prints = Fingerprints()
        self._ids: list[str] = []
        self._slots: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._slots)

    @property
    def memory(self) -> int:
        """Bytes of the fingerprints' arrays."""
        return self._prints.memory

    def add(self, article_id: str, keys: Hashes) -> None:
        """Let an article be found."""
        if not len(keys):
            return
        if self._prints.free:
            slot = self._prints.free.pop()
            self._ids[slot] = article_id
        else:
            slot = len(self._ids)
            self._ids.append(article_id)
        self._slots[article_id] = slot
        self._prints.add(slot, keys)

    def add_many(
        self, article_ids: Sequence[str], counts: npt.NDArray[np.int64], keys: Hashes
    ) -> None:
        """Add articles in order of arrival, ``counts[i]`` of the keys for each."""
        slots = np.arange(len(self._ids), len(self._ids) + len(article_ids), dtype=np.int32)
        self._slots.update(zip(article_ids, slots.tolist(), strict=True))
        self._ids.extend(article_ids)
        self._prints.add_many(slots.repeat(counts), keys)

    def remove(self, article_id: str, keys: Hashes) -> None:
        """Let an article no longer be found."""
        slot = self._slots.pop(article_id, None)
        if slot is None:
            return
        self._prints.remove(slot, keys)

    def search(self, keys: Hashes) -> list[str]:
        """Return the articles that share most keys, six at most, best first, equal ones by id."""
        if not len(keys):
            return []
        shares = self._prints.search(keys).items()
        found = sorted((-shared, self._ids[slot]) for slot, shared in shares)
        most = min(_LOOKED_AT, sum(shared < -1 for shared, _id in found) + _BY_CHANCE)
        return [article_id for _shared, article_id in found[:most]]
