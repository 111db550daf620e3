"""The open stories of the clusterer, loaded from their rows when they are first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from services.dedup.features.feature_batch import FeatureBatch

MAX_LOADED: Final = 30_000
"""Stories kept in memory, some 15 KB each; beyond this the least recently used are evicted."""


@dataclass(slots=True)
class OpenStory:
    """The representatives of an open story."""

    members: list[str]
    features: FeatureBatch
    centrality: list[float]
    """For each representative the sum of its similarities to those that came later."""


class OpenStories:
    """Open stories by id. One that is not in memory is as its row has it."""

    def __init__(self, load_story: Callable[[str], OpenStory | None] | None = None) -> None:
        """Read a story's representatives from its rows with ``load_story``."""
        self._unpack = load_story
        self._unloaded: set[str] = set()
        self._loaded: dict[str, OpenStory] = {}

    def __contains__(self, story_id: str) -> bool:
        return story_id in self._loaded or story_id in self._unloaded

    def __len__(self) -> int:
        return len(self._loaded) + len(self._unloaded)

    def __iter__(self) -> Iterator[str]:
        yield from (*self._loaded, *self._unloaded)

    def __getitem__(self, story_id: str) -> OpenStory:
        """Return a story's representatives.

        Raises `KeyError` if the story is not open.
        """
        story = self._loaded.pop(story_id, None)
        if story is None:
            self._unloaded.remove(story_id)
            assert self._unpack is not None, "only stories with rows are evicted"
            story = self._unpack(story_id)
            assert story is not None, "an open story with representatives has their rows"
        self._loaded[story_id] = story  # moves it to the end: the most recently used
        return story

    def __setitem__(self, story_id: str, story: OpenStory) -> None:
        self._unloaded.discard(story_id)
        self._loaded[story_id] = story

    def get(self, story_id: str) -> OpenStory | None:
        """Return a story's representatives, or None if it is not open or has none."""
        known = story_id in self
        return self[story_id] if known else None

    def loaded(self, story_id: str) -> OpenStory | None:
        """Return a story's representatives if they are in memory, and None otherwise.

        Only those in memory may differ from the story's row.
        """
        return self._loaded.get(story_id)

    def add_unloaded(self, story_ids: list[str]) -> None:
        """Add open stories that have rows, without loading them."""
        self._unloaded.update(story_ids)

    def discard(self, story_id: str) -> bool:
        """Remove a story; return whether it was open."""
        known = story_id in self
        self._unloaded.discard(story_id)
        self._loaded.pop(story_id, None)
        return known

    def evict(self, most: int = MAX_LOADED) -> None:
        """Evict all but the most recently used stories; all rows must be persisted."""
        while len(self._loaded) > most and self._unpack is not None:
            story_id = next(iter(self._loaded))
            del self._loaded[story_id]
            self._unloaded.add(story_id)
