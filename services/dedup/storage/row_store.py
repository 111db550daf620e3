"""The rows of all languages of a worker, with the changes of a batch that are not stored yet.

A batch is stored as one: first its journal, which holds all its changes, then the changes. A
worker that reads the rows after a crash between the two applies the journal (`Shard.load`), so
a batch is stored completely or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from services.dedup.storage.journal import encode_journal
from services.dedup.storage.rows import ARTICLES, JOURNAL, STORIES, Change
from services.processing.stage import RowChange

_SEPARATOR = "|"
"""Separates language and key; no language tag contains it."""
_AFTER_SEPARATOR = chr(ord(_SEPARATOR) + 1)
_Rows = dict[tuple[str, str], tuple[int, bytes | None]]
"""By table and full key: the partition, and the row or None."""


class StoredRows(Protocol):
    """The tables of a worker; their keys are `language|key`."""

    def first_key(self, table: str, partition: int, start: str) -> str | None:
        """Return the first key of a partition that is not below `start` in UTF-8, or None."""
        ...

    def items(self, table: str, partition: int, prefix: str) -> Iterator[tuple[str, bytes]]:
        """Iterate over the rows of a partition whose keys begin with `prefix`.

        They are read as they are needed: memory does not grow with their number.
        """
        ...

    def get(self, table: str, key: str, partition: int) -> bytes | None:
        """Return a row of a partition, or None."""
        ...

    def remember(self, partition: int) -> None:
        """Remember the present rows of a partition, for `is_unchanged`."""
        ...

    def is_unchanged(self, partition: int) -> bool:
        """Return whether nobody else has changed the rows since they were remembered."""
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
        self._changed: _Rows = {}
        self._flushed: _Rows = {}
        """Changes that have left for the tables, until they are known to be there."""
        self._last_written: dict[int, list[tuple[str, str, bytes | None]]] = {}
        """For each partition the journals of the last flush and its last row."""
        self._history: dict[tuple[str, str], list[tuple[int, int, bytes | None]]] = {}
        """All changes of a row in the batch: after which decision, in which partition, to what."""
        self.decisions = 0
        """How many decisions have been added."""
        self.partition = -1

    def rows_of(self, language: str, after: int | None = None) -> LanguageRows:
        """Return a view of the rows of one language.

        With `after` the view shows the rows as they were when `decisions` had that value, which
        must have been in this batch.
        """
        return LanguageRows(self, language, after)

    def get(self, table: str, key: str, after: int | None = None) -> bytes | None:
        """Return a row of the present partition, or None; `after` as in `rows_of`."""
        if after is None:
            return self._get_from((self._changed, self._flushed), table, key)
        for decision, partition, row in reversed(self._history.get((table, key), [])):
            if decision <= after and partition == self.partition:
                return row
        return self._get_from((self._flushed,), table, key)

    def _get_from(self, changes: Iterable[_Rows], table: str, key: str) -> bytes | None:
        """Return a row from the first of some changes that has it, or else as it is stored."""
        for rows in changes:
            partition, row = rows.get((table, key), (None, None))
            # A change in another partition is not visible, as it will not be once it is stored.
            if partition == self.partition:
                return row
        return self._stored.get(table, key, self.partition)

    def has_article(self, language: str, article_id: str) -> bool:
        """Return whether a language has an article, in the partition of the present message."""
        return self.rows_of(language).get(ARTICLES, article_id) is not None

    def add(self, language: str, changes: Iterable[Change]) -> None:
        """Add a decision's changes, without its journal: the batch has one of its own."""
        added = [
            ((table, f"{language}{_SEPARATOR}{key}"), row)
            for table, key, row in changes
            if key != JOURNAL
        ]
        self.decisions += 1
        for full_key, row in added:
            self._changed[full_key] = (self.partition, row)
            change = (self.decisions, self.partition, row)
            self._history.setdefault(full_key, []).append(change)

    def flush(self, partition: int) -> Iterator[RowChange]:
        """Yield the batch's changes in a partition, journals first, for the stage to store."""
        flushed = [
            (table, key, row)
            for (table, key), (where, row) in self._changed.items()
            if where == partition
        ]
        by_language: dict[str, list[Change]] = {}
        for table, key, row in flushed:
            language, own_key = key.split(_SEPARATOR, 1)
            by_language.setdefault(language, []).append((table, own_key, row))
        if flushed:
            self._last_written[partition] = flushed[-1:]
        for language, changes in by_language.items():
            journal = RowChange(
                ARTICLES, f"{language}{_SEPARATOR}{JOURNAL}", encode_journal(changes), first=True
            )
            self._last_written[partition].append((journal.table, journal.key, journal.value))
            yield journal
        for table, key, row in flushed:
            yield RowChange(table, key, row)
            self._history.pop((table, key), None)
            self._flushed[table, key] = self._changed.pop((table, key))

    def is_stored(self, partition: int) -> bool:
        """Return whether all that was flushed in a partition is stored.

        Journals are stored before all else and the last row after it, so only these are read.
        """
        last = self._last_written.get(partition, [])
        if not all(self._stored.get(table, key, partition) == row for table, key, row in last):
            return False
        self._last_written.pop(partition, None)
        self._flushed = _without(self._flushed, partition)
        return True

    def languages(self, partition: int) -> list[str]:
        """Return the languages that have rows in a partition; costs one look-up a language."""
        found = {
            key.split(_SEPARATOR, 1)[0]
            for rows in (self._changed, self._flushed)
            for (_table, key), (where, _row) in rows.items()
            if where == partition
        }
        for table in (ARTICLES, STORIES):
            key = self._stored.first_key(table, partition, "")
            while key is not None:
                language = key.split(_SEPARATOR, 1)[0]
                found.add(language)
                key = self._stored.first_key(table, partition, language + _AFTER_SEPARATOR)
        return sorted(found)

    def rows(self, language: str) -> Iterator[tuple[str, str, bytes]]:
        """Iterate over a language's rows in the present partition, as `Shard.load` takes them."""
        partition, prefix = self.partition, f"{language}{_SEPARATOR}"
        changed = {
            name: row
            for rows in (self._flushed, self._changed)
            for name, (where, row) in rows.items()
            if where == partition and name[1].startswith(prefix)
        }
        for table in (ARTICLES, STORIES):
            for key, row in self._stored.items(table, partition, prefix):
                if (table, key) not in changed:
                    yield table, key.removeprefix(prefix), row
        for (table, key), changed_row in changed.items():
            if changed_row is not None:
                yield table, key.removeprefix(prefix), changed_row

    def remember(self, partition: int) -> None:
        """Remember the stored rows of a partition, for `is_unchanged`."""
        self._stored.remember(partition)

    def is_unchanged(self, partition: int) -> bool:
        """Return whether no other worker has changed the rows since they were remembered.

        False too if not all changes of this worker have been stored.
        """
        is_flushed = all(where != partition for where, _row in self._changed.values())
        return is_flushed and self._stored.is_unchanged(partition) and self.is_stored(partition)

    def discard_changes(self, partition: int) -> None:
        """Drop the changes in a partition that are not stored."""
        self._changed = _without(self._changed, partition)
        self._flushed = _without(self._flushed, partition)
        self._last_written.pop(partition, None)
        self._history = {
            name: [one for one in changes if one[1] != partition]
            for name, changes in self._history.items()
        }


def _without(rows: _Rows, partition: int) -> _Rows:
    return {name: change for name, change in rows.items() if change[0] != partition}


class InMemoryTables:
    """`StoredRows` in a dictionary, for runs without Kafka."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], bytes] = {}

    def first_key(self, table: str, partition: int, start: str) -> str | None:  # noqa: ARG002
        """Return the first key that is not below `start` in UTF-8, or None."""
        keys = (key for name, key in self.rows if name == table)
        first = start.encode()
        return min((key for key in keys if key.encode() >= first), key=str.encode, default=None)

    def items(self, table: str, partition: int, prefix: str) -> Iterator[tuple[str, bytes]]:  # noqa: ARG002
        """Iterate over the rows whose keys begin with `prefix`."""
        for (name, key), row in self.rows.items():
            if name == table and key.startswith(prefix):
                yield key, row

    def get(self, table: str, key: str, partition: int) -> bytes | None:  # noqa: ARG002
        """Return a row, or None."""
        return self.rows.get((table, key))

    def remember(self, partition: int) -> None:
        """Do nothing: nobody else changes the rows."""

    def is_unchanged(self, partition: int) -> bool:  # noqa: ARG002
        """Return True: nobody else changes the rows."""
        return True

    def apply(self, changes: Iterable[RowChange]) -> None:
        """Store changes."""
        for change in changes:
            if change.value is None:
                self.rows.pop((change.table, change.key), None)
            else:
                self.rows[change.table, change.key] = change.value
