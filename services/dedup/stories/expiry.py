"""What is past its time: quiet stories close, old rows leave tombstones.

A little is done with every article that comes, so that no article waits for a heap of
old ones; what is done when depends on the rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features.article_features import Features
from services.dedup.features.document_frequency import Frequencies
from services.dedup.near_duplicates.window import Window
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import ARTICLES, STORIES
from services.dedup.storage.row_batch import Batch
from services.dedup.storage.timer_queue import Due
from services.dedup.stories.lifecycle import Stories

AT_ONCE: Final = 16
"""Stories and articles looked at with one message."""
BYTES: Final = 48_000
"""No more is done once a message has changed this much, so that its journal stays a row."""
_NEVER = 1 << 60


def count(frequencies: Frequencies, one: Features, *, gone: bool = False) -> None:
    """Count an article's words and entities, or take them out of the count."""
    terms = np.concatenate((one.terms, one.entities))
    if gone:
        frequencies.remove(terms)
    else:
        frequencies.add(terms)


class Upkeep:
    """When each article and story is to be looked at again, and what is done then."""

    def __init__(self, settings: DedupSettings, window: Window, stories: Stories) -> None:
        self._most = settings.max_articles
        self._kept = int(settings.copies_kept.total_seconds())
        self._quiet = int(settings.story_quiet.total_seconds())
        self._window = window
        self._stories = stories
        self._articles = Due()
        self._due_stories = Due()
        self._waiting: set[str] = set()
        """Stories in `_due_stories`: each is there once, at its time or earlier."""

    def watch_article(self, article_id: str, touched: int) -> None:
        """Look at an article when it has been kept long enough."""
        self._articles.add(touched + self._kept, article_id)

    def watch_stories(self, story_ids: Iterable[str], touched: int) -> None:
        """Look at stories when they may have gone quiet."""
        for story_id in story_ids:
            self._watch_story(touched + self._quiet, story_id)

    def _watch_story(self, at: int, story_id: str) -> None:
        """Look at a story at a time; where it is due earlier, it is put off then."""
        if story_id not in self._waiting:
            self._waiting.add(story_id)
            self._due_stories.add(at, story_id)

    def load_articles(
        self, article_ids: Sequence[str], touched: npt.NDArray[np.int64], batch: Batch
    ) -> None:
        """Take articles' times from their rows; one overdue waits while its story is open."""
        due = touched + self._kept
        for at in np.flatnonzero(due <= batch.clock).tolist():
            row = batch.article(article_ids[at])
            found = self._stories.resolve(row.more["s"], batch) if row else None
            if found is not None and not found[1]["z"]:
                due[at] = max(int(due[at]), found[1]["x"] + self._quiet)
        self._articles.add_many(due, article_ids)

    def load_story(self, story_id: str, touched: int, *, closed: bool) -> None:
        """Take a story's time from its row."""
        wait = self._kept if closed else self._quiet
        self._watch_story(touched + wait, story_id)

    def run(self, batch: Batch, taking: str) -> list[str]:
        """Do what is due, but for the article being taken; the stories closed."""
        closed: list[str] = []
        # Stories first: an article waits for its story to close.
        for _ in range(AT_ONCE):
            name = self._due_stories.pop(batch.clock) if batch.size <= BYTES else None
            if name is None:
                break
            self._waiting.discard(name)
            if self._story(name, batch):
                closed.append(name)
        for _ in range(AT_ONCE):
            full = len(self._window) > self._most
            now = _NEVER if full else batch.clock
            name = self._articles.pop(now) if batch.size <= BYTES else None
            if name is None:
                break
            if name == taking:
                self.watch_article(name, batch.clock)
            else:
                self._article(name, batch, force=full)
        return closed

    def _article(self, article_id: str, batch: Batch, *, force: bool) -> None:
        row = batch.article(article_id)
        if row is None:
            return
        # Where articles leave early, one touched again since is no longer the oldest.
        if row.touched + self._kept > (self._articles.popped if force else batch.clock):
            self.watch_article(article_id, row.touched)
            return
        self._window.remove(article_id, row.index)
        found = self._stories.resolve(row.more["s"], batch)
        if found is not None and not force and not found[1]["z"]:
            self._articles.add(found[1]["x"] + self._quiet, article_id)
            return
        if found is not None and not found[1]["z"]:
            self._stories.lose(article_id, found, batch)
        count(self._stories.clusterer.frequencies, row.features, gone=True)
        batch.put(ARTICLES, article_id, None)

    def _story(self, story_id: str, batch: Batch) -> bool:
        touched = self._stories.open.get(story_id)
        if touched is not None and touched + self._quiet > batch.clock:
            # Most are put off, and a long story's row takes long to read.
            self._watch_story(touched + self._quiet, story_id)
            return False
        record = batch.story(story_id)
        if record is None:
            return False
        if not record["z"]:
            self._stories.close(story_id, record, batch)
            self._watch_story(batch.clock + self._kept, story_id)
            return True
        found = self._stories.resolve(story_id, batch)
        lives = found is not None and not found[1]["z"]
        if lives or record["x"] + self._kept > batch.clock:
            wait = batch.clock if lives else record["x"]
            self._watch_story(wait + self._kept, story_id)
            return False
        batch.put(STORIES, story_id, None)
        return False
