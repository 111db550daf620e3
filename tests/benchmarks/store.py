"""Rows in RocksDB, for the benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rocksdict import Rdict

from services.dedup.storage.rows import Change


class DiskRows:
    """Rows on disk, stored as the service's tables store them."""

    name = "rocksdict"

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder / "rows")
        self._rows: Any = Rdict(self._folder)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def get(self, table: str, key: str) -> bytes | None:
        """Return a row, or None if there is none."""
        row: bytes | None = self._rows.get(f"{table}/{key}".encode())
        return row

    def apply(self, changes: Iterable[Change]) -> None:
        """Persist changes in order."""
        for table, key, row in changes:
            name = f"{table}/{key}".encode()
            if row is None:
                if name in self._rows:
                    del self._rows[name]
                    self._count -= 1
                continue
            self._count += name not in self._rows
            self._rows[name] = row

    def close(self) -> None:
        """Write all rows to disk and close the database."""
        self._rows.close()

    def bytes_on_disk(self) -> int:
        """Return the size of the files; the database must be closed."""
        return sum(path.stat().st_size for path in Path(self._folder).rglob("*"))

    def items(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield all rows as table, key and row."""
        for name, row in self._rows.items():
            table, key = name.decode().split("/", 1)
            yield table, key, row
