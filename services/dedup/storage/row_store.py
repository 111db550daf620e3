"""The rows of all languages of a worker, with the changes of a batch that are not stored yet.

A batch is stored as one: first its journal, which holds all its changes, then the changes. A
worker that reads the rows after a crash between the two applies the journal (`Shard.load`), so
a batch is stored completely or not at all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from services.dedup.storage.journal import encode_journal
from services.dedup.storage.rows import ARTICLES, JOURNAL, Change
from services.processing.stage import RowChange

_SEPARATOR = "|"
"""Separates language and key; no language tag contains it."""


class StoredRows(Protocol):
    """The tables of a worker; their keys are `language|key`."""

    def items(self) -> Iterable[tuple[str, str, bytes]]:
        """Iterate over the rows of this worker's partitions as (table, key, row)."""
        ...

    def get(self, table: str, key: str, partition: int | None) -> bytes | None:
        """Return a row, or None; without a `partition` all of them are searched."""
        ...


@dataclass(frozen=True, slots=True)
class LanguageRows:
    """The rows of one language, as its shard reads them."""

    store: RowStore
    language: str
    after: int | None = None
    """`RowStore.decisions` at the time whose rows are read; None for the present rows."""

    def get(self, table: str, key: str) -> bytes | None:
        """Return a row with the changes of the batch so far, or None."""
        return self.store.get(table, f"{self.language}{_SEPARATOR}{key}", self.after)


class RowStore:
    """The rows as they will be once the batch is stored.

    `partition` is that of the message being processed: all rows of a language are in one.
    """

    def __init__(self, stored: StoredRows) -> None:
        self._stored = stored
        self._changed: dict[tuple[str, str], tuple[int, bytes | None]] = {}
        self._history: dict[tuple[str, str], list[tuple[int, int, bytes | None]]] = {}
        """All changes of a row in the batch: after which decision, in which partition, to what."""
        self.decisions = 0
        """How many decisions have been added."""
        self.partition: int | None = None

    def rows_of(self, language: str, after: int | None = None) -> LanguageRows:
        """Return a view of the rows of one language.

        With `after` the view shows the rows as they were when `decisions` had that value, which
        must have been in this batch.
        """
        return LanguageRows(self, language, after)

    def get(self, table: str, key: str, after: int | None = None) -> bytes | None:
        """Return a row by its full key, or None; `after` as in `rows_of`."""
        if after is not None:
            return self._get_earlier(table, key, after)
        partition, row = self._changed.get((table, key), (None, None))
        # A change in another partition is not visible, as it will not be once it is stored.
        if partition is not None and self.partition in (None, partition):
            return row
        return self._stored.get(table, key, self.partition)

    def _get_earlier(self, table: str, key: str, after: int) -> bytes | None:
        for decision, partition, row in reversed(self._history.get((table, key), [])):
            if decision <= after and self.partition in (None, partition):
                return row
        return self._stored.get(table, key, self.partition)

    def has_article(self, language: str, article_id: str) -> bool:
        """Return whether a language has an article, in the partition of the present message."""
        return self.rows_of(language).get(ARTICLES, article_id) is not None

    def add(self, language: str, changes: Iterable[Change]) -> None:
        """Add a decision's changes, without its journal: the batch has one of its own."""
        assert self.partition is not None
        self.decisions += 1
        for table, key, row in changes:
            if key != JOURNAL:
                full_key = (table, f"{language}{_SEPARATOR}{key}")
                self._changed[full_key] = (self.partition, row)
                change = (self.decisions, self.partition, row)
                self._history.setdefault(full_key, []).append(change)

    def flush(self, partition: int) -> Iterator[RowChange]:
        """Yield the batch's changes in a partition, journals first.

        What has been yielded counts as stored: the stage stores it before its next batch.
        """
        flushed = [
            (table, key, row)
            for (table, key), (where, row) in self._changed.items()
            if where == partition
        ]
        by_language: dict[str, list[Change]] = {}
        for table, key, row in flushed:
            language, own_key = key.split(_SEPARATOR, 1)
            by_language.setdefault(language, []).append((table, own_key, row))
        for language, changes in by_language.items():
            journal = f"{language}{_SEPARATOR}{JOURNAL}"
            yield RowChange(ARTICLES, journal, encode_journal(changes), first=True)
        for table, key, row in flushed:
            yield RowChange(table, key, row)
            del self._changed[table, key]
            self._history.pop((table, key), None)

    def by_language(self) -> dict[str, list[tuple[str, str, bytes]]]:
        """Return all rows by language, in the form that `Shard.load` takes."""
        self.partition = None
        found: dict[str, list[tuple[str, str, bytes]]] = {}
        stored = (one for one in self._stored.items() if one[:2] not in self._changed)
        changed = (
            (table, key, row) for (table, key), (_, row) in self._changed.items() if row is not None
        )
        for table, key, row in itertools.chain(stored, changed):
            language, own_key = key.split(_SEPARATOR, 1)
            found.setdefault(language, []).append((table, own_key, row))
        return found

    def discard_changes(self) -> None:
        """Drop the changes that are not stored."""
        self._changed.clear()
        self._history.clear()


class InMemoryTables:
    """`StoredRows` in a dictionary, for runs without Kafka."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], bytes] = {}

    def items(self) -> Iterable[tuple[str, str, bytes]]:
        """Return all rows as (table, key, row)."""
        return [(table, key, row) for (table, key), row in self.rows.items()]

    def get(self, table: str, key: str, partition: int | None) -> bytes | None:  # noqa: ARG002
        """Return a row, or None."""
        return self.rows.get((table, key))

    def apply(self, changes: Iterable[RowChange]) -> None:
        """Store changes."""
        for change in changes:
            if change.value is None:
                self.rows.pop((change.table, change.key), None)
            else:
                self.rows[change.table, change.key] = change.value
