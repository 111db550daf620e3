"""How many open stories have how many articles."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

_FROM: Final = (1, 2, 5, 10, 50)
CLASSES: Final = ("1", "2-4", "5-9", "10-49", "50+")
"""Classes of size, by number of articles."""


class Sizes:
    """The class of each open story, and how many stories each class has."""

    def __init__(self) -> None:
        self._classes: dict[str, int] = {}
        self._counts = [0] * len(CLASSES)

    def put(self, story_id: str, articles: int) -> None:
        """Note an open story's present number of articles."""
        self.drop(story_id)
        found = max(0, bisect_right(_FROM, articles) - 1)
        self._classes[story_id] = found
        self._counts[found] += 1

    def drop(self, story_id: str) -> None:
        """Note that a story is no longer open."""
        found = self._classes.pop(story_id, None)
        if found is not None:
            self._counts[found] -= 1

    def counts(self) -> dict[str, int]:
        """Open stories by class."""
        return dict(zip(CLASSES, self._counts, strict=True))
