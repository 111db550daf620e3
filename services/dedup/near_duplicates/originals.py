"""Find the original of a copy: check each candidate from the article index on its stored row.

What an outlet repeats in every article makes no copy, and no story either.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas.article import CopyKind, TaggedArticle
from services.dedup.features.article_features import ArticleFeatures
from services.dedup.features.document_frequency import DocumentFrequencies
from services.dedup.near_duplicates.boilerplate import is_boilerplate_alone
from services.dedup.near_duplicates.copies import (
    TextOverlap,
    classify_copy,
    text_overlap,
)
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import ArticleRow
from services.dedup.storage.row_batch import RowBatch


@dataclass(frozen=True, slots=True)
class OriginalMatch:
    """The article that a new article copies."""

    article_id: str
    copy_kind: CopyKind
    overlap: TextOverlap
    """What the new article shares with the original."""
    story_id: str | None
    """Story of the original."""


@dataclass(slots=True)
class Candidates:
    """What the candidates of an article turned out to be."""

    original: OriginalMatch | None = None
    """The article that it copies, if it is a copy."""
    with_boilerplate: list[ArticleRow] = field(default_factory=list)
    """Articles of its outlet with which it shares what the outlet repeats, and no more."""


def find_original(
    article: TaggedArticle,
    features: ArticleFeatures,
    candidates: list[str],
    batch: RowBatch,
    *,
    settings: DedupSettings,
    frequencies: DocumentFrequencies,
) -> Candidates:
    """Return the original of an article, if it copies one of the candidates.

    Of several candidates the most similar one counts. If that one is itself a copy, its original
    is returned.
    """
    kept_seconds = int(settings.copies_kept.total_seconds())
    found = Candidates()
    best: tuple[float, str, ArticleRow, CopyKind, TextOverlap] | None = None
    for candidate_id in candidates:
        candidate = batch.article(candidate_id)
        if candidate is None or candidate.touched + kept_seconds < batch.clock:
            continue
        overlap = text_overlap(features, candidate.features)
        kind = classify_copy(features, candidate.features, overlap, settings, frequencies.is_known)
        if candidate.details.source == article.source and is_boilerplate_alone(
            article, features, candidate.features, frequencies.idf
        ):
            found.with_boilerplate.append(candidate)
            continue
        if kind is None:
            continue
        containment = max(overlap.share_of_new, overlap.share_of_old)
        rank = overlap.exact + overlap.jaccard + containment
        if best is None or rank > best[0]:
            best = rank, candidate_id, candidate, kind, overlap
    if best is not None:
        found.original = _original(features, best[1:], batch)
    return found


def _original(
    features: ArticleFeatures,
    best: tuple[str, ArticleRow, CopyKind, TextOverlap],
    batch: RowBatch,
) -> OriginalMatch:
    original_id, row, kind, overlap = best
    root_id = row.details.copy_of
    if root_id:
        root = batch.article(root_id)
        overlap = text_overlap(features, root.features) if root else overlap
        original_id = root_id
    return OriginalMatch(original_id, kind, overlap, row.details.story_id)
