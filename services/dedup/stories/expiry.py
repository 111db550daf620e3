"""Expire what has reached its time: quiet stories close, old rows become tombstones.

A little is done with every article, so that no article waits for a backlog of expired rows.
What is done when depends on the rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features.article_features import ArticleFeatures
from services.dedup.features.document_frequency import DocumentFrequencies
from services.dedup.near_duplicates.article_index import ArticleIndex
from services.dedup.settings import DedupSettings
from services.dedup.storage.row_batch import RowBatch
from services.dedup.storage.rows import ARTICLES, STORIES
from services.dedup.storage.timer_queue import HOUR, TimerQueue
from services.dedup.stories.lifecycle import StoryLifecycle
from services.dedup.stories.story_row import StoryRow

MAX_EXPIRED: Final = 16
"""Stories, and articles, that are looked at with one message."""
CLOSED_STORY_ARTICLES_KEPT: Final = HOUR
"""How many seconds an article's row is kept after the last change of its closed story, in event
time. The story's last message lists the article, and is made again if it has to be sent again."""
MAX_BATCH_BYTES: Final = 48_000
"""Nothing more expires once a message has changed this much, so that its journal fits a row."""
_NEVER = 1 << 60


def count_terms(
    frequencies: DocumentFrequencies, features: ArticleFeatures, *, remove: bool = False
) -> None:
    """Count an article's words and entities, or remove them from the counts."""
    terms = np.concatenate((features.terms, features.entity_keys))
    if remove:
        frequencies.remove(terms)
    else:
        frequencies.add(terms)


class Expiry:
    """When each article and story is to be looked at again, and what is done then."""

    def __init__(
        self, settings: DedupSettings, window: ArticleIndex, stories: StoryLifecycle
    ) -> None:
        self._max_articles = settings.max_articles
        self._article_seconds = int(settings.copies_kept.total_seconds())
        self._quiet_seconds = int(settings.story_quiet.total_seconds())
        self._window = window
        self._stories = stories
        self._article_timers = TimerQueue()
        self._story_timers = TimerQueue()
        self._scheduled_stories: set[str] = set()
        """Stories in `_story_timers`: each is there once, at its time or earlier."""

    def schedule_article(self, article_id: str, touched: int) -> None:
        """Schedule an article for the end of its time in the window."""
        self._article_timers.schedule(touched + self._article_seconds, article_id)

    def schedule_stories(self, story_ids: Iterable[str], touched: int) -> None:
        """Schedule stories for when they may have become quiet."""
        for story_id in story_ids:
            self._schedule_story(touched + self._quiet_seconds, story_id)

    def _schedule_story(self, at: int, story_id: str) -> None:
        """Schedule a story; one that is scheduled for an earlier time is rescheduled then."""
        if story_id not in self._scheduled_stories:
            self._scheduled_stories.add(story_id)
            self._story_timers.schedule(at, story_id)

    def load_articles(
        self, article_ids: Sequence[str], touched: npt.NDArray[np.int64], batch: RowBatch
    ) -> None:
        """Schedule articles while a shard is rebuilt; `touched` is the clock of each row.

        An article that is overdue waits for its story.
        """
        due = touched + self._article_seconds
        for at in np.flatnonzero(due <= batch.clock).tolist():
            row = batch.article(article_ids[at])
            story = self._stories.writer.resolve(row.details.story_id, batch) if row else None
            if story is not None:
                due[at] = max(int(due[at]), self._articles_kept_until(story[1]))
        self._article_timers.schedule_many(due, article_ids)

    def load_story(self, story_id: str, touched: int, *, closed: bool) -> None:
        """Schedule a story while a shard is rebuilt."""
        wait = self._article_seconds if closed else self._quiet_seconds
        self._schedule_story(touched + wait, story_id)

    def run_due(self, batch: RowBatch, current_article: str) -> list[str]:
        """Expire what is due, except the article being decided; return the stories closed."""
        closed: list[str] = []
        # Stories first: an article waits for its story to close.
        for _ in range(MAX_EXPIRED):
            name = self._next_due(self._story_timers, batch.clock, batch)
            if name is None:
                break
            self._scheduled_stories.discard(name)
            if self._expire_story(name, batch):
                closed.append(name)
        for _ in range(MAX_EXPIRED):
            is_full = len(self._window) > self._max_articles
            name = self._next_due(self._article_timers, _NEVER if is_full else batch.clock, batch)
            if name is None:
                break
            if name == current_article:
                self.schedule_article(name, batch.clock)
            else:
                self._expire_article(name, batch, early=is_full)
        return closed

    def _next_due(self, timers: TimerQueue, now: int, batch: RowBatch) -> str | None:
        return timers.pop_due(now) if batch.size <= MAX_BATCH_BYTES else None

    def _expire_article(self, article_id: str, batch: RowBatch, *, early: bool) -> None:
        row = batch.article(article_id)
        if row is None:
            return
        # If articles expire early, one that was changed since is no longer the oldest.
        now = self._article_timers.last_due if early else batch.clock
        if row.touched + self._article_seconds > now:
            self.schedule_article(article_id, row.touched)
            return
        self._window.remove(article_id, row.index)
        story = self._stories.writer.resolve(row.details.story_id, batch)
        if story is not None and not early:
            kept_until = self._articles_kept_until(story[1])
            if not story[1].closed or kept_until > batch.clock:
                self._article_timers.schedule(kept_until, article_id)
                return
        if story is not None and not story[1].closed:
            self._stories.writer.remove_expired(article_id, story, batch)
        count_terms(self._stories.clusterer.frequencies, row.features, remove=True)
        batch.put(ARTICLES, article_id, None)

    def _articles_kept_until(self, story: StoryRow) -> int:
        """Return the time in seconds until which the rows of a story's articles are kept.

        An open story that is overdue keeps them until it has closed.
        """
        wait = CLOSED_STORY_ARTICLES_KEPT if story.closed else self._quiet_seconds
        return story.touched + wait

    def _expire_story(self, story_id: str, batch: RowBatch) -> bool:
        """Close a story or delete its row, whichever is due; return whether it was closed."""
        touched = self._stories.writer.open.get(story_id)
        if touched is not None and touched + self._quiet_seconds > batch.clock:
            # Most stories are rescheduled here, without reading the row: a long one takes long.
            self._schedule_story(touched + self._quiet_seconds, story_id)
            return False
        row = batch.story(story_id)
        if row is None:
            return False
        if not row.closed:
            self._stories.close(story_id, row, batch)
            self._schedule_story(batch.clock + self._article_seconds, story_id)
            return True
        resolved = self._stories.writer.resolve(story_id, batch)
        lives_on = resolved is not None and not resolved[1].closed
        if lives_on or row.touched + self._article_seconds > batch.clock:
            wait_from = batch.clock if lives_on else row.touched
            self._schedule_story(wait_from + self._article_seconds, story_id)
            return False
        batch.put(STORIES, story_id, None)
        return False
