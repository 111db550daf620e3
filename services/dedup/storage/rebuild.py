"""What is gathered from rows, in bulk, while a shard is rebuilt."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features.document_frequency import Frequencies
from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates.window import Window
from services.dedup.storage import article_row as stored
from services.dedup.stories.story_row import ForIndex

_ROWS_TOGETHER: Final = 4000
_ARTICLES_TOGETHER: Final = 20_000


class Loading:
    """Takes rows as they come; a few thousand are looked at together."""

    def __init__(self, frequencies: Frequencies) -> None:
        """``frequencies`` counts the words of all articles."""
        self._frequencies = frequencies
        self._rows: list[bytes] = []
        self._parts: list[stored.ForIndex] = []
        self.names: list[str] = []
        """Ids of the articles, in the order of their rows."""
        self.touched: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        """When each was touched; there when all rows are taken."""
        self.latest: tuple[int, bytes] = (0, b"")
        """When the latest article was touched, and its row."""
        self.stories: list[tuple[str, ForIndex]] = []
        """Id of each story, and what an index needs of it."""

    def add(self, article_id: str, row: bytes) -> None:
        """Take an article's row."""
        self.names.append(article_id)
        self._rows.append(row)
        if len(self._rows) >= _ROWS_TOGETHER:
            self._look()

    def _look(self) -> None:
        found = stored.for_index(self._rows)
        self._frequencies.add_many(found.words, len(self._rows))
        newest = int(found.touched.max())
        for at in np.flatnonzero(found.touched == newest).tolist():
            self.latest = max(self.latest, (newest, self._rows[at]))
        none: Hashes = np.zeros(0, dtype=np.uint32)
        counted = stored.ForIndex(found.touched, found.serials, found.counts, found.keys, none)
        self._parts.append(counted)
        self._rows = []

    def finish(self) -> None:
        """All rows are taken."""
        if self._rows:
            self._look()
        if self._parts:
            self.touched = np.concatenate([part.touched for part in self._parts])

    def fill(self, window: Window) -> int:
        """Fill an empty window, and return the highest serial.

        In the order in which articles were put in: a crowded index finds the latest first.
        """
        if not self._parts:
            return 0
        serials = np.concatenate([part.serials for part in self._parts])
        counts = np.concatenate([part.counts for part in self._parts])
        keys = np.concatenate([part.keys for part in self._parts])
        self._parts = []
        starts = np.cumsum(counts) - counts
        order = np.argsort(serials, kind="stable")
        order = order[counts[order] > 0]
        for at in range(0, len(order), _ARTICLES_TOGETHER):
            some = order[at : at + _ARTICLES_TOGETHER]
            lengths = counts[some]
            shift = starts[some] - (np.cumsum(lengths) - lengths)
            mine = keys[shift.repeat(lengths) + np.arange(int(lengths.sum()))]
            window.add_many([self.names[i] for i in some.tolist()], lengths, mine)
        return int(serials.max())
