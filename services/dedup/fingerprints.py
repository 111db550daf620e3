"""Which articles share sampled shingles: a hash table in flat arrays.

Python's own dictionaries take ten times the memory at millions of articles. Entries
of one bucket are chained; a table that grows relinks its chains, one link of all
buckets at a time. A shingle that many articles hold (a slogan, a boilerplate line)
tells nothing, so only the latest few are found.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.text import Hashes

SAMPLE: Final = 40
"""Smallest shingles of a text that are indexed, besides those of its first words."""
LATEST: Final = 24
"""Articles that are found under one shingle, the latest."""
LINKS: Final = 256
"""Links of a chain that are followed; with a link a bucket, chains of one shingle alone."""
_START_BITS = 12
_NONE = np.int32(-1)


class Fingerprints:
    """Slots (small numbers for articles) by sampled shingle."""

    def __init__(self) -> None:
        self._bits = _START_BITS
        self._heads = np.full(1 << self._bits, _NONE, dtype=np.int32)
        size = 1 << self._bits
        self._keys = np.zeros(size, dtype=np.uint32)
        self._slots = np.zeros(size, dtype=np.int32)
        self._next = np.full(size, _NONE, dtype=np.int32)
        self._used = 0
        self._free: list[int] = []

    def __len__(self) -> int:
        return self._used - len(self._free)

    @property
    def memory(self) -> int:
        """Bytes of the arrays."""
        arrays = (self._heads, self._keys, self._slots, self._next)
        return sum(array.nbytes for array in arrays)

    def _buckets(self, keys: Hashes) -> npt.NDArray[np.int64]:
        return ((keys * np.uint32(0x9E3779B1)) >> np.uint32(32 - self._bits)).astype(np.int64)

    def add(self, slot: int, keys: Hashes) -> None:
        """Let an article be found under keys."""
        while self._used + len(keys) > len(self._keys):
            self._grow()
        while len(keys):
            buckets, first = np.unique(self._buckets(keys), return_index=True)
            at = self._entries(len(buckets))
            self._keys[at] = keys[first]
            self._slots[at] = slot
            self._next[at] = self._heads[buckets]
            self._heads[buckets] = at
            keys = np.delete(keys, first)  # what shares a bucket with one that is in now

    def _entries(self, count: int) -> npt.NDArray[np.int32]:
        reused = [self._free.pop() for _ in range(min(count, len(self._free)))]
        fresh = range(self._used, self._used + count - len(reused))
        self._used += len(fresh)
        return np.array([*reused, *fresh], dtype=np.int32)

    def add_many(self, slots: npt.NDArray[np.int32], keys: Hashes) -> None:
        """Fill an empty table: ``keys[i]`` leads to ``slots[i]``, in order of arrival."""
        while len(keys) > len(self._keys):
            self._grow()
        count = len(keys)
        self._keys[:count], self._slots[:count] = keys, slots
        buckets = self._buckets(keys)
        order = np.argsort(buckets, kind="stable")
        ranked = buckets[order]
        same = ranked[1:] == ranked[:-1]
        self._next[order[1:]] = np.where(same, order[:-1], _NONE)
        self._next[order[:1]] = _NONE
        last = np.concatenate((~same, np.ones(min(1, count), dtype=np.bool_)))
        self._heads[ranked[last]] = order[last]
        self._used = count

    def remove(self, slot: int, keys: Hashes) -> None:
        """Undo `add`; what it left out is passed over."""
        for key, bucket in zip(keys.tolist(), self._buckets(keys).tolist(), strict=True):
            before, at = -1, int(self._heads[bucket])
            while at >= 0 and (self._keys[at] != key or self._slots[at] != slot):
                before, at = at, int(self._next[at])
            if at < 0:
                continue
            if before < 0:
                self._heads[bucket] = self._next[at]
            else:
                self._next[before] = self._next[at]
            self._free.append(at)

    def search(self, keys: Hashes) -> list[tuple[int, int]]:
        """(slot, shared keys) of the articles found, in order of slots."""
        at = self._heads[self._buckets(keys)]
        found: list[Any] = []
        counts: Any = np.zeros(len(keys), dtype=np.int32)
        for _ in range(LINKS):
            # By key, not by link: how many keys share a chain depends on the table's size,
            # and a table rebuilt from rows may have another than the one before it.
            live = (at >= 0) & (counts < LATEST)
            if not live.any():
                break
            at, keys, counts = at[live], keys[live], counts[live]
            same = self._keys[at] == keys
            counts += same.astype(np.int32)
            found.append(self._slots[at[same]])
            at = self._next[at]
        if not found:
            return []
        slots, counts = np.unique(np.concatenate(found), return_counts=True)
        return list(zip(slots.tolist(), counts.tolist(), strict=True))

    def _grow(self) -> None:
        old = self._heads
        size = len(self._keys)
        self._keys = np.concatenate((self._keys, np.zeros(size, dtype=np.uint32)))
        self._slots = np.concatenate((self._slots, np.zeros(size, dtype=np.int32)))
        chain = np.concatenate((self._next, np.full(size, _NONE, dtype=np.int32)))
        self._bits += 1
        self._heads = np.full(1 << self._bits, _NONE, dtype=np.int32)
        self._next = chain.copy()
        # Turning every chain round and round again keeps the latest entry first.
        links: list[npt.NDArray[np.int32]] = []
        at = old[old >= 0]
        while len(at):
            links.append(at)
            at = chain[at]
            at = at[at >= 0]
        for level in reversed(links):
            buckets = self._buckets(self._keys[level])
            self._next[level] = self._heads[buckets]
            self._heads[buckets] = level
