"""Find the open stories that an article might belong to, by an inverted index over their keys.

The cost depends on the postings that are read, which are bounded, and not on the number of open
stories.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Buffer, Sequence
from typing import Final

import numpy as np

from services.dedup.features import similarity
from services.dedup.features.document_frequency import DocumentFrequencies, damped_counts
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.features.tokenizer import distinct
from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates import postings

MAX_POSTINGS: Final = 4000
"""Postings read for an article at most; those of the rarest keys are read first."""
TERM_KEYS: Final = 16
ENTITY_KEYS: Final = 12


def choose_keys(article: FeatureBatch, frequencies: DocumentFrequencies) -> Hashes:
    """Return the words and entities under which an article is found: the heaviest by TF-IDF."""
    terms, entities = article.field("terms"), article.field("entities")
    factors = damped_counts(article.field("counts"))
    weights = similarity.tfidf_weights(
        terms, factors, article.field("title"), frequencies.log_counts, frequencies.log_articles
    )
    best = terms[np.argsort(-weights, kind="stable")[:TERM_KEYS]]
    salient = frequencies.weights(entities) * article.field("saliences")
    named = entities[np.argsort(-salient, kind="stable")[:ENTITY_KEYS]]
    return distinct(np.concatenate((best, named)))


class StoryIndex:
    """An inverted index from keys to open stories; each story has a small number of its own."""

    def __init__(self) -> None:
        # Most keys lead to a single story: a plain number takes half the memory of a list.
        self._postings: dict[int, int | array[int]] = {}
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._free: list[int] = []
        self._sums = np.zeros(0)
        self._keys: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, story_id: str, keys: Hashes) -> None:
        """Add keys under which a story is found, besides those that it has."""
        number = self._numbers.get(story_id)
        if number is None:
            if self._free:
                number = self._free.pop()
                self._ids[number] = story_id
            else:
                number = len(self._ids)
                self._ids.append(story_id)
            self._numbers[story_id] = number
            self._keys[story_id] = array("I")
        listed = self._keys[story_id]
        known = set(listed)
        for key in keys.tolist():
            if key not in known:
                self._add_posting(key, number)
        listed.extend(keys.tolist())

    def add_many(self, stories: Sequence[tuple[str, bytes]]) -> None:
        """Fill an empty index with stories, each with all of its keys as bytes."""
        self._ids = [story_id for story_id, _keys in stories]
        self._numbers = {story_id: number for number, story_id in enumerate(self._ids)}
        self._keys = {story_id: array("I", keys) for story_id, keys in stories}
        counts = [len(keys) // 4 for _id, keys in stories]
        keys = np.frombuffer(b"".join([keys for _id, keys in stories]), dtype=np.uint32)
        # Key and story number in one integer, so that each pair occurs once after sorting.
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
        more = zip(found[~single].tolist(), starts[~single].tolist(), strict=True)
        for (key, start), length in zip(more, lengths[~single].tolist(), strict=True):
            self._postings[key] = array("i", numbers[start : start + length].tobytes())

    def remove_keys(self, story_id: str, keys: Hashes) -> None:
        """Undo one `add` of these keys."""
        listed = self._keys[story_id]
        for key in postings.remove_keys(listed, keys):
            self._remove_posting(key, self._numbers[story_id])
        del listed[len(listed) - len(keys) :]

    def remove(self, story_id: str) -> None:
        """Remove a story from the index."""
        number = self._numbers.pop(story_id, None)
        if number is None:
            return
        for key in set(self._keys.pop(story_id)):
            self._remove_posting(key, number)
        self._free.append(number)

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
        """Return the stories with the heaviest shared keys, best first, equal ones by id.

        At most ``limit`` are returned, and none whose shared keys weigh less than the share
        ``min_share`` of what the best story's weigh.
        """
        singles: list[int] = []
        lists: list[tuple[int, int, array[int]]] = []
        for key in keys.tolist():
            posting = self._postings.get(key)
            if isinstance(posting, int):
                singles.append(posting)
            elif posting is not None:
                lists.append((len(posting), key, posting))
        # By length, then key: the sums are the same on every worker.
        lists.sort(key=lambda item: item[:2])
        gathered: list[tuple[int, Buffer]] = [(1, np.array(singles, dtype=np.int32))]
        read = len(singles)
        for length, _key, one in lists:
            if read and read + length > MAX_POSTINGS:
                break
            read += length
            gathered.append((length, np.frombuffer(one, dtype=np.int32)))
        if len(self._sums) < len(self._ids):
            self._sums = np.zeros(2 * len(self._ids))
        hits, weights = postings.sum_weights(gathered, len(self._numbers), self._sums, min_share)
        tied = hits[:0]
        if len(hits) > limit:
            last = np.partition(weights, -limit)[-limit]
            tied = hits[weights == last]
            hits, weights = hits[weights > last], weights[weights > last]
        ranked = zip((-weights).tolist(), (self._ids[n] for n in hits.tolist()), strict=True)
        found = [story_id for _weight, story_id in sorted(ranked)]
        # Thousands of stories from one template may weigh the same: only the first are sorted.
        equal = (self._ids[n] for n in tied.tolist())
        return found + heapq.nsmallest(limit - len(found), equal)
