"""Event time as a shard sees it: how late it is in the news, not on the wall."""

from __future__ import annotations


class EventClock:
    """The latest event time known, in seconds since 1970.

    It follows the stated dates of articles. An article without a date moves it by the
    time since the last one with a date was taken in: so an archive that is read in
    again stays in its own time, where the moment of reading would close all stories,
    and a live stream's clock still goes on where few articles are dated.
    """

    def __init__(self) -> None:
        self.now = 0
        self._anchor = (0, 0)

    @property
    def anchor(self) -> tuple[int, int]:
        """Event time and time taken in of the article that last set the clock."""
        return self._anchor

    def tick(self, at: int, taken: int, *, dated: bool) -> None:
        """An article of event time `at`, stated or not, was taken in at `taken`."""
        if dated or not self.now:
            if at > self.now:
                self.now, self._anchor = at, (at, taken)
            return
        event, seen = self._anchor
        self.now = max(self.now, event + taken - seen)

    def restore(self, now: int, anchor: tuple[int, int] | None) -> None:
        """Go on from rows: the latest time noted there, and the anchor where one is noted too."""
        if now > self.now or (now == self.now and anchor is not None):
            self.now = now
            self._anchor = anchor or (now, now)
