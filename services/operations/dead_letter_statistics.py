"""Select and count dead letters, and remember which were sent.

Dead letters are read one at a time. Only counts are kept in memory; ids are kept on disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from schemas.dead_letter import DeadLetter
from services.messaging.records import Record

_MANY_GROUPS = 1000
"""Maximum number of groups, so that a producer that invents reasons cannot exhaust memory."""


@dataclass(frozen=True, slots=True)
class DeadLetterFilter:
    """Selects dead letters by when they were written and by content; None matches any value."""

    reason: str | None = None
    stage: str | None = None
    letter_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def matches(self, record: Record, letter: DeadLetter) -> bool:
        """Return whether the dead letter is selected."""
        return (
            self.reason in (None, letter.reason)
            and self.stage in (None, letter.stage)
            and self.letter_id in (None, letter.id)
            and (self.since is None or record.time >= self.since)
            and (self.until is None or record.time < self.until)
        )


@dataclass(slots=True)
class Group:
    """The dead letters of one outcome, stage and reason. `example` is the id of the newest."""

    outcome: str
    stage: str
    reason: str
    oldest: datetime
    newest: datetime
    example: str
    count: int = 0
    size: int = 0


class DeadLetterCounts:
    """Counts dead letters by outcome, stage and reason."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str, str], Group] = {}

    def add(self, record: Record, letter: DeadLetter) -> None:
        """Count a dead letter."""
        key = (str(letter.outcome), letter.stage, letter.reason)
        if key not in self._groups and len(self._groups) >= _MANY_GROUPS:
            key = (key[0], "…", "…")
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(*key, record.time, record.time, letter.id)
        group.count += 1
        group.size += len(record.value or b"")
        group.oldest = min(group.oldest, record.time)
        if record.time >= group.newest:
            group.newest, group.example = record.time, letter.id

    def __iter__(self) -> Iterator[Group]:
        return (self._groups[key] for key in sorted(self._groups))

    @property
    def total(self) -> int:
        """Return the number of dead letters counted."""
        return sum(group.count for group in self._groups.values())


class IdSet:
    """A set of ids on disk, about 50 bytes each. Use it as a context manager."""

    def __init__(self) -> None:
        # An empty name opens a temporary database on disk, which SQLite deletes on close.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;"
            "CREATE TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID;"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(self, one: str) -> bool:
        """Add an id. Return False if the set already contains it."""
        return self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (one,)).rowcount == 1
