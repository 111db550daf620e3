"""Which articles share sampled shingles: a hash table in flat arrays.

Python's own dictionaries take ten times the memory at millions of articles. Entries of one bucket
are chained, the latest first. They lie in the order of arrival, so that all can be linked again in
bulk: when a shard is rebuilt, and when the table has grown or a good part of it was removed. A
shingle that many articles have (a slogan, boilerplate) tells nothing, so only the latest few are
found.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates import postings

SAMPLE: Final = 40
"""Smallest shingles of a text that are indexed, besides those of its first words."""
MAX_ARTICLES_PER_KEY: Final = 24
"""Articles that are found under one shingle, the latest first."""
MAX_SEARCH_STEPS: Final = 256
"""Links of a chain that a search follows; most chains are short, but one shingle may have many."""
MAX_UNLINK_STEPS: Final = 32
"""Links that are followed to remove an entry from its chain. An entry further back, of an article
that was removed, stays until all entries are linked again."""
_START_BITS = 12
_NONE = np.int32(-1)


class FingerprintTable:
    """Slots (small numbers that stand for articles) by sampled shingle."""

    def __init__(self) -> None:
        self._used = self._removed = 0
        size = 2 << _START_BITS
        # Pages that are not written yet take no memory.
        self._keys = np.empty(size, dtype=np.uint32)
        self._slots = np.empty(size, dtype=np.int32)
        self._next = np.empty(size, dtype=np.int32)
        self._alive = np.zeros(1 << _START_BITS, dtype=np.bool_)
        self.free: list[int] = []
        """Slots that can be reused."""
        self._pending_free: list[int] = []
        self._reset_chains()

    def __len__(self) -> int:
        return self._used - self._removed

    @property
    def memory(self) -> int:
        """Bytes of the arrays, as far as they are filled."""
        each = sum(array.itemsize for array in (self._keys, self._slots, self._next))
        return self._used * each + self._heads.nbytes + self._alive.nbytes

    def _reset_chains(self) -> None:
        """Empty all chains; a full table has two entries a bucket."""
        self._bits = max(_START_BITS, (len(self._keys) - 1).bit_length() - 1)
        self._heads = np.full(1 << self._bits, _NONE, dtype=np.int32)

    def add(self, slot: int, keys: Hashes) -> None:
        """Add the keys under which an article is found."""
        self.add_many(np.full(len(keys), slot, dtype=np.int32), keys)

    def add_many(self, slots: npt.NDArray[np.int32], keys: Hashes) -> None:
        """Add many entries in the order of arrival: ``keys[i]`` leads to ``slots[i]``."""
        if not len(keys):
            return
        if self._used + len(keys) > len(self._keys):
            self._make_room(len(keys))
        start, self._used = self._used, self._used + len(keys)
        self._keys[start : self._used], self._slots[start : self._used] = keys, slots
        most = int(slots.max())
        if most >= len(self._alive):
            more = np.zeros(max(most + 1, 2 * len(self._alive)), dtype=np.bool_)
            more[: len(self._alive)] = self._alive
            self._alive = more
        self._alive[slots] = True
        self._link(start)

    def _link(self, start: int) -> None:
        """Link the entries from ``start`` on into their chains."""
        end = self._used
        postings.link(self._keys, start, end, self._heads, self._next, self._bits)

    def remove(self, slot: int, keys: Hashes) -> None:
        """Undo `add`."""
        self._alive[slot] = False
        left = postings.unlink(
            self._keys,
            keys,
            slot,
            self._slots,
            self._heads,
            self._next,
            self._bits,
            MAX_UNLINK_STEPS,
        )
        self._removed += len(keys)
        (self._pending_free if left else self.free).append(slot)

    def search(self, keys: Hashes) -> dict[int, int]:
        """Return how many of the keys each article found shares, by slot."""
        return postings.find(
            keys, self._keys, self._slots, self._alive.view(np.uint8), self._heads, self._next,
            self._bits, MAX_SEARCH_STEPS, MAX_ARTICLES_PER_KEY,
        )  # fmt: skip

    def _make_room(self, count: int) -> None:
        """Drop the entries of removed articles; if they are few, enlarge the table."""
        if 4 * self._removed > self._used:
            slots = self._slots[: self._used]
            live = np.flatnonzero((slots >= 0) & self._alive[slots])
            self._keys[: len(live)] = self._keys[live]
            self._slots[: len(live)] = slots[live]
            self._used, self._removed = len(live), 0
            self.free += self._pending_free
            self._pending_free = []
        if self._used + count > len(self._keys):
            size = max(self._used + count, len(self._keys) * 3 // 2)
            self._keys = _grown(self._keys, size, self._used)
            self._slots = _grown(self._slots, size, self._used)
            self._next = np.empty(size, dtype=np.int32)
        self._reset_chains()
        self._link(0)


def _grown(array: npt.NDArray[Any], size: int, used: int) -> npt.NDArray[Any]:
    longer = np.empty(size, dtype=array.dtype)
    longer[:used] = array[:used]
    return longer
