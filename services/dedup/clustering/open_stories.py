"""The open stories as the clusterer sees them, unpacked from their rows when first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from services.dedup.features.feature_batch import Pack

UNPACKED: Final = 30_000
"""Stories kept unpacked, some 15 KB each; of more, those longest not looked at are packed again."""


@dataclass(slots=True)
class Group:
    """An open story: its representatives."""

    members: list[str]
    features: Pack
    central: list[float]
    """For each representative the sum of its likeness to those that came later."""


class Groups:
    """Open stories by id. One not unpacked is as its row has it."""

    def __init__(self, unpack: Callable[[str], Group | None] | None = None) -> None:
        """``unpack`` reads a story's representatives from rows."""
        self._unpack = unpack
        self._packed: set[str] = set()
        self._unpacked: dict[str, Group] = {}

    def __contains__(self, story_id: str) -> bool:
        return story_id in self._unpacked or story_id in self._packed

    def __len__(self) -> int:
        return len(self._unpacked) + len(self._packed)

    def __iter__(self) -> Iterator[str]:
        yield from (*self._unpacked, *self._packed)

    def __getitem__(self, story_id: str) -> Group:
        """Return a story's representatives; raises `KeyError` where it is not open."""
        group = self._unpacked.pop(story_id, None)
        if group is None:
            self._packed.remove(story_id)
            assert self._unpack is not None, "only what was packed is unpacked"
            group = self._unpack(story_id)
            assert group is not None, "an open story with representatives has their rows"
        self._unpacked[story_id] = group  # the latest looked at is the last
        return group

    def __setitem__(self, story_id: str, group: Group) -> None:
        self._packed.discard(story_id)
        self._unpacked[story_id] = group

    def get(self, story_id: str) -> Group | None:
        """Return a story's representatives; None where it is not open, or has none."""
        known = story_id in self
        return self[story_id] if known else None

    def unpacked(self, story_id: str) -> Group | None:
        """Return a story's representatives only where they may differ from its row."""
        return self._unpacked.get(story_id)

    def add_packed(self, story_ids: list[str]) -> None:
        """Open stories whose rows are there."""
        self._packed.update(story_ids)

    def discard(self, story_id: str) -> bool:
        """Close a story; whether it was open."""
        known = story_id in self
        self._packed.discard(story_id)
        self._unpacked.pop(story_id, None)
        return known

    def pack(self, most: int = UNPACKED) -> None:
        """Forget the representatives of all but the latest; all rows must be persisted."""
        while len(self._unpacked) > most and self._unpack is not None:
            story_id = next(iter(self._unpacked))
            del self._unpacked[story_id]
            self._packed.add(story_id)
