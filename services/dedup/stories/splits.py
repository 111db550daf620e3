"""Split a story that turns out to be two: which articles leave, and the rows of both stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from schemas.article import TaggedArticle
from schemas.story import StoryChange
from services.dedup.clustering.bipartition import Bipartition
from services.dedup.clustering.clusterer import Clusterer
from services.dedup.features.article_features import entity_key
from services.dedup.features.event_time import listed_precision
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.features.tokens import Hashes
from services.dedup.storage.article_row import ArticleRow
from services.dedup.storage.row_batch import RowBatch
from services.dedup.stories.story_fields import EntityWeight, ListedArticle
from services.dedup.stories.story_row import MAX_SPLITS, StoryRow
from services.dedup.stories.story_writer import StoryWriter, existing_row

GROWTH_BEFORE_CHECK: Final = 1.5
"""By how much a story must have grown since the last check before it is checked again."""
CERTAIN_SCORE: Final = 0.9
"""Score of a joining article from which the story is not checked at all."""
MIN_ORIGINALS: Final = 3
"""A story of so few originals is never checked."""
MAX_ARTICLES: Final = 64
"""Articles that a story may have to be split: all rows are read and half are written."""
_SALIENCE_UNITS: Final = 255


@dataclass(frozen=True, slots=True)
class Split:
    """A new story that was split off another."""

    story_id: str
    row: StoryRow
    articles: set[str]
    """Ids of the articles that left the old story."""


@dataclass(frozen=True, slots=True)
class _CountedArticle:
    """What a story sums up of an article."""

    source: str
    title: str
    published: str | None
    event_time: int
    entities: Hashes
    saliences: npt.NDArray[np.uint8]


def split_if_two(
    writer: StoryWriter,
    story_id: str,
    joining: tuple[TaggedArticle, FeatureBatch],
    score: float,
    batch: RowBatch,
) -> Split | None:
    """Split the story that an article has joined with a score, if it turns out to be two.

    Returns the new story, or None if the story stays as it is.
    """
    row = existing_row(story_id, batch)
    if not is_check_due(row, score):
        return None
    batch.put_story(story_id)
    bipartition = writer.clusterer.find_bipartition(story_id)
    if bipartition is None:
        return None
    split = split_story((story_id, row), bipartition, joining, writer.clusterer, batch)
    if split is None:
        return None
    row.split_into = [*row.split_into, split.story_id][-MAX_SPLITS:]
    split.row.split_from = story_id
    batch.add_story(split.story_id, split.row)
    scored = f"score {bipartition.score:.2f}"
    reason = f"parted from story {story_id}, which reports something else: {scored}"
    writer.save_version(split.story_id, split.row, StoryChange.CREATED, reason, batch)
    reason = f"{len(split.articles)} of its articles report something else: {scored}, "
    reason += f"story {split.story_id}"
    writer.save_version(story_id, row, StoryChange.SPLIT, reason, batch)
    return split


def is_check_due(row: StoryRow, score: float) -> bool:
    """Return whether to check a story for being two now, and note in the row that it is checked.

    `score` is that of the article that has just joined. An article that fits all the others is
    evidence that they are one story, and the check is saved.
    """
    if score >= CERTAIN_SCORE:
        return False
    originals = row.counts.originals
    threshold = GROWTH_BEFORE_CHECK * max(row.originals_at_split_check, MIN_ORIGINALS)
    is_due = originals >= threshold and row.article_count <= MAX_ARTICLES
    if is_due:
        row.originals_at_split_check = originals
    return is_due


def split_story(
    story: tuple[str, StoryRow],
    bipartition: Bipartition,
    joining: tuple[TaggedArticle, FeatureBatch],
    clusterer: Clusterer,
    batch: RowBatch,
) -> Split | None:
    """Split a story, given by id and row, which the article `joining` has just joined.

    The representatives are divided as in `bipartition`; every other article goes with the part
    that it fits better, and a copy with its original. If an article's row has expired, the sums
    of the two stories can't be computed: nothing is changed and None is returned.
    """
    (story_id, row), (article, features) = story, joining
    others = [one.article_id for one in row.articles if one.article_id != article.article_id]
    rows = {one: found for one in others if (found := batch.article(one)) is not None}
    if len(rows) < len(others):
        return None
    first = next(one.article_id for one in row.articles if one.article_id in bipartition.leaving)
    revision = rows[first].details.history[-1].revision_id if first in rows else article.revision_id
    new_id = batch.unused_story_id(first, revision)
    clusterer.split_story(story_id, bipartition.leaving, new_id)
    leaving = _leaving(bipartition.leaving, (story_id, new_id), rows, clusterer)
    counted = {one: _counted(found) for one, found in rows.items()}
    counted[article.article_id] = _CountedArticle(
        article.source,
        article.title,
        article.published.value if article.published else None,
        int(features.scalar("event_time")[0]),
        features.array("entity_keys"),
        features.array("entity_saliences"),
    )
    new = _row_of(row, [one for one in row.articles if one.article_id in leaving], counted)
    rest = _row_of(row, [one for one in row.articles if one.article_id not in leaving], counted)
    _copy_sums(rest, row)
    for one in leaving & rows.keys():
        rows[one].details.story_id = new_id
        batch.put_article(one, rows[one])
    return Split(new_id, new, leaving)


def _leaving(
    representatives: Iterable[str],
    stories: tuple[str, str],
    rows: dict[str, ArticleRow],
    clusterer: Clusterer,
) -> set[str]:
    leaving = set(representatives)
    represented = {one for story in stories for one in clusterer.stories[story].article_ids}
    for article_id, row in rows.items():
        if article_id not in represented and row.details.copy_of is None:
            best = clusterer.score_stories(FeatureBatch.from_features(row.features), list(stories))[
                0
            ]
            leaving |= {article_id} if best.story_id == stories[1] else set()
    copies = {article_id for article_id, row in rows.items() if row.details.copy_of in leaving}
    return leaving | copies


def _counted(row: ArticleRow) -> _CountedArticle:
    features, details = row.features, row.details
    return _CountedArticle(
        details.source,
        details.title,
        details.published,
        features.event_time,
        features.entity_keys,
        features.entity_saliences,
    )


def _row_of(
    whole: StoryRow, listed: list[ListedArticle], counted: dict[str, _CountedArticle]
) -> StoryRow:
    """Return the row of some of a story's articles; the names of entities are the whole's."""
    ids = {entity_key(one.name, one.type): entity_id for entity_id, one in whole.entities.items()}
    row = StoryRow.new(listed[0].at, "")
    row.languages = list(whole.languages)
    row.headline = counted[listed[0].article_id].title
    row.headline_article = listed[0].article_id
    for one in listed:
        article = counted[one.article_id]
        pairs = zip(article.entities.tolist(), article.saliences.tolist(), strict=True)
        entities = {
            ids[key]: EntityWeight(
                whole.entities[ids[key]].name,
                whole.entities[ids[key]].type,
                salience / _SALIENCE_UNITS,
            )
            for key, salience in pairs
            if key in ids
        }
        precision = listed_precision(article.published, article.event_time, one.at)
        row.count_article(one, article.source, entities, precision)
    row.add_external_ids(whole.external_ids)
    row.addressed = {one: it for one, it in whole.addressed.items() if one in row.entities}
    article_ids = {one.article_id for one in listed}
    row.summary = [sentence for sentence in whole.summary if sentence.article_id in article_ids]
    row.originals_at_split_check = row.counts.originals
    return row


def _copy_sums(source: StoryRow, target: StoryRow) -> None:
    """Copy everything that is summed up over articles."""
    target.articles = source.articles
    target.counts = source.counts
    target.outlets = source.outlets
    target.entities = source.entities
    target.external_ids = source.external_ids
    target.addressed = source.addressed
    target.period = source.period
    target.start_precision = source.start_precision
    target.latest_precision = source.latest_precision
    target.growth = source.growth
    target.summary = source.summary
    target.originals_at_split_check = source.originals_at_split_check
    target.headline = source.headline
    target.headline_article = source.headline_article
