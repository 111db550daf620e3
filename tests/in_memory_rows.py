"""The rows of one language in a dictionary, for tests, scores and benchmarks of a shard."""

from __future__ import annotations

from collections.abc import Iterable

from services.dedup.storage.rows import Change


class InMemoryRows:
    """Implements `services.dedup.storage.article_row.Rows`."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], bytes] = {}

    def get(self, table: str, key: str) -> bytes | None:
        """Return the row as last persisted, or None."""
        return self.rows.get((table, key))

    def apply(self, changes: Iterable[Change]) -> None:
        """Persist a decision's changes, in order."""
        for table, key, row in changes:
            if row is None:
                self.rows.pop((table, key), None)
            else:
                self.rows[table, key] = row

    def items(self) -> list[tuple[str, str, bytes]]:
        """Return all rows, in the form that `Shard.load` takes."""
        return [(table, key, row) for (table, key), row in self.rows.items()]
