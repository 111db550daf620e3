"""What is due when: articles and stories to look at again, by the hour."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

HOUR: Final = 3600


class Due:
    """Names by the hour they are due; within an hour in order of name.

    The order depends on what is in it alone, so that a shard rebuilt from its rows
    goes on where the one before it stopped.
    """

    def __init__(self) -> None:
        self._hours: list[int] = []
        self._names: dict[int, list[str]] = {}
        self._sorted: set[int] = set()
        self.popped = 0
        """When the last name popped was due, in seconds."""

    def add(self, at: int, name: str) -> None:
        """Return a name is due at a time in seconds; never earlier than that."""
        hour = -(-at // HOUR)
        if hour not in self._names:
            self._names[hour] = []
            heapq.heappush(self._hours, hour)
        self._names[hour].append(name)
        self._sorted.discard(hour)

    def add_many(self, at: npt.NDArray[np.int64], names: Sequence[str]) -> None:
        """Do the same for many."""
        if not len(names):
            return
        hours = -(-at // HOUR)
        order = np.argsort(hours, kind="stable")
        found, starts = np.unique(hours[order], return_index=True)
        ends = np.append(starts[1:], len(names)).tolist()
        for hour, start, end in zip(found.tolist(), starts.tolist(), ends, strict=True):
            if hour not in self._names:
                self._names[hour] = []
                heapq.heappush(self._hours, hour)
            self._names[hour] += [names[i] for i in order[start:end].tolist()]
            self._sorted.discard(hour)

    def pop(self, now: int) -> str | None:
        """Return the next name that is due, or None."""
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
            self.popped = hour * HOUR
            return names.pop()
        return None
