"""The incremental clusterer: it assigns one article at a time to the open stories.

It knows a story by representatives, the first and the latest originals, so that the cost of a
decision does not grow with the story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.clustering.bipartition import MIN_GROUP_SIZE, Bipartition, bipartition
from services.dedup.clustering.comparison import COLUMNS, SHARED_TEXT, Comparer, Matrix
from services.dedup.clustering.merge_score import (
    INPUTS,
    MergeModel,
    log_odds,
    probability,
    story_inputs,
)
from services.dedup.clustering.open_stories import OpenStories, OpenStory
from services.dedup.clustering.same_speaker import (
    MAX_SCORE,
    is_different_occasion,
    quote_same_speaker,
)
from services.dedup.clustering.story_index import StoryIndex
from services.dedup.features import feature_batch
from services.dedup.features.document_frequency import DocumentFrequencies
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.features.recurring_template import SAME_FORM, is_another_instance
from services.dedup.settings import DedupSettings

FIRST_REPRESENTATIVES: Final = 4
LATEST_REPRESENTATIVES: Final = 4
"""A story is represented by its first four and its latest four originals."""
_BODY, _GRAMS = COLUMNS.index("body"), COLUMNS.index("grams")
_NOT_COMPARED: Final = ("grams", "quoted", "keys")
"""Fields not needed of all candidates at once; for the shingles see `_fill_shared_text`."""


class SeparationReason(StrEnum):
    """Why an article does not belong to a story, however similar they are."""

    OCCASION = "the same speaker as in another story, but on another occasion"
    INSTALMENT = "another instalment of its outlet's series"


@dataclass(frozen=True, slots=True)
class Match:
    """How well an article fits one story."""

    story_id: str
    score: float
    """Probability that the article belongs to the story, from 0 to 1."""
    separation: SeparationReason | None
    inputs: Matrix
    """What the score was computed from: one value for each of `merge_score.INPUTS`."""
    similarities: Matrix
    """Similarity of the body to each representative."""


class Clusterer:
    """The open stories, and how well an article or another story fits them."""

    def __init__(
        self,
        settings: DedupSettings,
        model: MergeModel,
        load_story: Callable[[str], OpenStory | None] | None = None,
        *,
        all_inputs: bool = False,
    ) -> None:
        """Make a clusterer without stories; ``load_story`` reads an open story from its rows.

        With ``all_inputs``, for training, also the inputs that have no weight in the model are
        computed.
        """
        self._settings = settings
        self._model = model
        shared = [model.weights[INPUTS.index(name)] for name in SHARED_TEXT]
        self._shared_text = all_inputs or any(shared)
        self.frequencies = DocumentFrequencies(model.common_words)
        self._comparer = Comparer(self.frequencies)
        self._index = StoryIndex()
        self.stories = OpenStories(load_story)

    def find_matches(self, article: FeatureBatch, extra: Iterable[str] = ()) -> list[Match]:
        """Return the stories that an article might belong to, best first.

        ``extra`` adds candidates.
        """
        most, least = self._settings.candidates, self._settings.candidate_share
        found = self._index.search(article.field("keys"), most, least)
        found += [one for one in extra if one in self.stories and one not in found]
        return self.score_stories(article, found)

    def score_stories(self, article: FeatureBatch, story_ids: list[str]) -> list[Match]:
        """Return how well an article fits the named open stories, best first."""
        matches = self._score_groups(
            article, [(one, self.stories[one].features) for one in story_ids]
        )
        return sorted(matches, key=lambda match: (-match.score, match.story_id))

    def _score_groups(
        self, article: FeatureBatch, groups: Sequence[tuple[str, FeatureBatch]]
    ) -> list[Match]:
        """Return how well an article fits groups of articles, each with a name, in order."""
        if not groups:
            return []
        parts = [features for _name, features in groups]
        many = feature_batch.concatenate(parts, without=_NOT_COMPARED)
        pairs = self._comparer.compare(article, many)
        sizes = [len(features) for features in parts]
        form = self._comparer.compare_form(article, many)
        needed = quote_same_speaker(article, many, pairs) | (form >= SAME_FORM)
        self._fill_shared_text(article, parts, needed, pairs)
        inputs = story_inputs(pairs, sizes)
        odds = self._model.log_odds(inputs)
        occasions = is_different_occasion(article, many, pairs)
        instances = is_another_instance(form, pairs[:, _GRAMS])
        matches, start = [], 0
        for i, ((name, _features), size) in enumerate(zip(groups, sizes, strict=True)):
            rows = slice(start, start + size)
            separation = SeparationReason.INSTALMENT if instances[rows].any() else None
            if occasions[rows].max() > 0 and occasions[rows].min() >= 0:
                separation = SeparationReason.OCCASION
            score = probability(float(odds[i]))
            score = min(score, MAX_SCORE) if separation else score
            matches.append(Match(name, score, separation, inputs[i], pairs[rows, _BODY]))
            start += size
        return matches

    def _fill_shared_text(
        self,
        article: FeatureBatch,
        parts: list[FeatureBatch],
        needed: npt.NDArray[np.bool_],
        pairs: Matrix,
    ) -> None:
        """Compare shingles, the longest lists of all, only where the result depends on them."""
        if not self._shared_text and not needed.any():
            return
        start = 0
        for features in parts:
            end = start + len(features)
            if self._shared_text or needed[start:end].any():
                self._comparer.compare_shared_text(article, features, pairs[start:end])
            start = end

    def open_story(self, story_id: str, article_id: str, article: FeatureBatch) -> None:
        """Open a story with its first article."""
        self.stories[story_id] = OpenStory([article_id], article, [0.0])
        self._index.add(story_id, article.field("keys"))

    def add_article(
        self,
        story_id: str,
        article_id: str,
        article: FeatureBatch,
        similarities: Matrix | None = None,
    ) -> None:
        """Add an article to a story; a representative between the first and the latest is removed.

        ``similarities`` are those of the article's `Match` with the story, if there is one.
        """
        group = self.stories[story_id]
        if similarities is None:
            similarities = self._comparer.compare(article, group.features)[:, _BODY]
        group.centrality = [
            round(old + float(more), 4)
            for old, more in zip(group.centrality, similarities, strict=True)
        ]
        group.members.append(article_id)
        group.features = feature_batch.concatenate([group.features, article])
        group.centrality.append(round(float(similarities.sum()), 4))
        self._index.add(story_id, article.field("keys"))
        if len(group.members) > FIRST_REPRESENTATIVES + LATEST_REPRESENTATIVES:
            self.remove_representative(story_id, FIRST_REPRESENTATIVES)

    def remove_representative(self, story_id: str, index: int) -> None:
        """Remove one of a story's representatives, given by its place among them."""
        group = self.stories[story_id]
        self._index.remove_keys(story_id, group.features.select(index).field("keys"))
        group.features = group.features.without(index)
        del group.members[index], group.centrality[index]

    def load_stories(self, stories: Sequence[tuple[str, bytes]]) -> None:
        """Add open stories to an empty clusterer, each with all keys of its representatives."""
        self._index.add_many(stories)
        self.stories.add_unloaded([story_id for story_id, _keys in stories])

    def close_story(self, story_id: str) -> None:
        """Close a story: no article joins it any more."""
        if self.stories.discard(story_id):
            self._index.remove(story_id)

    def merge_stories(self, kept: str, merged: str) -> None:
        """Move the representatives of the story ``merged`` to the story ``kept``."""
        group = self.stories[merged]
        parts = [(m, group.features.select(i)) for i, m in enumerate(group.members)]
        self.close_story(merged)
        for article_id, article in parts:
            self.add_article(kept, article_id, article)

    def merge_score(self, one: str, other: str) -> float:
        """Return how well the smaller story's articles would fit the larger if they came now."""
        large, small = sorted((one, other), key=lambda s: (-len(self.stories[s].members), s))
        return self._mean_fit(self.stories[small].features, self.stories[large].features)

    def _mean_fit(self, some: FeatureBatch, others: FeatureBatch) -> float:
        """Return how well the articles ``some`` fit a group: the mean of their log-odds."""
        fits = [self._score_groups(some.select(i), [("", others)])[0] for i in range(len(some))]
        return probability(float(np.mean([log_odds(fit.score) for fit in fits])))

    def find_bipartition(self, story_id: str) -> Bipartition | None:
        """Return the two groups into which a story falls, or None if it is one story.

        Each group must have at least two articles, hold together as well as an article that joins a
        story, and fit the other group badly both ways. The smaller group leaves; of equally large
        ones the later.
        """
        group = self.stories[story_id]
        if len(group.members) < 2 * MIN_GROUP_SIZE:
            return None
        singly = [group.features.select(i) for i in range(len(group.members))]
        named = [(str(i), one) for i, one in enumerate(singly)]
        links = np.array(
            [[log_odds(m.score) for m in self._score_groups(one, named)] for one in singly]
        )
        stay, leave = bipartition((links + links.T) / 2)
        if len(leave) < MIN_GROUP_SIZE:
            return None
        parts = [feature_batch.concatenate([singly[i] for i in part]) for part in (stay, leave)]
        across = max(self._mean_fit(parts[0], parts[1]), self._mean_fit(parts[1], parts[0]))
        if across >= self._settings.part_score:
            return None
        inside = [
            np.mean([self._log_odds_with_rest(part, i) for i in range(len(part))]) for part in parts
        ]
        if probability(float(min(inside))) < self._settings.join_score:
            return None
        return Bipartition([group.members[i] for i in leave], across)

    def _log_odds_with_rest(self, part: FeatureBatch, index: int) -> float:
        """Return the log-odds that one of several articles belongs to the others."""
        return log_odds(
            self._score_groups(part.select(index), [("", part.without(index))])[0].score
        )

    def split_story(self, story_id: str, leaving: Sequence[str], new_id: str) -> None:
        """Move the representatives ``leaving`` to a new story."""
        group = self.stories[story_id]
        parts = [(m, group.features.select(i)) for i, m in enumerate(group.members)]
        self.close_story(story_id)
        for article_id, article in parts:
            where = new_id if article_id in leaving else story_id
            if where in self.stories:
                self.add_article(where, article_id, article)
            else:
                self.open_story(where, article_id, article)
