"""The poison limit: stop a worker when so many messages fail that something else is wrong.

A message that fails becomes a dead letter and the worker goes on with the next one. If nearly
all messages fail (a bad deployment, a broken producer), going on would move the whole topic to
the dead letters, so the worker stops for somebody to look at it. Sentry's `arroyo` has the same
idea: one limit on the ratio and one on the number of failures in a row.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, order=True)
class FailureCount:
    """The consecutive failures of a worker up to one message.

    It is committed with the message's offset, so that the next worker of the partition goes on
    counting. `at` is when the message was counted, in seconds since the epoch.
    """

    at: float
    in_a_row: int

    def to_metadata(self) -> str:
        """Return the count as the metadata of a committed offset."""
        return json.dumps({"failed_in_a_row": self.in_a_row, "at": round(self.at, 3)})

    @classmethod
    def from_metadata(cls, metadata: str) -> FailureCount | None:
        """Return the count in the metadata of a committed offset, or None if there is none."""
        try:
            found = json.loads(metadata)
            return cls(float(found["at"]), int(found["failed_in_a_row"]))
        except (ValueError, TypeError, KeyError):  # of an older version, or of another program
            return None


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

    def count(self, failures: Iterable[bool | None]) -> list[int]:
        """Count messages in their order, True for one that failed, None for one to pass over.

        Returns the number of failures in a row after each message. Raises `PoisonLimitError` at
        the first message that reaches a limit.
        """
        counts: list[int] = []
        for failed in failures:
            if failed is None:
                counts.append(self.in_a_row)
                continue
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
            counts.append(self.in_a_row)
        return counts


class StagePoisonLimit:
    """The poison limit of a stage, shown in its metrics."""

    def __init__(self, stage: str, settings: Settings) -> None:
        self._stage = stage
        self._limit = PoisonLimit(
            settings.poison_in_a_row, settings.poison_ratio, settings.poison_window
        )

    def count(self, results: Iterable[Result | None]) -> list[FailureCount]:
        """Count the results of messages in their order; None stands for one to pass over.

        Returns the count after each message. Raises `PoisonLimitError` at the first message that
        reaches a limit.
        """
        now = time.time()
        try:
            counts = self._limit.count(map(_failed, results))
        finally:
            self._show()
        return [FailureCount(now, in_a_row) for in_a_row in counts]

    def resume(self, metadata: Iterable[str]) -> None:
        """Go on from the counts that were committed with the offsets of an assignment.

        The newest one counts: it tells of the last message that was processed on any of the
        partitions. The ratio is counted anew.
        """
        found = [one for one in map(FailureCount.from_metadata, metadata) if one is not None]
        self._limit.in_a_row = max(found).in_a_row if found else 0
        self._show()

    def _show(self) -> None:
        metrics.FAILED_IN_A_ROW.labels(self._stage).set(self._limit.in_a_row)
        metrics.FAILED_RATIO.labels(self._stage).set(self._limit.ratio)


def _failed(result: Result | None) -> bool | None:
    if result is None:
        return None
    return isinstance(result, DeadLettered) and result.rejected.reason not in FILTERED
