"""Which articles share sampled shingles: a hash table in flat arrays.

Python's own dictionaries take ten times the memory at millions of articles. Entries
of one bucket are chained, the latest first. They lie in order of arrival, so that all
of them can be linked anew, in bulk: when a shard is rebuilt, and when the table has
grown or a good part of it is gone. A shingle that many articles hold (a slogan, a
boilerplate line) tells nothing, so only the latest few are found.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates import postings

SAMPLE: Final = 40
"""Smallest shingles of a text that are indexed, besides those of its first words."""
LATEST: Final = 24
"""Articles that are found under one shingle, the latest."""
LINKS: Final = 256
"""Links of a chain that are followed; with a link a bucket, chains of one shingle alone."""
UNLINKED: Final = 32
"""Links that are followed to take an entry out of its chain; one further back stays there,
of an article that is gone, until all are linked anew."""
_START_BITS = 12
_NONE = np.int32(-1)


class Fingerprints:
    """Slots (small numbers for articles) by sampled shingle."""

    def __init__(self) -> None:
        self._used = self._gone = 0
        size = 2 << _START_BITS
        # What is not yet written takes no memory: the system hands out pages as they are.
        self._keys = np.empty(size, dtype=np.uint32)
        self._slots = np.empty(size, dtype=np.int32)
        self._next = np.empty(size, dtype=np.int32)
        self._lives = np.zeros(1 << _START_BITS, dtype=np.bool_)
        self.free: list[int] = []
        """Slots that can be used again."""
        self._buried: list[int] = []
        self._clear()

    def __len__(self) -> int:
        return self._used - self._gone

    @property
    def memory(self) -> int:
        """Bytes of the arrays, as far as they are filled."""
        each = sum(array.itemsize for array in (self._keys, self._slots, self._next))
        return self._used * each + self._heads.nbytes + self._lives.nbytes

    def _clear(self) -> None:
        """No entry is linked; two of them a bucket when the table is full."""
        self._bits = max(_START_BITS, (len(self._keys) - 1).bit_length() - 1)
        self._heads = np.full(1 << self._bits, _NONE, dtype=np.int32)

    def add(self, slot: int, keys: Hashes) -> None:
        """Let an article be found under keys."""
        self.add_many(np.full(len(keys), slot, dtype=np.int32), keys)

    def add_many(self, slots: npt.NDArray[np.int32], keys: Hashes) -> None:
        """``keys[i]`` leads to ``slots[i]``, in order of arrival."""
        if not len(keys):
            return
        if self._used + len(keys) > len(self._keys):
            self._make_room(len(keys))
        start, self._used = self._used, self._used + len(keys)
        self._keys[start : self._used], self._slots[start : self._used] = keys, slots
        most = int(slots.max())
        if most >= len(self._lives):
            more = np.zeros(max(most + 1, 2 * len(self._lives)), dtype=np.bool_)
            more[: len(self._lives)] = self._lives
            self._lives = more
        self._lives[slots] = True
        self._link(start)

    def _link(self, start: int) -> None:
        """Put the entries from ``start`` on into their chains."""
        end = self._used
        postings.link(self._keys, start, end, self._heads, self._next, self._bits)

    def remove(self, slot: int, keys: Hashes) -> None:
        """Undo `add`."""
        self._lives[slot] = False
        left = postings.unlink(
            self._keys, keys, slot, self._slots, self._heads, self._next, self._bits, UNLINKED
        )
        self._gone += len(keys)
        (self._buried if left else self.free).append(slot)

    def search(self, keys: Hashes) -> dict[int, int]:
        """How many of the keys each of the articles found shares, by slot."""
        return postings.find(
            keys, self._keys, self._slots, self._lives.view(np.uint8), self._heads, self._next,
            self._bits, LINKS, LATEST,
        )  # fmt: skip

    def _make_room(self, count: int) -> None:
        """Drop the entries of articles that are gone, or where few are, grow."""
        if 4 * self._gone > self._used:
            slots = self._slots[: self._used]
            live = np.flatnonzero((slots >= 0) & self._lives[slots])
            self._keys[: len(live)] = self._keys[live]
            self._slots[: len(live)] = slots[live]
            self._used, self._gone = len(live), 0
            self.free += self._buried
            self._buried = []
        if self._used + count > len(self._keys):
            size = max(self._used + count, len(self._keys) * 3 // 2)
            self._keys = _longer(self._keys, size, self._used)
            self._slots = _longer(self._slots, size, self._used)
            self._next = np.empty(size, dtype=np.int32)
        self._clear()
        self._link(0)


def _longer(array: npt.NDArray[Any], size: int, used: int) -> npt.NDArray[Any]:
    longer = np.empty(size, dtype=array.dtype)
    longer[:used] = array[:used]
    return longer
