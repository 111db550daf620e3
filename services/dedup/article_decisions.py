"""Decide on an article: a new one, a revision or a retraction.

Each function changes the shard's state and the batch, and returns the article's new row, which
the caller writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from schemas.article import Status, TaggedArticle, Verdict
from services.dedup import verdicts
from services.dedup.article_changes import remember_fields
from services.dedup.clustering.story_keys import select_story_keys
from services.dedup.features.article_features import ArticleFeatures, extract_features
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates.article_index import fingerprint
from services.dedup.near_duplicates.boilerplate import without_repeated
from services.dedup.near_duplicates.copies import text_overlap
from services.dedup.near_duplicates.originals import find_original
from services.dedup.shard_state import ShardState
from services.dedup.storage.article_row import ArticleDetails, ArticleRow
from services.dedup.storage.row_batch import RowBatch
from services.dedup.stories.expiry import count_terms
from services.dedup.stories.story_fields import ListedVerdict
from services.dedup.stories.story_row import short_hash
from services.messaging.revision import revised_fields

INDEXED_COPY_SHARE: Final = 0.9
"""A copy with less than this share of its text from the original is indexed too, so that copies
of what it added are found; they still name the original."""
_MAX_SOURCE_CHARS: Final = 200
_NO_KEYS: Hashes = np.zeros(0, dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class ArticleDecision:
    """What was decided on an article."""

    verdict: Verdict
    story_id: str | None
    changed: list[str]
    """Ids of the stories that changed."""
    row: ArticleRow


def decide_new(state: ShardState, article: TaggedArticle, batch: RowBatch) -> ArticleDecision:
    """Decide whether a new article is an original or a copy, and assign it to a story."""
    features = extract_features(article, state.settings)
    keys = fingerprint(features)
    candidates = state.window.search(keys)
    state.compared_originals = len(candidates)
    found = find_original(
        article,
        features,
        candidates,
        batch,
        settings=state.settings,
        frequencies=state.frequencies,
    )
    match = found.original
    repeated = found.with_boilerplate if match is None else []
    if repeated:
        rest = without_repeated(article, [one.features for one in repeated])
        features = features.for_stories_as(extract_features(rest, state.settings))
    row = _new_row(state, article, features, keys)
    if match is None:
        verdict = verdicts.original(features)
        strangers = [one.details.story_id for one in repeated]
        outcome = _assign_story(state, article, row, verdict, batch, strangers=strangers)
    else:
        verdict = verdicts.copy(match.copy_kind, match.article_id, match.overlap)
        row.details.copy_of = match.article_id
        if match.overlap.share_of_new >= INDEXED_COPY_SHARE:
            row = replace(row, index=_NO_KEYS)
        story = state.stories.writer.resolve(match.story_id, batch)
        if story is None:
            outcome = _assign_story(state, article, row, verdict, batch)
        else:
            state.stories.add_copy(article, features.event_time, story, batch)
            outcome = ArticleDecision(verdict, story[0], [story[0]], row)
    state.window.add(article.article_id, outcome.row.index)
    count_terms(state.frequencies, features)
    return outcome


def decide_revision(
    state: ShardState,
    article: TaggedArticle,
    known: ArticleRow,
    changed: list[str],
    batch: RowBatch,
) -> ArticleDecision:
    """Decide on a new revision of a known article; `changed` names the fields that differ."""
    features = extract_features(article, state.settings)
    row = _new_row(state, article, features, fingerprint(features))
    old, new = known.details, row.details
    new.revision = old.revision + 1
    new.history = old.history
    new.resolutions = old.resolutions
    new.copy_of = old.copy_of
    verdict = verdicts.revision(
        new.revision,
        old.history[-1].revision_id,
        changed,
        text_overlap(features, known.features),
    )
    count_terms(state.frequencies, known.features, remove=True)
    count_terms(state.frequencies, features)
    is_unindexed_copy = old.copy_of is not None and not len(known.index)
    state.window.remove(article.article_id, known.index)
    row, with_story_keys = _with_story_keys(
        state, replace(row, index=_NO_KEYS) if is_unindexed_copy else row
    )
    state.window.add(article.article_id, row.index)
    story = state.stories.writer.resolve(old.story_id, batch)
    if story is None:
        return _assign_story(state, article, row, verdict, batch)
    if "status" in changed:
        story[1].restore_article(article.article_id, _listed_verdict(old))
    source = article.source[:_MAX_SOURCE_CHARS]
    reason = f"{source} revised its article: {', '.join(changed)}"
    story_id, stories = state.stories.revise(article, with_story_keys, story, reason, batch)
    state.expiry.schedule_stories([one for one in stories if one != story[0]], state.clock.now)
    return ArticleDecision(verdict, story_id, stories, row)


def decide_retraction(
    state: ShardState,
    article: TaggedArticle,
    known: ArticleRow | None,
    changed: list[str],
    batch: RowBatch,
) -> ArticleDecision:
    """Decide on a retraction, of a known article or of one that never came.

    `changed` names the fields that differ.
    """
    if known is None:
        features = extract_features(article, state.settings)
        row = _new_row(state, article, features, _NO_KEYS)
        count_terms(state.frequencies, features)
        return ArticleDecision(verdicts.retraction(1, None, changed), None, [], row)
    details = known.details
    verdict = verdicts.retraction(details.revision + 1, details.history[-1].revision_id, changed)
    story = state.stories.writer.resolve(details.story_id, batch)
    stories = []
    if story is not None and details.status != Status.RETRACTED:
        state.stories.retract(article, _listed_verdict(details), story, batch)
        stories = [story[0]]
    state.window.remove(article.article_id, known.index)
    details.status = Status.RETRACTED.value
    details.revision += 1
    remember_fields(details, article)
    row = ArticleRow(known.features, _NO_KEYS, state.clock.now, state.next_serial(), details)
    return ArticleDecision(verdict, story[0] if story else None, stories, row)


def _new_row(
    state: ShardState, article: TaggedArticle, features: ArticleFeatures, keys: Hashes
) -> ArticleRow:
    return ArticleRow(features, keys, state.clock.now, state.next_serial(), _details(article))


def _assign_story(
    state: ShardState,
    article: TaggedArticle,
    row: ArticleRow,
    verdict: Verdict,
    batch: RowBatch,
    *,
    strangers: Sequence[str | None] = (),
) -> ArticleDecision:
    """Assign an article to a story that is not among `strangers`."""
    row, features = _with_story_keys(state, row)
    resolved = [state.stories.writer.resolve(one, batch) for one in strangers]
    excluded = {story[0] for story in resolved if story is not None}
    story_id, changed = state.stories.assign(article, features, batch, excluded)
    state.expiry.schedule_stories(changed, state.clock.now)
    return ArticleDecision(verdict, story_id, changed, row)


def _with_story_keys(state: ShardState, row: ArticleRow) -> tuple[ArticleRow, FeatureBatch]:
    """Choose the keys under which the article's story is found; return them in both forms."""
    features = FeatureBatch.from_features(row.features)
    keys = select_story_keys(features, state.frequencies)
    row = replace(row, features=replace(row.features, story_keys=keys))
    return row, features.with_story_keys(keys)


def _details(article: TaggedArticle) -> ArticleDetails:
    details = ArticleDetails(
        url=article.url,
        source=article.source,
        title=article.title,
        body_hash=short_hash(article.body),
        published=revised_fields(article)["published"] or None,
        status=article.status.value,
        revision=1,
        history=[],
        story_id=None,
    )
    remember_fields(details, article)
    return details


def _listed_verdict(details: ArticleDetails) -> ListedVerdict:
    return ListedVerdict.COPY if details.copy_of is not None else ListedVerdict.ORIGINAL
