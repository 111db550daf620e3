"""A queue of names by the hour at which they are due."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

HOUR: Final = 3600


class TimerQueue:
    """Names by the hour at which they are due; within an hour in the order of the names.

    The order depends on the content alone, so a shard that is rebuilt from its rows goes on
    where the previous one stopped.
    """

    def __init__(self) -> None:
        self._hours: list[int] = []
        self._names: dict[int, list[str]] = {}
        self._sorted: set[int] = set()
        self.last_due = 0
        """When the name returned last was due, in seconds."""
        self._changes: list[tuple[bool, int, str]] = []
        """Since the savepoint: whether a name was scheduled or popped, its hour, and the name."""
        self._last_due_at_savepoint = 0

    def savepoint(self) -> None:
        """Mark the state to which `rollback` returns."""
        self._changes.clear()
        self._last_due_at_savepoint = self.last_due

    def rollback(self) -> list[tuple[bool, str]]:
        """Return to the savepoint.

        Returns what was undone, the latest first: whether a name had been scheduled (else it had
        been popped), and the name.
        """
        undone = []
        while self._changes:
            was_scheduled, hour, name = self._changes.pop()
            if was_scheduled:
                self._names[hour].remove(name)
            else:
                self._extend(hour, [name])
            undone.append((was_scheduled, name))
        self.last_due = self._last_due_at_savepoint
        return undone

    def schedule(self, at: int, name: str) -> None:
        """Schedule a name for a time in seconds; it is never due earlier than that."""
        hour = -(-at // HOUR)
        self._changes.append((True, hour, name))
        self._extend(hour, [name])

    def schedule_many(self, at: npt.NDArray[np.int64], names: Sequence[str]) -> None:
        """Schedule `names[i]` for the time `at[i]`, in seconds."""
        if not len(names):
            return
        hours = -(-at // HOUR)
        order = np.argsort(hours, kind="stable")
        found, starts = np.unique(hours[order], return_index=True)
        ends = np.append(starts[1:], len(names)).tolist()
        for hour, start, end in zip(found.tolist(), starts.tolist(), ends, strict=True):
            self._extend(hour, [names[i] for i in order[start:end].tolist()])

    def pop_due(self, now: int) -> str | None:
        """Remove and return the next name that is due, or None."""
        while self._hours and self._hours[0] * HOUR <= now:
            hour = self._hours[0]
            names = self._names[hour]
            if not names:
                heapq.heappop(self._hours)
                del self._names[hour]
                self._sorted.discard(hour)
                continue
            if hour not in self._sorted:
                names.sort(reverse=True)
                self._sorted.add(hour)
            self.last_due = hour * HOUR
            name = names.pop()
            self._changes.append((False, hour, name))
            return name
        return None

    def _extend(self, hour: int, names: list[str]) -> None:
        if hour not in self._names:
            self._names[hour] = []
            heapq.heappush(self._hours, hour)
        self._names[hour] += names
        self._sorted.discard(hour)
