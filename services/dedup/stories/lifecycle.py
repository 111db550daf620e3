"""How stories are created, grow, merge, split and close.

`StoryLifecycle` changes the stories' rows and the clusterer together, so that both always
describe the same stories.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from schemas.article import TaggedArticle
from schemas.story import StoryChange
from services.dedup.clustering.clusterer import Clusterer
from services.dedup.clustering.group_scorer import Match
from services.dedup.clustering.merge_score import MergeModel
from services.dedup.clustering.open_stories import OpenStory
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import decode_details, decode_features
from services.dedup.storage.row_batch import RowBatch
from services.dedup.storage.rows import ARTICLES, STORIES
from services.dedup.stories.splits import Split, is_check_due, split_story
from services.dedup.stories.story_codec import StoryIndexEntry, decode_story
from services.dedup.stories.story_row import (
    MAX_ARTICLE_ENTITIES,
    MAX_SPLITS,
    MERGED_ARTICLES,
    ListedVerdict,
    StoryRow,
)
from services.dedup.stories.story_sizes import StorySizes

MERGE_CANDIDATES = 4
"""Stories that fit a joining article best and are considered for a merge, its own included."""
MIN_MERGE_CANDIDATE_SCORE = 0.15
"""Score of the joining article with another story from which the two stories are compared."""
_MAX_MERGES_FOLLOWED = 100
_MAX_SOURCE_CHARS = 200
_SHARED_NAMES = 3

ReadRow = Callable[[str, str], bytes | None]
"""Reads the present row of a table by its key."""
StoryAndRow = tuple[str, StoryRow]
"""A story's id and its row."""


class StoryLifecycle:
    """The stories of a shard. Every change is noted in a `RowBatch`."""

    def __init__(self, settings: DedupSettings, model: MergeModel, read: ReadRow) -> None:
        self._settings = settings
        self._read = read
        self.clusterer = Clusterer(settings, model, self._load_representatives)
        self.open: dict[str, int] = {}
        """When each open story was last changed, by the shard's clock."""
        self.sizes = StorySizes()
        self.compared = 0
        """How many open stories the article assigned last was compared with."""

    def load(self, stories: Sequence[tuple[str, StoryIndexEntry]]) -> None:
        """Add open stories while a shard is rebuilt."""
        self.open = {story_id: entry.touched for story_id, entry in stories}
        for story_id, entry in stories:
            self.sizes.set(story_id, entry.articles)
        self.clusterer.load_stories(
            [(story_id, entry.keys) for story_id, entry in stories if entry.representatives]
        )

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

    def assign(
        self, article: TaggedArticle, features: FeatureBatch, batch: RowBatch
    ) -> tuple[str, list[str]]:
        """Assign an original to an open story or a new one.

        Returns the id of its story, and the ids of all stories that changed.
        """
        quiet_before = batch.clock - int(self._settings.story_quiet.total_seconds())
        matches = [
            match
            for match in self.clusterer.find_matches(features)
            if self.open.get(match.story_id, quiet_before) >= quiet_before
        ]
        self.compared = len(matches)
        best = matches[0] if matches else None
        if best is None or best.score < self._settings.join_score:
            story_id = self._create(article, features, batch, _why_new(matches))
            return story_id, [story_id]
        story_id = self._join(article, features, best, batch)
        story_id, changed = self._merge_similar(story_id, matches[1:], batch)
        changed.insert(0, story_id)
        split = self._split_if_two(story_id, (article, features), best.score, batch)
        if split is not None:
            changed.append(split.story_id)
            story_id = split.story_id if article.article_id in split.articles else story_id
        return story_id, list(dict.fromkeys(changed))

    def _join(
        self, article: TaggedArticle, features: FeatureBatch, match: Match, batch: RowBatch
    ) -> str:
        row = _existing(match.story_id, batch)
        reason = f"another article reports it: score {match.score:.2f}"
        shared = _shared_names(article, row)
        reason += f", shares {', '.join(shared)}" if shared else ""
        self.clusterer.add_article(match.story_id, article.article_id, features, match.similarities)
        row.add_article(article, ListedVerdict.ORIGINAL, _event_time(features))
        self.save_version(match.story_id, row, StoryChange.UPDATED, reason, batch)
        return match.story_id

    def _create(
        self,
        article: TaggedArticle,
        features: FeatureBatch,
        batch: RowBatch,
        reason: str,
        split_from: str | None = None,
    ) -> str:
        story_id = batch.unused_story_id(article.article_id, article.revision_id)
        row = StoryRow.new(_event_time(features), reason)
        row.split_from = split_from
        batch.add_story(story_id, row)
        row.add_article(article, ListedVerdict.ORIGINAL, _event_time(features))
        self.clusterer.open_story(story_id, article.article_id, features)
        self.save_version(story_id, row, StoryChange.CREATED, reason, batch)
        return story_id

    def _merge_similar(
        self, story_id: str, others: list[Match], batch: RowBatch
    ) -> tuple[str, list[str]]:
        changed = []
        for other in others[: MERGE_CANDIDATES - 1]:
            is_open = other.story_id in self.clusterer.stories
            if other.score < MIN_MERGE_CANDIDATE_SCORE or not is_open:
                continue
            score = self.clusterer.merge_score(story_id, other.story_id)
            if score < self._settings.merge_score:
                continue
            story_id, merged_id = self._merge(story_id, other.story_id, score, batch)
            changed += [story_id, merged_id]
        return story_id, changed

    def _merge(self, one: str, other: str, score: float, batch: RowBatch) -> tuple[str, str]:
        """Merge two stories; return the ids of the one that remains and of the merged one.

        The larger story remains; of equally large ones the earlier.
        """

        def rank(story_id: str) -> tuple[int, int, str]:
            row = _existing(story_id, batch)
            return -row.article_count, row.period.start, story_id

        kept_id, merged_id = sorted((one, other), key=rank)
        kept, merged = _existing(kept_id, batch), _existing(merged_id, batch)
        kept.absorb(merged)
        self.clusterer.merge_stories(kept_id, merged_id)
        reason = f"reports the same happening: score {score:.2f}"
        merged.merged_into, merged.closed = kept_id, True
        merged.articles = merged.articles[:MERGED_ARTICLES]
        self.save_version(merged_id, merged, StoryChange.MERGED, reason, batch)
        reason = f"took in story {merged_id}: score {score:.2f}"
        self.save_version(kept_id, kept, StoryChange.UPDATED, reason, batch)
        return kept_id, merged_id

    def _split_if_two(
        self,
        story_id: str,
        joining: tuple[TaggedArticle, FeatureBatch],
        score: float,
        batch: RowBatch,
    ) -> Split | None:
        """Split a story that turns out to be two."""
        row = _existing(story_id, batch)
        if not is_check_due(row, score):
            return None
        batch.put_story(story_id)
        bipartition = self.clusterer.find_bipartition(story_id)
        if bipartition is None:
            return None
        split = split_story((story_id, row), bipartition, joining, self.clusterer, batch)
        if split is None:
            return None
        row.split_into = [*row.split_into, split.story_id][-MAX_SPLITS:]
        split.row.split_from = story_id
        batch.add_story(split.story_id, split.row)
        scored = f"score {bipartition.score:.2f}"
        reason = f"parted from story {story_id}, which reports something else: {scored}"
        self.save_version(split.story_id, split.row, StoryChange.CREATED, reason, batch)
        reason = f"{len(split.articles)} of its articles report something else: {scored}, "
        reason += f"story {split.story_id}"
        self.save_version(story_id, row, StoryChange.SPLIT, reason, batch)
        return split

    def revise(
        self,
        article: TaggedArticle,
        features: FeatureBatch,
        story: StoryAndRow,
        reason: str,
        batch: RowBatch,
    ) -> tuple[str, list[str]]:
        """Apply a revision to the article's story; an article that no longer fits leaves it.

        Returns the id of the article's story, and the ids of all stories that changed.
        """
        story_id, row = story
        open_story = self.clusterer.stories.get(story_id)
        if open_story is not None and article.article_id in open_story.article_ids:
            if len(open_story.article_ids) > 1:
                index = open_story.article_ids.index(article.article_id)
                self.clusterer.remove_representative(story_id, index)
                fit = self.clusterer.score_stories(features, [story_id])[0]
                if fit.score < self._settings.split_score:
                    return self._move_to_new_story(article, features, story, batch)
                self.clusterer.add_article(story_id, article.article_id, features, fit.similarities)
            else:
                self.clusterer.close_story(story_id)
                self.clusterer.open_story(story_id, article.article_id, features)
        row.replace_sentences(article)
        if row.headline_article == article.article_id:
            row.headline = article.title
        self.save_version(story_id, row, StoryChange.UPDATED, reason, batch)
        return story_id, [story_id]

    def _move_to_new_story(
        self, article: TaggedArticle, features: FeatureBatch, story: StoryAndRow, batch: RowBatch
    ) -> tuple[str, list[str]]:
        old_id, row = story
        row.remove_article(article.article_id)
        reason = f"parted from story {old_id}: the revised article reports something else"
        new_id = self._create(article, features, batch, reason, old_id)
        row.split_into = [*row.split_into, new_id][-MAX_SPLITS:]
        reason = f"a revised article reports something else: story {new_id}"
        self.save_version(old_id, row, StoryChange.SPLIT, reason, batch)
        return new_id, [old_id, new_id]

    def add_copy(
        self, article: TaggedArticle, at: int, story: StoryAndRow, batch: RowBatch
    ) -> None:
        """Add a copy to its original's story, open or closed."""
        story_id, row = story
        row.add_article(article, ListedVerdict.COPY, at)
        reason = f"{article.source[:_MAX_SOURCE_CHARS]} copies one of its articles"
        self.save_version(story_id, row, StoryChange.UPDATED, reason, batch)

    def retract(self, article: TaggedArticle, story: StoryAndRow, batch: RowBatch) -> None:
        """Mark an article as withdrawn; it no longer represents its story."""
        story_id, row = story
        row.mark_retracted(article.article_id)
        self._remove_representative(story_id, article.article_id)
        reason = f"{article.source[:_MAX_SOURCE_CHARS]} withdrew its article"
        self.save_version(story_id, row, StoryChange.UPDATED, reason, batch)

    def close(self, story_id: str, row: StoryRow, batch: RowBatch) -> None:
        """Close a story that has received no article for the quiet time."""
        hours = self._settings.story_quiet.total_seconds() / 3600
        row.closed = True
        self.clusterer.close_story(story_id)
        reason = f"no article for {hours:.0f} hours"
        self.save_version(story_id, row, StoryChange.CLOSED, reason, batch)

    def save_version(
        self, story_id: str, row: StoryRow, change: StoryChange, reason: str, batch: RowBatch
    ) -> None:
        """Write a new version of a story's row."""
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
        if self._remove_representative(story_id, article_id):
            row.set_representatives((), (), [])
        else:
            _set_representatives(row, open_story)
        batch.put_story(story_id)

    def _remove_representative(self, story_id: str, article_id: str) -> bool:
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


def _existing(story_id: str, batch: RowBatch) -> StoryRow:
    row = batch.story(story_id)
    assert row is not None, "an open story has a row"
    return row


def _set_representatives(row: StoryRow, story: OpenStory) -> None:
    row.set_representatives(
        story.article_ids, story.centralities, story.features.array_bytes("story_keys")
    )


def _event_time(features: FeatureBatch) -> int:
    return int(features.scalar("event_time")[0])


def _why_new(matches: list[Match]) -> str:
    if not matches:
        return "no open story is like it"
    cannot_link = next((match.cannot_link for match in matches[:2] if match.cannot_link), None)
    if cannot_link:
        return str(cannot_link)
    return f"no open story is like enough: the best scores {matches[0].score:.2f}"


def _shared_names(article: TaggedArticle, row: StoryRow) -> list[str]:
    entities = article.entities[:MAX_ARTICLE_ENTITIES]
    return [one.name for one in entities if one.entity_id in row.entities][:_SHARED_NAMES]
