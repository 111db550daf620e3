"""The tables of a shard: their names, and what is read from and written to them."""

from __future__ import annotations

from typing import Final, Protocol

ARTICLES: Final = "articles"
STORIES: Final = "stories"
JOURNAL: Final = "~journal"
"""Key, in `ARTICLES`, of the row that holds all changes of the last decision."""

Change = tuple[str, str, bytes | None]
"""Table, key and the new row; None deletes the row."""


class Rows(Protocol):
    """Where the rows of one language are stored."""

    def get(self, table: str, key: str) -> bytes | None:
        """Return the row as last persisted, or None."""
        ...
