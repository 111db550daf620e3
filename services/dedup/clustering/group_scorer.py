"""Score how well an article fits groups of other articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.clustering.comparison import (
    COLUMNS,
    TEXT_OVERLAP_COLUMNS,
    ArticleComparer,
    Matrix,
)
from services.dedup.clustering.doubts import doubts
from services.dedup.clustering.merge_score import (
    INPUTS,
    MergeModel,
    log_odds,
    probability,
    story_inputs,
)
from services.dedup.clustering.same_speaker import compare_occasions, rest_on_same_speaker
from services.dedup.features.document_frequency import DocumentFrequencies
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.features.recurring_template import (
    SAME_TEMPLATE_SHARE,
    SKELETON_SHARE,
    compare_names_and_numbers,
    is_another_instalment,
    is_filled_in_anew,
)

MIN_SKELETON_SIMILARITY: Final = 0.5
"""Similarity of two bodies from which they may have one skeleton, and their texts are compared."""
MAX_CANNOT_LINK_SCORE: Final = 0.05
"""Highest merge score where a cannot-link rule applies: no other evidence outweighs the rule."""
_BODY = COLUMNS.index("body_cosine")
_SHINGLES = COLUMNS.index("shingle_containment")
_COMPARED_ON_DEMAND: Final = ("shingles", "quoted_shingles", "story_keys")
"""Array fields that are not needed of all groups at once; see `_fill_text_overlap`."""


class CannotLink(StrEnum):
    """A rule that keeps an article out of a story however similar they are."""

    OTHER_OCCASION = "the same speaker as in another story, but on another occasion"
    OTHER_INSTALMENT = "another instalment of its outlet's series"
    OTHER_COMPANY = "the ticker of another company in its title"


@dataclass(frozen=True, slots=True)
class Match:
    """How an article fits one group of articles."""

    story_id: str
    """Name of the group."""
    score: float
    """Probability that the article belongs to it, from 0 to 1."""
    cannot_link: CannotLink | None
    inputs: Matrix
    """What the score was computed from: one value for each of `merge_score.INPUTS`."""
    similarities: Matrix
    """Similarity of the article's body to that of each article of the group."""


class GroupScorer:
    """Scores articles against groups with the merge score and the cannot-link rules."""

    def __init__(
        self, model: MergeModel, frequencies: DocumentFrequencies, *, fill_all_inputs: bool = False
    ) -> None:
        """Prepare to score.

        With ``fill_all_inputs`` also the inputs without a weight are computed; training needs them.
        """
        self._model = model
        self._comparer = ArticleComparer(frequencies)
        overlap_weights = [model.weights[INPUTS.index(name)] for name in TEXT_OVERLAP_COLUMNS]
        self._always_fill_text_overlap = fill_all_inputs or any(overlap_weights)

    def score_groups(
        self, article: FeatureBatch, groups: Sequence[tuple[str, FeatureBatch]]
    ) -> list[Match]:
        """Return how an article fits each of several named groups of articles, in their order."""
        if not groups:
            return []
        batches = [features for _name, features in groups]
        sizes = [len(features) for features in batches]
        unused = () if len(article.array("tickers")) else ("tickers",)
        many = FeatureBatch.concatenate(batches, leave_empty=(*_COMPARED_ON_DEMAND, *unused))
        pairs = self._comparer.compare(article, many)
        templates = self._comparer.shared_template(article, many)
        may_have_one_skeleton = (templates >= SKELETON_SHARE) | (
            pairs[:, _BODY] >= MIN_SKELETON_SIMILARITY
        )
        needs_overlap = (
            rest_on_same_speaker(article, many, pairs)
            | (templates >= SAME_TEMPLATE_SHARE)
            | may_have_one_skeleton
        )
        self._fill_text_overlap(article, batches, needs_overlap, pairs)
        inputs = story_inputs(pairs, sizes)
        odds = self._model.log_odds(inputs)
        names = self._comparer.common_names(article, many)
        odds -= doubts(article, many, inputs, sizes, names)
        occasions = compare_occasions(article, many, pairs)
        companies = self._comparer.compare_companies(article, many)
        instalments = is_another_instalment(templates, pairs[:, _SHINGLES])
        tables = self._comparer.are_tables(article, many)
        if may_have_one_skeleton.any() or tables.any():
            numbers = self._comparer.common_numbers(article, many)
            agreement = compare_names_and_numbers(names, numbers)
            instalments |= tables & agreement.either_differs & (companies >= 0)
            instalments |= is_filled_in_anew(templates, pairs[:, _SHINGLES], agreement)
        matches, start = [], 0
        for i, ((name, _features), size) in enumerate(zip(groups, sizes, strict=True)):
            rows = slice(start, start + size)
            cannot_link = _cannot_link(occasions[rows], instalments[rows], companies[rows])
            score = probability(float(odds[i]))
            if cannot_link:
                score = min(score, MAX_CANNOT_LINK_SCORE)
            matches.append(Match(name, score, cannot_link, inputs[i], pairs[rows, _BODY]))
            start += size
        return matches

    def mean_fit(self, articles: FeatureBatch, group: FeatureBatch) -> float:
        """Return how well several articles fit a group: the mean of their log-odds, as a score."""
        odds = [self._fit(articles.article(i), group) for i in range(len(articles))]
        return probability(float(np.mean(odds)))

    def cohesion(self, group: FeatureBatch) -> float:
        """Return how well each article of a group fits its other articles, as a mean score."""
        odds = [self._fit(group.article(i), group.without(i)) for i in range(len(group))]
        return probability(float(np.mean(odds)))

    def pairwise_log_odds(self, articles: Sequence[FeatureBatch]) -> Matrix:
        """Return the log-odds that two articles belong together, as a symmetric matrix."""
        named = [(str(i), one) for i, one in enumerate(articles)]
        odds = np.array(
            [[log_odds(match.score) for match in self.score_groups(one, named)] for one in articles]
        )
        symmetric: Matrix = (odds + odds.T) / 2
        return symmetric

    def body_similarities(self, article: FeatureBatch, many: FeatureBatch) -> Matrix:
        """Return the similarity of an article's body to that of each of many articles."""
        return self._comparer.compare(article, many)[:, _BODY]

    def _fit(self, article: FeatureBatch, group: FeatureBatch) -> float:
        """Return the log-odds that an article belongs to a group."""
        return log_odds(self.score_groups(article, [("", group)])[0].score)

    def _fill_text_overlap(
        self,
        article: FeatureBatch,
        batches: list[FeatureBatch],
        is_needed: npt.NDArray[np.bool_],
        pairs: Matrix,
    ) -> None:
        """Fill the text overlap of the groups whose score depends on it.

        Shingles are the longest arrays of all, so they are not compared without need.
        """
        if not self._always_fill_text_overlap and not is_needed.any():
            return
        start = 0
        for features in batches:
            end = start + len(features)
            if self._always_fill_text_overlap or is_needed[start:end].any():
                self._comparer.fill_text_overlap(article, features, pairs[start:end])
            start = end


def _cannot_link(
    occasions: npt.NDArray[np.int8],
    instalments: npt.NDArray[np.bool_],
    companies: npt.NDArray[np.int8],
) -> CannotLink | None:
    """Return the rule that keeps an article out of a group, from its comparison with each article.

    A group is another occasion, or of another company, if at least one article says so and none
    says it is the same.
    """
    if companies.max() > 0 and companies.min() >= 0:
        return CannotLink.OTHER_COMPANY
    if occasions.max() > 0 and occasions.min() >= 0:
        return CannotLink.OTHER_OCCASION
    return CannotLink.OTHER_INSTALMENT if instalments.any() else None
