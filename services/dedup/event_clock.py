"""The clock of a shard, which follows the times in the news and not the wall clock."""

from __future__ import annotations


class EventClock:
    """The latest known event time, in seconds since 1970.

    The clock follows the stated dates of articles. An article without a date advances it by the
    time that has passed since the last dated article was ingested. So an archive that is read
    again stays in its own time, whereas the time of reading would close all stories; and the
    clock of a live stream advances even if few articles are dated.
    """

    def __init__(self) -> None:
        self.now = 0
        self._anchor = (0, 0)

    @property
    def anchor(self) -> tuple[int, int]:
        """Event time and time of ingest of the article that last set the clock."""
        return self._anchor

    def advance(self, at: int, ingested: int, *, dated: bool) -> None:
        """Advance the clock for an article of event time `at` that was ingested at `ingested`.

        `dated` tells whether `at` is a stated date.
        """
        if dated or not self.now:
            if at > self.now:
                self.now, self._anchor = at, (at, ingested)
            return
        event, seen = self._anchor
        self.now = max(self.now, event + ingested - seen)

    def set(self, now: int, anchor: tuple[int, int]) -> None:
        """Set the clock to an earlier state."""
        self.now, self._anchor = now, anchor

    def restore(self, now: int, anchor: tuple[int, int] | None) -> None:
        """Continue from a stored clock, and from the anchor if one is stored with it."""
        if now > self.now or (now == self.now and anchor is not None):
            self.now = now
            self._anchor = anchor or (now, now)
