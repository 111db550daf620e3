"""Whose copy an article is: candidates from the window, verified on their rows."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.article import CopyKind, Verdict
from services.dedup import verdicts
from services.dedup.features.article_features import Features
from services.dedup.near_duplicates.copies import Known, Likeness, copy_kind, likeness
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import ArticleRow
from services.dedup.storage.row_batch import Batch


@dataclass(frozen=True, slots=True)
class Found:
    """The article that a new one copies, and its story."""

    verdict: Verdict
    alike: Likeness
    story_id: str | None


def find_original(
    one: Features, candidates: list[str], batch: Batch, settings: DedupSettings, known: Known
) -> Found | None:
    """Return the best verified candidate; a copy of a copy names the original."""
    kept = int(settings.copies_kept.total_seconds())
    best: tuple[float, str, ArticleRow, CopyKind, Likeness] | None = None
    for other_id in candidates:
        other = batch.article(other_id)
        if other is None or other.touched + kept < batch.clock:
            continue
        alike = likeness(one, other.features)
        kind = copy_kind(one, other.features, alike, settings, known)
        if kind is None:
            continue
        rank = alike.exact + alike.jaccard + max(alike.share_of_new, alike.share_of_old)
        if best is None or rank > best[0]:
            best = rank, other_id, other, kind, alike
    if best is None:
        return None
    _rank, other_id, other, kind, alike = best
    root_id = other.more.get("r")
    if root_id:
        root = batch.article(root_id)
        alike = likeness(one, root.features) if root else alike
        other_id = root_id
    return Found(verdicts.copy(kind, other_id, alike), alike, other.more["s"])
