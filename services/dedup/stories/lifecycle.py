"""How stories are created, grow, are revised and closed.

`StoryLifecycle` changes the stories' rows and the clusterer together, so that both always
describe the same stories. Merges are in `merging.py`, the search for a split in `splits.py`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from schemas.article import TaggedArticle
from schemas.story import StoryChange
from services.dedup.clustering.clusterer import Clusterer
from services.dedup.clustering.group_scorer import Match
from services.dedup.clustering.merge_score import MergeModel
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.settings import DedupSettings
from services.dedup.storage.row_batch import RowBatch
from services.dedup.stories.headline import story_headline
from services.dedup.stories.merging import merge_similar
from services.dedup.stories.splits import split_if_two
from services.dedup.stories.story_fields import ListedVerdict
from services.dedup.stories.story_row import MAX_ARTICLE_ENTITIES, MAX_SPLITS, StoryRow
from services.dedup.stories.story_writer import ReadRow, StoryAndRow, StoryWriter, existing_row

_MAX_SOURCE_CHARS: Final = 200
_SHARED_NAMES: Final = 3
"""Names that the reason of a joined story lists."""


class StoryLifecycle:
    """The stories of a shard. Every change is noted in a `RowBatch`."""

    def __init__(self, settings: DedupSettings, model: MergeModel, read: ReadRow) -> None:
        self._settings = settings
        self.writer = StoryWriter(settings, model, read)
        self.compared = 0
        """How many open stories the article assigned last was compared with."""

    @property
    def clusterer(self) -> Clusterer:
        """The clusterer, which holds the open stories."""
        return self.writer.clusterer

    def assign(
        self,
        article: TaggedArticle,
        features: FeatureBatch,
        batch: RowBatch,
        excluded: Collection[str] = (),
    ) -> tuple[str, list[str]]:
        """Assign an original to an open story or a new one; `excluded` are ids of stories.

        Returns the id of its story, and the ids of all stories that changed.
        """
        quiet_before = batch.clock - int(self._settings.story_quiet.total_seconds())
        matches = [
            match
            for match in self.clusterer.find_matches(features)
            if self.writer.open.get(match.story_id, quiet_before) >= quiet_before
            and match.story_id not in excluded
        ]
        self.compared = len(matches)
        best = matches[0] if matches else None
        if best is None or best.score < self._settings.join_score:
            story_id = self._create(article, features, batch, _why_new(matches))
            return story_id, [story_id]
        story_id = self._join(article, features, best, batch)
        story_id, changed = merge_similar(self.writer, self._settings, story_id, matches[1:], batch)
        changed.insert(0, story_id)
        split = split_if_two(self.writer, story_id, (article, features), best.score, batch)
        if split is not None:
            changed.append(split.story_id)
            story_id = split.story_id if article.article_id in split.articles else story_id
        return story_id, list(dict.fromkeys(changed))

    def _join(
        self, article: TaggedArticle, features: FeatureBatch, match: Match, batch: RowBatch
    ) -> str:
        row = existing_row(match.story_id, batch)
        reason = f"another article reports it: score {match.score:.2f}"
        shared = _shared_names(article, row)
        reason += f", shares {', '.join(shared)}" if shared else ""
        self.clusterer.add_article(match.story_id, article.article_id, features, match.similarities)
        row.add_article(article, ListedVerdict.ORIGINAL, _event_time(features))
        self.writer.save_version(
            match.story_id, row, StoryChange.UPDATED, reason, batch, joining=article
        )
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
        self.writer.save_version(story_id, row, StoryChange.CREATED, reason, batch, joining=article)
        return story_id

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
        if row.headline_article == article.article_id or row.article_count == 1:
            row.headline, row.headline_article = story_headline(article), None
        self.writer.save_version(story_id, row, StoryChange.UPDATED, reason, batch, joining=article)
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
        self.writer.save_version(old_id, row, StoryChange.SPLIT, reason, batch)
        return new_id, [old_id, new_id]

    def add_copy(
        self, article: TaggedArticle, at: int, story: StoryAndRow, batch: RowBatch
    ) -> None:
        """Add a copy to its original's story, open or closed."""
        story_id, row = story
        row.add_article(article, ListedVerdict.COPY, at)
        reason = f"{article.source[:_MAX_SOURCE_CHARS]} copies one of its articles"
        self.writer.save_version(story_id, row, StoryChange.UPDATED, reason, batch)

    def retract(
        self, article: TaggedArticle, verdict: ListedVerdict, story: StoryAndRow, batch: RowBatch
    ) -> None:
        """Mark an article as withdrawn that had a verdict; it no longer represents its story."""
        story_id, row = story
        row.mark_retracted(article.article_id, verdict)
        self.writer.remove_representative(story_id, article.article_id)
        reason = f"{article.source[:_MAX_SOURCE_CHARS]} withdrew its article"
        self.writer.save_version(story_id, row, StoryChange.UPDATED, reason, batch)

    def close(self, story_id: str, row: StoryRow, batch: RowBatch) -> None:
        """Close a story that has received no article for the quiet time."""
        hours = self._settings.story_quiet.total_seconds() / 3600
        row.closed = True
        self.clusterer.close_story(story_id)
        reason = f"no article for {hours:.0f} hours"
        self.writer.save_version(story_id, row, StoryChange.CLOSED, reason, batch)


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
