"""A hash table from shingles to articles, in flat arrays.

Python's own dictionaries take ten times the memory at millions of articles. Entries of one
bucket are chained, the latest first. The entries themselves lie in order of arrival, so that all
chains can be rebuilt in bulk: when a shard is loaded, and when the table has grown or many of
its entries have been removed. A shingle that many articles contain (a slogan, a boilerplate
line) says little, so only the latest few articles are found under it.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates import hash_chains

MAX_ARTICLES_PER_KEY: Final = 24
"""Articles that are found under one shingle: the latest."""
MAX_SEARCH_STEPS: Final = 256
"""Entries of a chain that a search visits. Chains are about one entry long unless many articles
share a shingle."""
MAX_UNLINK_STEPS: Final = 32
"""Entries of a chain that are visited to unlink one. An entry further down stays in the chain,
marked as removed, until the chains are rebuilt."""
_MIN_BUCKET_BITS = 12
_NO_ENTRY = np.int32(-1)
_COMPACT_FROM = 4
"""The table is compacted instead of only grown when one in four entries has been removed."""


class FingerprintTable:
    """Slots (small numbers that stand for articles) by shingle."""

    def __init__(self) -> None:
        self._used = self._removed = 0
        size = 2 << _MIN_BUCKET_BITS
        # Memory that is not yet written costs nothing: the system hands out pages on first use.
        self._keys = np.empty(size, dtype=np.uint32)
        self._slots = np.empty(size, dtype=np.int32)
        self._next = np.empty(size, dtype=np.int32)
        self._is_live = np.zeros(1 << _MIN_BUCKET_BITS, dtype=np.bool_)
        self.free: list[int] = []
        """Slots that can be used again."""
        self._free_after_compaction: list[int] = []
        """Slots of removed articles that still have entries in a chain."""
        self._clear_chains()

    def __len__(self) -> int:
        return self._used - self._removed

    @property
    def memory(self) -> int:
        """Bytes of the arrays, as far as they are filled."""
        each = sum(array.itemsize for array in (self._keys, self._slots, self._next))
        return self._used * each + self._heads.nbytes + self._is_live.nbytes

    def _clear_chains(self) -> None:
        """Make all chains empty; there is a bucket for every two entries of a full table."""
        self._bits = max(_MIN_BUCKET_BITS, (len(self._keys) - 1).bit_length() - 1)
        self._heads = np.full(1 << self._bits, _NO_ENTRY, dtype=np.int32)

    def add(self, slot: int, keys: Hashes) -> None:
        """Add an article under its keys."""
        self.add_many(np.full(len(keys), slot, dtype=np.int32), keys)

    def add_many(self, slots: npt.NDArray[np.int32], keys: Hashes) -> None:
        """Add entries in order of arrival: ``keys[i]`` leads to ``slots[i]``."""
        if not len(keys):
            return
        if self._used + len(keys) > len(self._keys):
            self._make_room(len(keys))
        start, self._used = self._used, self._used + len(keys)
        self._keys[start : self._used], self._slots[start : self._used] = keys, slots
        highest = int(slots.max())
        if highest >= len(self._is_live):
            size = max(highest + 1, 2 * len(self._is_live))
            grown = np.zeros(size, dtype=np.bool_)
            grown[: len(self._is_live)] = self._is_live
            self._is_live = grown
        self._is_live[slots] = True
        self._link_from(start)

    def _link_from(self, start: int) -> None:
        """Insert the entries from ``start`` on into the chains of their buckets."""
        end = self._used
        hash_chains.link(self._keys, start, end, self._heads, self._next, self._bits)

    def remove(self, slot: int, keys: Hashes) -> None:
        """Remove an article that was added with these keys."""
        self._is_live[slot] = False
        left = hash_chains.unlink(
            self._keys, keys, slot, self._slots, self._heads, self._next, self._bits,
            MAX_UNLINK_STEPS,
        )  # fmt: skip
        self._removed += len(keys)
        (self._free_after_compaction if left else self.free).append(slot)

    def search(self, keys: Hashes) -> dict[int, int]:
        """Return for each article found, by its slot, how many of the keys it has."""
        return hash_chains.find(
            keys, self._keys, self._slots, self._is_live.view(np.uint8), self._heads, self._next,
            self._bits, MAX_SEARCH_STEPS, MAX_ARTICLES_PER_KEY,
        )  # fmt: skip

    def _make_room(self, count: int) -> None:
        """Make room for ``count`` more entries, and rebuild the chains.

        Removed entries are dropped if there are many of them; the arrays grow if that does not
        suffice.
        """
        if _COMPACT_FROM * self._removed > self._used:
            slots = self._slots[: self._used]
            live = np.flatnonzero((slots >= 0) & self._is_live[slots])
            self._keys[: len(live)] = self._keys[live]
            self._slots[: len(live)] = slots[live]
            self._used, self._removed = len(live), 0
            self.free += self._free_after_compaction
            self._free_after_compaction = []
        if self._used + count > len(self._keys):
            size = max(self._used + count, len(self._keys) * 3 // 2)
            self._keys = _grown(self._keys, size, self._used)
            self._slots = _grown(self._slots, size, self._used)
            self._next = np.empty(size, dtype=np.int32)
        self._clear_chains()
        self._link_from(0)


def _grown(array: npt.NDArray[Any], size: int, used: int) -> npt.NDArray[Any]:
    grown = np.empty(size, dtype=array.dtype)
    grown[:used] = array[:used]
    return grown
