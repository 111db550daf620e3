"""The rows of all languages of a worker, with a batch's changes on top until they are stored.

A batch is stored as one: its journal first, which holds all its changes, then the
changes. Whoever reads the rows after a crash between the two makes the journal good
(`Shard.load`), so a batch is there as a whole or not at all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from services.dedup.storage.article_row import ARTICLES, JOURNAL, Change, dump_journal
from services.processing.stage import RowChange

_MARK = "|"
"""Parts language and key; no language tag has it."""


class StoredRows(Protocol):
    """The tables of a worker; keys are `language|key`."""

    def items(self) -> Iterable[tuple[str, str, bytes]]:
        """Every row of this worker's partitions: table, key, row."""
        ...

    def get(self, table: str, key: str, partition: int | None) -> bytes | None:
        """A row; without `partition` all are searched."""
        ...


@dataclass(frozen=True, slots=True)
class LanguageRows:
    """The rows of one language, as its shard reads them."""

    store: BatchStore
    language: str

    def get(self, table: str, key: str) -> bytes | None:
        """The row, with what the batch has changed so far."""
        return self.store.get(table, f"{self.language}{_MARK}{key}")


class BatchStore:
    """Rows as they will be once the batch is stored.

    `partition` is that of the message in hand: all of one language lies in one.
    """

    def __init__(self, stored: StoredRows) -> None:
        self._stored = stored
        self._changed: dict[tuple[str, str], tuple[int, bytes | None]] = {}
        self.partition: int | None = None

    def view(self, language: str) -> LanguageRows:
        """The rows of one language."""
        return LanguageRows(self, language)

    def get(self, table: str, key: str) -> bytes | None:
        """A row by its full key."""
        where, row = self._changed.get((table, key), (None, None))
        # What lies in another partition is not there, as it will not be once it is stored.
        if where is not None and self.partition in (None, where):
            return row
        return self._stored.get(table, key, self.partition)

    def knows(self, language: str, article_id: str) -> bool:
        """Whether the language has the article, in the partition of the message in hand."""
        return self.view(language).get(ARTICLES, article_id) is not None

    def add(self, language: str, changes: Iterable[Change]) -> None:
        """Take a decision's changes; its own journal is left out, for the batch has one."""
        assert self.partition is not None
        for table, key, row in changes:
            if key != JOURNAL:
                self._changed[table, f"{language}{_MARK}{key}"] = (self.partition, row)

    def flush(self, partition: int) -> Iterator[RowChange]:
        """The batch's changes in a partition, journals first; they count as stored then."""
        mine = [
            (table, key, row)
            for (table, key), (where, row) in self._changed.items()
            if where == partition
        ]
        by_language: dict[str, list[Change]] = {}
        for table, key, row in mine:
            language, own_key = key.split(_MARK, 1)
            by_language.setdefault(language, []).append((table, own_key, row))
        for language, changes in by_language.items():
            journal = f"{language}{_MARK}{JOURNAL}"
            yield RowChange(ARTICLES, journal, dump_journal(changes), first=True)
        for table, key, row in mine:
            yield RowChange(table, key, row)
            # The stage stores them before its next batch; from now on the tables answer.
            del self._changed[table, key]

    def by_language(self) -> dict[str, list[tuple[str, str, bytes]]]:
        """All rows, as `Shard.load` takes them, for each language."""
        self.partition = None
        found: dict[str, list[tuple[str, str, bytes]]] = {}
        stored = (one for one in self._stored.items() if one[:2] not in self._changed)
        changed = (
            (table, key, row) for (table, key), (_, row) in self._changed.items() if row is not None
        )
        for table, key, row in itertools.chain(stored, changed):
            language, own_key = key.split(_MARK, 1)
            found.setdefault(language, []).append((table, own_key, row))
        return found

    def forget(self) -> None:
        """Drop what was not stored."""
        self._changed.clear()


class RowsInMemory:
    """Tables in a dictionary: for runs without Kafka."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], bytes] = {}

    def items(self) -> Iterable[tuple[str, str, bytes]]:
        """Every row."""
        return [(table, key, row) for (table, key), row in self.rows.items()]

    def get(self, table: str, key: str, partition: int | None) -> bytes | None:  # noqa: ARG002
        """A row."""
        return self.rows.get((table, key))

    def apply(self, changes: Iterable[RowChange]) -> None:
        """Store changes."""
        for change in changes:
            if change.value is None:
                self.rows.pop((change.table, change.key), None)
            else:
                self.rows[change.table, change.key] = change.value
