"""The articles that can still be found as originals, and what is due when."""

from __future__ import annotations

import struct
from collections.abc import Iterable

import numpy as np

from services.dedup.features import Features
from services.dedup.fingerprints import SAMPLE, Fingerprints
from services.dedup.text import Hashes

_LOOKED_AT = 6
"""Articles sharing most shingles that are compared in full."""


def index_keys(one: Features) -> Hashes:
    """Return the shingles under which copies of an article are found."""
    if not one.size:
        return np.zeros(0, dtype=np.uint32)
    digest = struct.unpack_from("<I", one.digest)[0]
    parts = (one.grams[:SAMPLE], one.lead_grams, np.array([digest], dtype=np.uint32))
    return np.unique(np.concatenate(parts))


class Window:
    """Article ids by fingerprint."""

    def __init__(self) -> None:
        self._prints = Fingerprints()
        self._ids: list[str] = []
        self._slots: dict[str, int] = {}
        self._free: list[int] = []

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
        if self._free:
            slot = self._free.pop()
            self._ids[slot] = article_id
        else:
            slot = len(self._ids)
            self._ids.append(article_id)
        self._slots[article_id] = slot
        self._prints.add(slot, keys)

    def add_many(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Fill an empty window with article ids and their keys as bytes."""
        counts, parts = [], []
        for article_id, keys in rows:
            self._slots[article_id] = len(self._ids)
            self._ids.append(article_id)
            counts.append(len(keys) // 4)
            parts.append(keys)
        slots = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        self._prints.add_many(slots, np.frombuffer(b"".join(parts), dtype=np.uint32))

    def remove(self, article_id: str, keys: Hashes) -> None:
        """Let an article no longer be found."""
        slot = self._slots.pop(article_id, None)
        if slot is None:
            return
        self._prints.remove(slot, keys)
        self._free.append(slot)

    def search(self, keys: Hashes) -> list[str]:
        """Return the articles that share most keys, best first, equal ones by id."""
        if not len(keys):
            return []
        found = ((-shared, self._ids[slot]) for slot, shared in self._prints.search(keys))
        return [article_id for _shared, article_id in sorted(found)[:_LOOKED_AT]]
