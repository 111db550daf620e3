"""Find the open stories that an article might belong to: an inverted index over their keys.

The cost of a search follows from the number of postings read, which is bounded, and not from the
number of open stories.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Buffer, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.clustering import postings
from services.dedup.features.tokens import Hashes

MAX_POSTINGS: Final = 4000
"""Postings read for an article, at most; those of the rarest keys are read first."""
_KEY_BYTES = 4


class StoryIndex:
    """Inverted index from keys to open stories; inside, a story is a small number."""

    def __init__(self) -> None:
        # Most keys lead to one story only: a plain number takes half of the memory of a list.
        self._postings: dict[int, int | array[int]] = {}
        self._ids: list[str] = []
        """Story id of each number."""
        self._numbers: dict[str, int] = {}
        self._free_numbers: list[int] = []
        self._sums = np.zeros(0)
        """Scratch space of `postings.sum_weights`."""
        self._keys: dict[str, array[int]] = {}
        """Keys of each story; a key that was added twice is listed twice."""
        self.is_changing = False
        """Whether a change is in progress; it stays so if the change fails."""

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, story_id: str, keys: Hashes) -> None:
        """Add keys to a story, which need not be in the index yet."""
        self.is_changing = True
        number = self._numbers.get(story_id)
        if number is None:
            number = self._assign_number(story_id)
        listed = self._keys[story_id]
        known = set(listed)
        listed.extend(keys.tolist())
        for key in keys.tolist():
            if key not in known:
                self._add_posting(key, number)
        self.is_changing = False

    def _assign_number(self, story_id: str) -> int:
        if self._free_numbers:
            number = self._free_numbers.pop()
            self._ids[number] = story_id
        else:
            number = len(self._ids)
            self._ids.append(story_id)
        self._numbers[story_id] = number
        self._keys[story_id] = array("I")
        return number

    def load(self, stories: Sequence[tuple[str, bytes]]) -> None:
        """Fill an empty index with stories: the id of each, and all its keys as bytes."""
        self._ids = [story_id for story_id, _keys in stories]
        self._numbers = {story_id: number for number, story_id in enumerate(self._ids)}
        self._keys = {story_id: array("I", keys) for story_id, keys in stories}
        counts = [len(keys) // _KEY_BYTES for _id, keys in stories]
        keys = np.frombuffer(b"".join([keys for _id, keys in stories]), dtype=np.uint32)
        # Each key and its story's number form one 64-bit number, so that sorting groups by key.
        pairs = keys.astype(np.uint64) << np.uint64(32)
        pairs |= np.arange(len(stories), dtype=np.uint64).repeat(counts)
        pairs = np.unique(pairs)
        numbers = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32)
        found, starts, lengths = np.unique(
            pairs >> np.uint64(32), return_index=True, return_counts=True
        )
        single = lengths == 1
        self._postings = dict(
            zip(found[single].tolist(), numbers[starts[single]].tolist(), strict=True)
        )
        several = zip(found[~single].tolist(), starts[~single].tolist(), strict=True)
        for (key, start), length in zip(several, lengths[~single].tolist(), strict=True):
            self._postings[key] = array("i", numbers[start : start + length].tobytes())

    def remove_keys(self, story_id: str, keys: Hashes) -> None:
        """Undo one `add` of these keys; keys that were added again remain.

        Raises `KeyError` if the story does not have one of the keys.
        """
        self.is_changing = True
        listed = self._keys[story_id]
        for key in postings.move_to_end(listed, keys):
            self._remove_posting(key, self._numbers[story_id])
        del listed[len(listed) - len(keys) :]
        self.is_changing = False

    def remove(self, story_id: str) -> None:
        """Remove a story with all its keys; an unknown story is ignored."""
        if story_id not in self._numbers:
            return
        self.is_changing = True
        number = self._numbers.pop(story_id)
        for key in set(self._keys.pop(story_id)):
            self._remove_posting(key, number)
        self._free_numbers.append(number)
        self.is_changing = False

    def _add_posting(self, key: int, number: int) -> None:
        posting = self._postings.get(key)
        if posting is None:
            self._postings[key] = number
        elif isinstance(posting, int):
            self._postings[key] = array("i", (posting, number))
        else:
            posting.append(number)

    def _remove_posting(self, key: int, number: int) -> None:
        posting = self._postings[key]
        if isinstance(posting, int):
            del self._postings[key]
            return
        posting.remove(number)
        if len(posting) == 1:
            self._postings[key] = posting[0]

    def search(self, keys: Hashes, limit: int, min_share: float) -> list[str]:
        """Return the stories whose shared keys weigh most, best first, equal ones by id.

        A key weighs the more the fewer stories have it. At most ``limit`` stories are returned,
        and none whose shared keys weigh less than ``min_share`` of what those of the best weigh.
        """
        if len(self._sums) < len(self._ids):
            self._sums = np.zeros(2 * len(self._ids))
        numbers, weights = postings.sum_weights(
            self._read_postings(keys), len(self._numbers), self._sums, min_share
        )
        return self._rank(numbers, weights, limit)

    def _read_postings(self, keys: Hashes) -> list[tuple[int, Buffer]]:
        """Return the postings of the rarest keys, as `postings.sum_weights` takes them."""
        singles: list[int] = []
        lists: list[tuple[int, int, array[int]]] = []
        for key in keys.tolist():
            posting = self._postings.get(key)
            if isinstance(posting, int):
                singles.append(posting)
            elif posting is not None:
                lists.append((len(posting), key, posting))
        # Sorted by length and key, so that every worker adds up the weights in the same order.
        lists.sort(key=lambda item: item[:2])
        read: list[tuple[int, Buffer]] = [(1, np.array(singles, dtype=np.int32))]
        count = len(singles)
        for length, _key, numbers in lists:
            if count and count + length > MAX_POSTINGS:
                break
            count += length
            read.append((length, np.frombuffer(numbers, dtype=np.int32)))
        return read

    def _rank(
        self, numbers: npt.NDArray[np.int32], weights: npt.NDArray[np.float64], limit: int
    ) -> list[str]:
        tied = numbers[:0]
        if len(numbers) > limit:
            lowest = np.partition(weights, -limit)[-limit]
            tied = numbers[weights == lowest]
            numbers, weights = numbers[weights > lowest], weights[weights > lowest]
        ids = (self._ids[number] for number in numbers.tolist())
        ranked = [story_id for _, story_id in sorted(zip((-weights).tolist(), ids, strict=True))]
        # Thousands of stories of one recurring template may weigh the same: only as many of
        # these ids are sorted as are needed.
        tied_ids = (self._ids[number] for number in tied.tolist())
        return ranked + heapq.nsmallest(limit - len(ranked), tied_ids)
