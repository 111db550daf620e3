"""The poison limit: when failing messages say that the worker is at fault, or its feed.

A message that fails goes to the dead letters and the next one is taken. Where nearly
all fail (a bad deploy, a producer gone wrong), going on would drain the topic into the
dead letters; the worker had better stop and be looked at. The idea is that of Sentry's
`arroyo`: a limit by ratio and one by count in a row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from services.messaging.errors import NewsloomError


class PoisonLimitError(NewsloomError):
    """Too many messages failed; the text says how many, and what to do."""


class PoisonLimit:
    """Counts failures among the messages a worker took.

    A filtered message did not fail: to leave it out was the right answer. `in_a_row`
    is the count of failures since the last message that went well, `ratio` the share
    of failures among the last `window` messages (0 until there are that many).
    """

    def __init__(self, in_a_row: int, ratio: float, window: int) -> None:
        """A limit of 0 is none."""
        self._most_in_a_row = in_a_row
        self._highest_ratio = ratio
        self._last: deque[bool] = deque(maxlen=window)
        self._failed = 0
        self.in_a_row = 0

    @property
    def ratio(self) -> float:
        """Share of failures among the last messages, from 0 to 1."""
        full = len(self._last) == self._last.maxlen
        return self._failed / len(self._last) if full else 0.0

    def count(self, failures: Iterable[bool]) -> None:
        """Take note of messages in their order, True for one that failed.

        Raises `PoisonLimitError` at the first one that reaches a limit.
        """
        for failed in failures:
            if len(self._last) == self._last.maxlen:
                self._failed -= self._last[0]
            self._last.append(failed)
            self._failed += failed
            self.in_a_row = self.in_a_row + 1 if failed else 0
            if 0 < self._most_in_a_row <= self.in_a_row:
                raise PoisonLimitError(f"{self.in_a_row:,} messages in a row failed; {_ADVICE}")
            if 0 < self._highest_ratio <= self.ratio:
                raise PoisonLimitError(
                    f"{self._failed:,} of the last {len(self._last):,} messages failed; {_ADVICE}"
                )


_ADVICE = (
    "the worker stops with the rest unread. `newsloom dead-letters list` shows why they "
    "failed; docs/dead-letters.md says what to do."
)
