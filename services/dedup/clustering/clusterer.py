"""Incremental clustering of articles over the open stories.

A story is known by its representatives, the first and the latest originals, so that the cost of a
decision does not grow with the story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from services.dedup.clustering.bipartition import MIN_GROUP_SIZE, Bipartition, bipartition
from services.dedup.clustering.comparison import Matrix
from services.dedup.clustering.group_scorer import GroupScorer, Match
from services.dedup.clustering.merge_score import MergeModel
from services.dedup.clustering.open_stories import OpenStories, OpenStory
from services.dedup.clustering.story_index import StoryIndex
from services.dedup.features.document_frequency import DocumentFrequencies
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.settings import DedupSettings

FIRST_REPRESENTATIVES: Final = 4
LATEST_REPRESENTATIVES: Final = 4
"""A story is represented by its first four and its latest four originals."""


class Clusterer:
    """The open stories, and how well an article or another story fits them.

    It decides nothing by itself: the caller scores an article, chooses, and calls `add_article`,
    `open_story`, `merge_stories` or `split_story`.
    """

    def __init__(
        self,
        settings: DedupSettings,
        model: MergeModel,
        load_story: Callable[[str], OpenStory | None] | None = None,
        *,
        fill_all_inputs: bool = False,
    ) -> None:
        """Start without open stories.

        ``load_story`` reads the representatives of an open story from its rows. With
        ``fill_all_inputs`` also the inputs without a weight are computed; training needs them.
        """
        self._settings = settings
        self.frequencies = DocumentFrequencies(model.common_words)
        self._scorer = GroupScorer(model, self.frequencies, fill_all_inputs=fill_all_inputs)
        self._index = StoryIndex()
        self.stories = OpenStories(load_story)
        self.changed: set[str] = set()
        """Stories whose state in memory has changed since the shard's savepoint."""

    def find_matches(self, article: FeatureBatch, extra: Iterable[str] = ()) -> list[Match]:
        """Return the open stories to which an article might belong, best first.

        ``extra`` are ids of stories that are scored too if they are open.
        """
        settings = self._settings
        keys = article.array("story_keys")
        found = self._index.search(keys, settings.candidates, settings.candidate_share)
        found += [one for one in extra if one in self.stories and one not in found]
        return self.score_stories(article, found)

    def score_stories(self, article: FeatureBatch, story_ids: list[str]) -> list[Match]:
        """Return how an article fits the given open stories, best first, equal ones by id."""
        groups = [(story_id, self.stories[story_id].features) for story_id in story_ids]
        matches = self._scorer.score_groups(article, groups)
        return sorted(matches, key=lambda match: (-match.score, match.story_id))

    def open_story(self, story_id: str, article_id: str, article: FeatureBatch) -> None:
        """Open a story with its first article."""
        self.changed.add(story_id)
        self.stories[story_id] = OpenStory([article_id], article, [0.0])
        self._index.add(story_id, article.array("story_keys"))

    def add_article(
        self,
        story_id: str,
        article_id: str,
        article: FeatureBatch,
        similarities: Matrix | None = None,
    ) -> None:
        """Make an article a representative of a story.

        If the story then has too many representatives, the oldest that is not among the first
        four is removed. ``similarities`` are those of the article's `Match` with the story,
        if there is one; otherwise they are computed.
        """
        self.changed.add(story_id)
        story = self.stories[story_id]
        if similarities is None:
            similarities = self._scorer.body_similarities(article, story.features)
        story.centralities = [
            round(old + float(similarity), 4)
            for old, similarity in zip(story.centralities, similarities, strict=True)
        ]
        story.article_ids.append(article_id)
        story.features = FeatureBatch.concatenate([story.features, article])
        story.centralities.append(round(float(similarities.sum()), 4))
        self._index.add(story_id, article.array("story_keys"))
        if len(story.article_ids) > FIRST_REPRESENTATIVES + LATEST_REPRESENTATIVES:
            self.remove_representative(story_id, FIRST_REPRESENTATIVES)

    def remove_representative(self, story_id: str, index: int) -> None:
        """Remove the representative at an index of a story, and the keys that it brought."""
        self.changed.add(story_id)
        story = self.stories[story_id]
        keys = story.features.article(index).array("story_keys")
        self._index.remove_keys(story_id, keys)
        story.features = story.features.without(index)
        del story.article_ids[index], story.centralities[index]

    def load_stories(self, stories: Sequence[tuple[str, bytes]]) -> None:
        """Add open stories to an empty clusterer: their ids, with the keys of all representatives.

        The representatives themselves are loaded when they are needed.
        """
        self._index.load(stories)
        self.stories.add_unloaded([story_id for story_id, _keys in stories])

    def close_story(self, story_id: str) -> None:
        """Remove a story, so that nothing joins it any more; a story not open is ignored."""
        self.changed.add(story_id)
        if self.stories.discard(story_id):
            self._index.remove(story_id)

    @property
    def is_damaged(self) -> bool:
        """Whether a change of the index of stories has failed halfway."""
        return self._index.is_changing

    def forget_story(self, story_id: str) -> None:
        """Remove what is known of a story, also if a change of it has failed halfway."""
        self.stories.discard(story_id)
        self._index.remove(story_id)

    def reopen_story(self, story_id: str, keys: bytes) -> None:
        """Add a story that was forgotten, as `load_stories` does."""
        self._index.add(story_id, np.frombuffer(keys, dtype=np.uint32))
        self.stories.add_unloaded([story_id])

    def merge_stories(self, kept: str, absorbed: str) -> None:
        """Close one story and make its representatives those of another."""
        representatives = self._representatives(absorbed)
        self.close_story(absorbed)
        for article_id, article in representatives:
            self.add_article(kept, article_id, article)

    def merge_score(self, one: str, other: str) -> float:
        """Return how well the articles of the smaller of two stories fit the larger one."""
        larger, smaller = sorted(
            (one, other), key=lambda story_id: (-len(self.stories[story_id].article_ids), story_id)
        )
        return self._scorer.mean_fit(self.stories[smaller].features, self.stories[larger].features)

    def find_bipartition(self, story_id: str) -> Bipartition | None:
        """Return how a story's representatives fall into two groups, or None if they do not.

        Both groups must have at least `MIN_GROUP_SIZE` articles, fit each other worse than
        `part_score` both ways, and be as coherent as an article that joins (`join_score`). The
        smaller group, of equal ones the later, is the one to leave.
        """
        story = self.stories[story_id]
        if len(story.article_ids) < 2 * MIN_GROUP_SIZE:
            return None
        articles = [story.features.article(i) for i in range(len(story.article_ids))]
        staying, leaving = bipartition(self._scorer.pairwise_log_odds(articles))
        if len(leaving) < MIN_GROUP_SIZE:
            return None
        groups = [
            FeatureBatch.concatenate([articles[i] for i in group]) for group in (staying, leaving)
        ]
        across = max(
            self._scorer.mean_fit(groups[0], groups[1]), self._scorer.mean_fit(groups[1], groups[0])
        )
        if across >= self._settings.part_score:
            return None
        if min(map(self._scorer.cohesion, groups)) < self._settings.join_score:
            return None
        return Bipartition([story.article_ids[i] for i in leaving], across)

    def split_story(self, story_id: str, leaving: Sequence[str], new_id: str) -> None:
        """Open a new story with some of a story's representatives and leave it the others.

        ``leaving`` are the article ids of those that go to the new story.
        """
        representatives = self._representatives(story_id)
        self.close_story(story_id)
        for article_id, article in representatives:
            target = new_id if article_id in leaving else story_id
            if target in self.stories:
                self.add_article(target, article_id, article)
            else:
                self.open_story(target, article_id, article)

    def _representatives(self, story_id: str) -> list[tuple[str, FeatureBatch]]:
        story = self.stories[story_id]
        return [
            (article_id, story.features.article(i))
            for i, article_id in enumerate(story.article_ids)
        ]
