"""The open stories in memory, loaded from their rows when they are first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from services.dedup.features.feature_batch import FeatureBatch

MAX_LOADED: Final = 30_000
"""Stories kept loaded, about 15 KB each; beyond it those not used for longest are unloaded."""


@dataclass(slots=True)
class OpenStory:
    """The representatives of an open story: the articles that new articles are compared with."""

    article_ids: list[str]
    features: FeatureBatch
    centralities: list[float]
    """For each representative the sum of its similarities to those that came later."""


class OpenStories:
    """Open stories by id; one that is not loaded is as its row has it."""

    def __init__(self, load: Callable[[str], OpenStory | None] | None = None) -> None:
        """Start without open stories; ``load`` reads the representatives of a story from rows."""
        self._load = load
        self._unloaded: set[str] = set()
        self._loaded: dict[str, OpenStory] = {}
        """In the order in which they were last used."""

    def __contains__(self, story_id: str) -> bool:
        return story_id in self._loaded or story_id in self._unloaded

    def __len__(self) -> int:
        return len(self._loaded) + len(self._unloaded)

    def __iter__(self) -> Iterator[str]:
        yield from (*self._loaded, *self._unloaded)

    def __getitem__(self, story_id: str) -> OpenStory:
        """Return a story, and load it if necessary.

        Raises `KeyError` if it is not open.
        """
        story = self._loaded.pop(story_id, None)
        if story is None:
            if story_id not in self._unloaded:
                raise KeyError(story_id)
            assert self._load is not None, "only a story that was unloaded is loaded"
            story = self._load(story_id)  # if it fails, the story is still open
            assert story is not None, "an open story with representatives has their rows"
            self._unloaded.remove(story_id)
        self._loaded[story_id] = story  # the most recently used is the last
        return story

    def __setitem__(self, story_id: str, story: OpenStory) -> None:
        self._unloaded.discard(story_id)
        self._loaded[story_id] = story

    def get(self, story_id: str) -> OpenStory | None:
        """Return a story, loaded if necessary; None if it is not open or has no representatives."""
        if story_id not in self:
            return None
        return self[story_id]

    def loaded(self, story_id: str) -> OpenStory | None:
        """Return a story only if it is loaded, so that it may differ from its row."""
        return self._loaded.get(story_id)

    def add_unloaded(self, story_ids: list[str]) -> None:
        """Add open stories that are to be loaded from their rows when they are needed."""
        self._unloaded.update(story_ids)

    def discard(self, story_id: str) -> bool:
        """Remove a story, and return whether it was open."""
        was_open = story_id in self
        self._unloaded.discard(story_id)
        self._loaded.pop(story_id, None)
        return was_open

    def evict(self, max_loaded: int = MAX_LOADED) -> None:
        """Unload all stories but the ``max_loaded`` most recently used.

        All rows must have been persisted.
        """
        while len(self._loaded) > max_loaded and self._load is not None:
            story_id = next(iter(self._loaded))
            del self._loaded[story_id]
            self._unloaded.add(story_id)
