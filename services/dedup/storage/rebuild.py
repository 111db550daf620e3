"""Collect from the rows, in bulk, what a shard needs to be rebuilt."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features.document_frequency import DocumentFrequencies
from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates.article_index import ArticleIndex
from services.dedup.storage.index_columns import ArticleIndexColumns, read_index_columns
from services.dedup.stories.story_codec import StoryIndexEntry

_ROWS_AT_ONCE: Final = 4000
_ARTICLES_AT_ONCE: Final = 20_000


class RebuildCollector:
    """Collects rows one by one and reads a few thousand at a time."""

    def __init__(self, frequencies: DocumentFrequencies) -> None:
        """Count the words of all articles in `frequencies`."""
        self._frequencies = frequencies
        self._rows: list[bytes] = []
        self._columns: list[ArticleIndexColumns] = []
        self.article_ids: list[str] = []
        """Ids of the articles, in the order of their rows."""
        self.touched: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        """The clock of each row; set by `finish`."""
        self.latest: tuple[int, bytes] = (0, b"")
        """The latest clock of an article's row, and that row."""
        self.stories: list[tuple[str, StoryIndexEntry]] = []
        """Id of each story, and what an index needs of it."""

    def add_article(self, article_id: str, row: bytes) -> None:
        """Add an article's row."""
        self.article_ids.append(article_id)
        self._rows.append(row)
        if len(self._rows) >= _ROWS_AT_ONCE:
            self._read_rows()

    def _read_rows(self) -> None:
        columns = read_index_columns(self._rows)
        self._frequencies.add_many(columns.words, len(self._rows))
        newest = int(columns.touched.max())
        for at in np.flatnonzero(columns.touched == newest).tolist():
            self.latest = max(self.latest, (newest, self._rows[at]))
        no_words: Hashes = np.zeros(0, dtype=np.uint32)
        self._columns.append(
            ArticleIndexColumns(
                columns.touched, columns.serials, columns.key_counts, columns.keys, no_words
            )
        )
        self._rows = []

    def finish(self) -> None:
        """Read the rows that remain, after the last was added."""
        if self._rows:
            self._read_rows()
        if self._columns:
            self.touched = np.concatenate([columns.touched for columns in self._columns])

    def fill(self, window: ArticleIndex) -> int:
        """Fill an empty window and return the highest serial.

        Articles are added in the order of their serials, because a crowded index returns the
        latest first.
        """
        if not self._columns:
            return 0
        serials = np.concatenate([columns.serials for columns in self._columns])
        counts = np.concatenate([columns.key_counts for columns in self._columns])
        keys = np.concatenate([columns.keys for columns in self._columns])
        self._columns = []
        starts = np.cumsum(counts) - counts
        order = np.argsort(serials, kind="stable")
        order = order[counts[order] > 0]
        for at in range(0, len(order), _ARTICLES_AT_ONCE):
            chunk = order[at : at + _ARTICLES_AT_ONCE]
            lengths = counts[chunk]
            shift = starts[chunk] - (np.cumsum(lengths) - lengths)
            chunk_keys = keys[shift.repeat(lengths) + np.arange(int(lengths.sum()))]
            window.add_many([self.article_ids[i] for i in chunk.tolist()], lengths, chunk_keys)
        return int(serials.max())
