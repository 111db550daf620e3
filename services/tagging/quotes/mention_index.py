"""An index of mentions by their offset in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from services.tagging.span import EntityMention


class MentionIndex:
    """Mentions in order of their start, looked up by offset."""

    def __init__(self, mentions: Sequence[EntityMention]) -> None:
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]

    def within(self, start: int, end: int) -> Sequence[EntityMention]:
        """Return the mentions that begin at `start` or later, and before `end`."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, end: int) -> Iterator[EntityMention]:
        """Yield the mentions that begin before `end`, the last one first."""
        for position in range(bisect_left(self._starts, end) - 1, -1, -1):
            yield self._mentions[position]
