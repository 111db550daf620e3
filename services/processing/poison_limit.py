"""The poison limit: stop a worker when so many messages fail that something else is wrong.

A message that fails becomes a dead letter and the worker goes on with the next one. If nearly
all messages fail (a bad deployment, a broken producer), going on would move the whole topic to
the dead letters, so the worker stops for somebody to look at it. Sentry's `arroyo` has the same
idea: one limit on the ratio and one on the number of failures in a row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from services.messaging.errors import FILTERED, NewsloomError
from services.observability import metrics
from services.processing.stage import DeadLettered, Result
from services.settings import Settings

_ADVICE = (
    "the worker stops with the rest unread. `newsloom dead-letters list` shows why they "
    "failed; docs/dead-letters.md says what to do."
)


class PoisonLimitError(NewsloomError):
    """Too many messages failed; the text says how many, and what to do."""


class PoisonLimit:
    """Counts failures among the messages of a worker.

    A filtered message is no failure: leaving it out was the right answer. `in_a_row` is the
    number of failures since the last message that succeeded, `ratio` the share of failures
    among the last `window` messages (0 until there are that many).
    """

    def __init__(self, in_a_row: int, ratio: float, window: int) -> None:
        """Set the limits; 0 means no limit."""
        self._max_in_a_row = in_a_row
        self._max_ratio = ratio
        self._recent: deque[bool] = deque(maxlen=window)
        self._failed = 0
        self.in_a_row = 0

    @property
    def ratio(self) -> float:
        """Share of failures among the last messages, from 0 to 1."""
        full = len(self._recent) == self._recent.maxlen
        return self._failed / len(self._recent) if full else 0.0

    def count(self, failures: Iterable[bool]) -> None:
        """Count messages in their order, True for one that failed.

        Raises `PoisonLimitError` at the first message that reaches a limit.
        """
        for failed in failures:
            if len(self._recent) == self._recent.maxlen:
                self._failed -= self._recent[0]
            self._recent.append(failed)
            self._failed += failed
            self.in_a_row = self.in_a_row + 1 if failed else 0
            if 0 < self._max_in_a_row <= self.in_a_row:
                raise PoisonLimitError(f"{self.in_a_row:,} messages in a row failed; {_ADVICE}")
            if 0 < self._max_ratio <= self.ratio:
                raise PoisonLimitError(
                    f"{self._failed:,} of the last {len(self._recent):,} messages failed; {_ADVICE}"
                )


class StagePoisonLimit:
    """The poison limit of a stage, shown in its metrics."""

    def __init__(self, stage: str, settings: Settings) -> None:
        self._stage = stage
        self._limit = PoisonLimit(
            settings.poison_in_a_row, settings.poison_ratio, settings.poison_window
        )

    def count(self, results: Iterable[Result]) -> None:
        """Count the results of messages in their order.

        Raises `PoisonLimitError` at the first message that reaches a limit.
        """
        try:
            self._limit.count(map(_failed, results))
        finally:
            metrics.FAILED_IN_A_ROW.labels(self._stage).set(self._limit.in_a_row)
            metrics.FAILED_RATIO.labels(self._stage).set(self._limit.ratio)


def _failed(result: Result) -> bool:
    return isinstance(result, DeadLettered) and result.rejected.reason not in FILTERED
