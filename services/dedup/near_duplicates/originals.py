"""Find the original of a copy: check each candidate from the article index on its stored row."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.article import CopyKind
from services.dedup.features.article_features import ArticleFeatures
from services.dedup.near_duplicates.copies import (
    KnownTerms,
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


def find_original(
    features: ArticleFeatures,
    candidates: list[str],
    batch: RowBatch,
    settings: DedupSettings,
    is_known: KnownTerms,
) -> OriginalMatch | None:
    """Return the original of an article, or None if it copies none of the candidates.

    Of several candidates the most similar one counts. If that one is itself a copy, its original
    is returned.
    """
    kept_seconds = int(settings.copies_kept.total_seconds())
    best: tuple[float, str, ArticleRow, CopyKind, TextOverlap] | None = None
    for candidate_id in candidates:
        candidate = batch.article(candidate_id)
        if candidate is None or candidate.touched + kept_seconds < batch.clock:
            continue
        overlap = text_overlap(features, candidate.features)
        kind = classify_copy(features, candidate.features, overlap, settings, is_known)
        if kind is None:
            continue
        containment = max(overlap.share_of_new, overlap.share_of_old)
        rank = overlap.exact + overlap.jaccard + containment
        if best is None or rank > best[0]:
            best = rank, candidate_id, candidate, kind, overlap
    if best is None:
        return None
    _rank, original_id, row, kind, overlap = best
    root_id = row.details.copy_of
    if root_id:
        root = batch.article(root_id)
        overlap = text_overlap(features, root.features) if root else overlap
        original_id = root_id
    return OriginalMatch(original_id, kind, overlap, row.details.story_id)
