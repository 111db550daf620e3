"""Bound the number of values of labels that come from outside.

Prometheus keeps a series for each value of a label that it has ever seen, so text that a stranger
can write must never become an unbounded label.
"""

from __future__ import annotations

import time
from collections.abc import Callable

_HOUR = 3600.0
_DAY = 24 * _HOUR


class FirstSeen:
    """Keeps the first `most` values; later ones become `other`."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._seen: set[str] = set()

    def label(self, value: str) -> str:
        """Return the label for a value."""
        if value not in self._seen:
            if len(self._seen) >= self._most:
                return "other"
            self._seen.add(value)
        return value


class TopSources:
    """Counts the most frequent names in bounded memory, and forgets slowly.

    Counts by the Space-Saving algorithm (Metwally, Agrawal, El Abbadi, 2005): at most `tracked`
    names are counted; a new name takes over the place, and the count, of the least frequent. An
    event counts half after a day. Which names are shown changes at most once an hour, so there are
    at most 24 times `shown` series a day, whatever comes in.
    """

    def __init__(
        self, shown: int = 20, tracked: int = 1000, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._shown = shown
        self._tracked = tracked
        self._now = now
        self._counts: dict[str, float] = {}
        self._names: list[str] = []
        self._chosen_at = self._aged_at = now()

    def add(self, name: str) -> None:
        """Count one event."""
        self._age()
        if name not in self._counts and len(self._counts) >= self._tracked:
            least = min(self._counts, key=self._counts.__getitem__)
            self._counts[name] = self._counts.pop(least)
        self._counts[name] = self._counts.get(name, 0.0) + 1

    def top(self) -> dict[str, float]:
        """Return the names shown with their counts, the highest first."""
        self._age()
        now = self._now()
        if now - self._chosen_at >= _HOUR:
            self._names, self._chosen_at = [], now
        if len(self._names) < self._shown:
            ranked = sorted(self._counts, key=lambda name: (-self._counts[name], name))
            free = self._shown - len(self._names)
            self._names += [name for name in ranked if name not in self._names][:free]
        counted = {name: self._counts.get(name, 0.0) for name in self._names}
        return dict(sorted(counted.items(), key=lambda item: -item[1]))

    def _age(self) -> None:
        now = self._now()
        if now - self._aged_at >= _HOUR:
            kept = 0.5 ** ((now - self._aged_at) / _DAY)
            self._counts = {name: count * kept for name, count in self._counts.items()}
            self._aged_at = now
