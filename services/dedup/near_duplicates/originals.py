"""Find the article that a new one copies: candidates from the window, verified by their rows."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.article import CopyKind, Verdict
from services.dedup import verdicts
from services.dedup.features.article_features import Features
from services.dedup.near_duplicates.copies import KnownWords, TextOverlap, copy_kind, text_overlap
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import ArticleRow
from services.dedup.storage.row_batch import RowBatch


@dataclass(frozen=True, slots=True)
class OriginalMatch:
    """The article that a new one copies, and its story."""

    verdict: Verdict
    overlap: TextOverlap
    story_id: str | None


def find_original(
    features: Features,
    candidates: list[str],
    batch: RowBatch,
    settings: DedupSettings,
    is_known: KnownWords,
) -> OriginalMatch | None:
    """Return the best verified candidate, or None; for a copy of a copy, the original is named."""
    window_seconds = int(settings.copies_kept.total_seconds())
    best: tuple[float, str, ArticleRow, CopyKind, TextOverlap] | None = None
    for other_id in candidates:
        other = batch.article(other_id)
        if other is None or other.touched + window_seconds < batch.clock:
            continue
        overlap = text_overlap(features, other.features)
        kind = copy_kind(features, other.features, overlap, settings, is_known)
        if kind is None:
            continue
        rank = overlap.exact + overlap.jaccard + max(overlap.share_of_new, overlap.share_of_old)
        if best is None or rank > best[0]:
            best = rank, other_id, other, kind, overlap
    if best is None:
        return None
    _rank, other_id, other, kind, overlap = best
    root_id = other.details.copy_of
    if root_id:
        root = batch.article(root_id)
        overlap = text_overlap(features, root.features) if root else overlap
        other_id = root_id
    return OriginalMatch(verdicts.copy(kind, other_id, overlap), overlap, other.details.story_id)
