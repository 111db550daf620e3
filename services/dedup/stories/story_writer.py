"""The open stories of a shard, in the clusterer and in their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from schemas.story import StoryChange
from services.dedup.clustering.clusterer import Clusterer
from services.dedup.clustering.merge_score import MergeModel
from services.dedup.clustering.open_stories import OpenStory
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import decode_details, decode_features
from services.dedup.storage.row_batch import RowBatch
from services.dedup.storage.rows import ARTICLES, STORIES
from services.dedup.stories.story_codec import StoryIndexEntry, decode_story, read_index_entry
from services.dedup.stories.story_row import StoryRow
from services.dedup.stories.story_sizes import StorySizes

_MAX_MERGES_FOLLOWED: Final = 100
"""Merges that are followed from a story's id: a cycle in damaged rows ends here."""

ReadRow = Callable[[str, str], bytes | None]
"""Reads the present row of a table by its key."""
StoryAndRow = tuple[str, StoryRow]
"""A story's id and its row."""


class StoryWriter:
    """Finds the stories of a shard, and writes their rows.

    A change of a story is complete once `save_version` has written its row.
    """

    def __init__(self, settings: DedupSettings, model: MergeModel, read: ReadRow) -> None:
        self._read = read
        self.clusterer = Clusterer(settings, model, self._load_representatives)
        self.open: dict[str, int] = {}
        """When each open story was last changed, by the shard's clock."""
        self.sizes = StorySizes()

    def load(self, stories: Sequence[tuple[str, StoryIndexEntry]]) -> None:
        """Add open stories while a shard is rebuilt."""
        self.open = {story_id: entry.touched for story_id, entry in stories}
        for story_id, entry in stories:
            self.sizes.set(story_id, entry.articles)
        self.clusterer.load_stories(
            [(story_id, entry.keys) for story_id, entry in stories if entry.representatives]
        )

    def savepoint(self) -> None:
        """Mark the state to which `rollback` returns."""
        self.clusterer.changed.clear()

    def rollback(self) -> None:
        """Return to the savepoint: what is known of each changed story is read from its row."""
        for story_id in sorted(self.clusterer.changed):
            row = self._read(STORIES, story_id)
            entry = read_index_entry(row) if row else None
            self.clusterer.forget_story(story_id)
            self.open.pop(story_id, None)
            self.sizes.remove(story_id)
            if entry is None or entry.closed:
                continue
            self.open[story_id] = entry.touched
            self.sizes.set(story_id, entry.articles)
            if entry.representatives:
                self.clusterer.reopen_story(story_id, entry.keys)

    def _load_representatives(self, story_id: str) -> OpenStory | None:
        row = self._read(STORIES, story_id)
        listed = decode_story(row).representatives if row else []
        with_rows = [(one, self._read(ARTICLES, one.article_id)) for one in listed]
        found = [(one, decode_features(row)) for one, row in with_rows if row]
        if not found:
            return None
        return OpenStory(
            article_ids=[one.article_id for one, _features in found],
            features=FeatureBatch.concatenate(
                [FeatureBatch.from_features(features) for _one, features in found]
            ),
            centralities=[one.centrality for one, _features in found],
        )

    def resolve(self, story_id: str | None, batch: RowBatch) -> StoryAndRow | None:
        """Return the story that an id stands for after all merges, or None if it has expired."""
        for _ in range(_MAX_MERGES_FOLLOWED):
            row = batch.story(story_id) if story_id else None
            if row is None or story_id is None:
                return None
            if row.merged_into is None:
                return story_id, row
            story_id = row.merged_into
        return None

    def save_version(
        self, story_id: str, row: StoryRow, change: StoryChange, reason: str, batch: RowBatch
    ) -> None:
        """Write a new version of a story's row."""
        self.clusterer.changed.add(story_id)
        loaded = self.clusterer.stories.loaded(story_id)
        if loaded is not None:
            _set_representatives(row, loaded)
            self._update_headline(row, loaded, batch)
        elif story_id not in self.clusterer.stories:
            row.set_representatives((), (), [])
        row.begin_version(change, reason, batch.clock)
        batch.put_story(story_id)
        if row.closed:
            self.open.pop(story_id, None)
            self.sizes.remove(story_id)
        else:
            self.open[story_id] = batch.clock
            self.sizes.set(story_id, row.article_count)

    def _update_headline(self, row: StoryRow, story: OpenStory, batch: RowBatch) -> None:
        """Take the headline from the most central representative, if that has changed."""
        central = story.article_ids[int(np.argmax(story.centralities))]
        if row.headline_article not in (None, central):
            data = batch.get(ARTICLES, central)
            title = decode_details(data).title if data is not None else ""
            row.headline = title or row.headline
        row.headline_article = central

    def remove_expired(self, article_id: str, story: StoryAndRow, batch: RowBatch) -> None:
        """Remove an article from the representatives, because its row expires before its story."""
        story_id, row = story
        open_story = self.clusterer.stories.get(story_id)
        if open_story is None or article_id not in open_story.article_ids:
            return
        if self.remove_representative(story_id, article_id):
            row.set_representatives((), (), [])
        else:
            _set_representatives(row, open_story)
        batch.put_story(story_id)

    def remove_representative(self, story_id: str, article_id: str) -> bool:
        """Remove an article from the representatives; return whether none is left."""
        open_story = self.clusterer.stories.get(story_id)
        if open_story is None or article_id not in open_story.article_ids:
            return False
        if len(open_story.article_ids) == 1:
            self.clusterer.close_story(story_id)
            return True
        index = open_story.article_ids.index(article_id)
        self.clusterer.remove_representative(story_id, index)
        return False


def existing_row(story_id: str, batch: RowBatch) -> StoryRow:
    """Return the row of a story that is open, and therefore has one."""
    row = batch.story(story_id)
    assert row is not None, "an open story has a row"
    return row


def _set_representatives(row: StoryRow, story: OpenStory) -> None:
    row.set_representatives(
        story.article_ids, story.centralities, story.features.array_bytes("story_keys")
    )
