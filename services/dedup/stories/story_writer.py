"""The open stories of a shard, in the clusterer and in their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from schemas.article import TaggedArticle
from schemas.story import StoryChange
from services.dedup.clustering.clusterer import Clusterer
from services.dedup.clustering.comparison import title_weights
from services.dedup.clustering.merge_score import MergeModel
from services.dedup.clustering.open_stories import OpenStory
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import decode_article, decode_details
from services.dedup.storage.row_batch import RowBatch
from services.dedup.storage.rows import ARTICLES, STORIES
from services.dedup.stories.headline import is_site_name
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
        found = [(one, decode_article(row).features) for one, row in with_rows if row]
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
        self,
        story_id: str,
        row: StoryRow,
        change: StoryChange,
        reason: str,
        batch: RowBatch,
        *,
        joining: TaggedArticle | None = None,
    ) -> None:
        """Write a new version of a story's row; `joining` is an article without a row as yet."""
        self.clusterer.changed.add(story_id)
        loaded = self.clusterer.stories.loaded(story_id)
        if loaded is not None:
            _set_representatives(row, loaded)
            self._update_headline(row, loaded, batch, joining)
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

    def _update_headline(
        self, row: StoryRow, story: OpenStory, batch: RowBatch, joining: TaggedArticle | None
    ) -> None:
        """Take the headline from the most central representative whose title is one.

        A standing headline ("News in brief") and the name of an outlet are none. Without a title
        the row keeps the headline that it has, which no representative then stands for.
        """
        weights = title_weights(story.features)
        order = np.argsort(-np.array(story.centralities), kind="stable")
        for i in order[weights[order] >= 1].tolist():
            article_id = story.article_ids[i]
            if row.headline_article == article_id:
                return
            named = _title_and_source(article_id, batch, joining)
            if named is not None and named[0] and not is_site_name(*named):
                row.headline, row.headline_article = named[0], article_id
                return

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


def _title_and_source(
    article_id: str, batch: RowBatch, joining: TaggedArticle | None
) -> tuple[str, str] | None:
    """Return title and outlet of a representative; None if neither is at hand."""
    if joining is not None and joining.article_id == article_id:
        return joining.title, joining.source
    data = batch.get(ARTICLES, article_id)
    details = decode_details(data) if data is not None else None
    return (details.title, details.source) if details else None


def existing_row(story_id: str, batch: RowBatch) -> StoryRow:
    """Return the row of a story that is open, and therefore has one."""
    row = batch.story(story_id)
    assert row is not None, "an open story has a row"
    return row


def _set_representatives(row: StoryRow, story: OpenStory) -> None:
    row.set_representatives(
        story.article_ids, story.centralities, story.features.array_bytes("story_keys")
    )
