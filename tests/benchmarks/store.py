"""Store rows in the RocksDB tables of a worker, for the benchmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import faust

from services.dedup.storage.rows import ARTICLES, STORIES, Change
from services.faust_adapter import rocksdb_store
from services.faust_adapter.table_rows import TableRows
from services.processing.stage import RowChange

LANGUAGE = "en"
PARTITION = 0


class DiskRows:
    """The rows of one language, stored and read as a worker does, without a changelog."""

    name = "rocksdict"

    def __init__(self, folder: Path) -> None:
        app = faust.App("bench", store=rocksdb_store.URL, datadir=str(folder))
        self._folder = folder
        self.tables = TableRows()
        self.tables.declare(app)
        stores = self.tables._tables
        stores[ARTICLES].data.path.mkdir(parents=True, exist_ok=True)
        self._databases: dict[str, Any] = {
            table: stores[table].data._db_for_partition(PARTITION) for table in (ARTICLES, STORIES)
        }
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def get(self, table: str, key: str) -> bytes | None:
        """Return a row, or None if there is none."""
        return self.tables.get(table, f"{LANGUAGE}|{key}", PARTITION)

    def apply(self, changes: Iterable[Change]) -> None:
        """Persist changes in order."""
        for table, key, row in changes:
            self._count += (row is not None) - (self.get(table, key) is not None)
            name, database = f"{LANGUAGE}|{key}".encode(), self._databases[table]
            if row is None:
                database.delete(name)
            else:
                database.put(name, row)

    def store(self, changes: Iterable[RowChange]) -> None:
        """Persist changes as the stage returns them."""
        for change in sorted(changes, key=lambda change: not change.first):
            if change.value is None:
                self._databases[change.table].delete(change.key.encode())
            else:
                self._databases[change.table].put(change.key.encode(), change.value)

    def close(self) -> None:
        """Write all rows to disk and close the databases."""
        for database in self._databases.values():
            database.close()

    def bytes_on_disk(self) -> int:
        """Return the size of the files; the databases must be closed."""
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def items(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield all rows as table, key and row."""
        prefix = f"{LANGUAGE}|"
        for table in (ARTICLES, STORIES):
            for key, row in self.tables.items(table, PARTITION, prefix):
                yield table, key.removeprefix(prefix), row
