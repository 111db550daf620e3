"""Count open stories by how many articles they have."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

_LOWER_BOUNDS: Final = (1, 2, 5, 10, 50)
SIZE_CLASSES: Final = ("1", "2-4", "5-9", "10-49", "50+")
"""Size classes, by number of articles."""


class StorySizes:
    """The size class of each open story, and the number of stories in each class."""

    def __init__(self) -> None:
        self._classes: dict[str, int] = {}
        self._counts = [0] * len(SIZE_CLASSES)

    def set(self, story_id: str, articles: int) -> None:
        """Set the number of articles of an open story."""
        self.remove(story_id)
        size_class = max(0, bisect_right(_LOWER_BOUNDS, articles) - 1)
        self._classes[story_id] = size_class
        self._counts[size_class] += 1

    def remove(self, story_id: str) -> None:
        """Remove a story that is no longer open."""
        size_class = self._classes.pop(story_id, None)
        if size_class is not None:
            self._counts[size_class] -= 1

    def counts(self) -> dict[str, int]:
        """Return the number of open stories by size class."""
        return dict(zip(SIZE_CLASSES, self._counts, strict=True))
