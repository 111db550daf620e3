"""The memory of a shard, and how it is rebuilt from the rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from services.dedup.clustering.merge_score import MergeModel
from services.dedup.event_clock import EventClock
from services.dedup.near_duplicates.window import Window
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import decode_details
from services.dedup.storage.journal import decode_journal
from services.dedup.storage.rebuild import RebuildCollector
from services.dedup.storage.row_batch import RowBatch
from services.dedup.storage.rows import ARTICLES, JOURNAL, STORIES, Change, Rows
from services.dedup.stories.expiry import Expiry
from services.dedup.stories.lifecycle import StoryLifecycle
from services.dedup.stories.story_codec import read_index_entry


class _Saved(NamedTuple):
    """The small parts of a shard's state at a savepoint."""

    clock: int
    anchor: tuple[int, int]
    serial: int
    unsaved: list[Change]


class ShardState:
    """What a shard holds in memory; all of it can be rebuilt from the rows."""

    def __init__(self, settings: DedupSettings, rows: Rows, model: MergeModel) -> None:
        self.settings = settings
        self.rows = rows
        self.stories = StoryLifecycle(settings, model, self._read)
        self.frequencies = self.stories.clusterer.frequencies
        self.window = Window()
        self.clock = EventClock()
        self.expiry = Expiry(settings, self.window, self.stories)
        self.unsaved: list[Change] = []
        """Changes of the journal that were not persisted; the next decision writes them."""
        self.compared_originals = 0
        """How many possible originals the last new article was compared with."""
        self._serial = 0
        self.savepoints = 0
        """How many savepoints have been begun."""
        self._saved: _Saved | None = None
        """None while a savepoint is being made."""
        self.savepoint()

    def next_serial(self) -> int:
        """Return the serial of the next article row: it grows with every row written."""
        self._serial += 1
        return self._serial

    def batch(self) -> RowBatch:
        """Return the rows as the next decision reads and changes them."""
        return RowBatch(self.rows, self.clock.now, self.unsaved)

    def savepoint(self) -> None:
        """Make the changes so far final, and mark the state to which `rollback` returns."""
        self._saved = None
        self.savepoints += 1
        self.window.apply()
        self.frequencies.savepoint()
        self.stories.writer.savepoint()
        self.expiry.savepoint()
        self._saved = _Saved(self.clock.now, self.clock.anchor, self._serial, self.unsaved)

    def rollback(self) -> None:
        """Return to the savepoint; the rows must be as they were then.

        An exception, of any type, means that the state is not usable any more.
        """
        saved = self._saved
        if saved is None:
            raise RuntimeError("the savepoint is not complete")
        if self.stories.clusterer.is_damaged:
            raise RuntimeError("a change of the story index is not complete")
        self.clock.set(saved.clock, saved.anchor)
        self._serial, self.unsaved = saved.serial, saved.unsaved
        self.window.discard()
        self.frequencies.rollback()
        self.expiry.rollback()
        self.stories.writer.rollback()

    def load(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Fill an empty state from all rows, given as (table, key, row).

        If the changes in the journal were not all persisted, they are applied here and come
        first among the changes of the next decision.
        """
        journal = self.rows.get(ARTICLES, JOURNAL)
        changes = decode_journal(journal) if journal else []
        self.unsaved = [one for one in changes if self.rows.get(one[0], one[1]) != one[2]]
        replaced = {(table, key) for table, key, _row in self.unsaved}
        applied = [(table, key, row) for table, key, row in self.unsaved if row is not None]
        collector = RebuildCollector(self.frequencies)
        remaining = (one for one in rows if one[:2] not in replaced)
        for table, key, row in itertools.chain(applied, remaining):
            if table == STORIES:
                collector.stories.append((key, read_index_entry(row)))
            elif key != JOURNAL:
                collector.add_article(key, row)
        collector.finish()
        self._rebuild(collector)

    def _rebuild(self, collector: RebuildCollector) -> None:
        self._serial = self.window.load(collector.fill)
        collector.stories.sort()
        for story_id, entry in collector.stories:
            self.clock.restore(entry.touched, None)
            self.expiry.load_story(story_id, entry.touched, closed=entry.closed)
        self.stories.writer.load([one for one in collector.stories if not one[1].closed])
        touched, row = collector.latest
        if row:
            self.clock.restore(touched, decode_details(row).clock_anchor)
        batch = self.batch()
        self.expiry.load_articles(collector.article_ids, collector.touched, batch)
        self.savepoint()

    def _read(self, table: str, key: str) -> bytes | None:
        """Return a row, with the changes of a journal applied."""
        return self.batch().get(table, key)
