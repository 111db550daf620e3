"""Make the verdicts, each with its reason."""

from __future__ import annotations

from schemas.article import CopyKind, Verdict, VerdictKind
from services.dedup.features.article_features import ArticleFeatures
from services.dedup.near_duplicates.copies import METHOD, TextOverlap


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def original(features: ArticleFeatures) -> Verdict:
    """Return the verdict on an article whose text no earlier article has."""
    reason = (
        "no earlier article has its text" if features.shingle_count else "it has no text to compare"
    )
    return Verdict(kind=VerdictKind.ORIGINAL, reason=reason, revision=1, method=METHOD)


def copy(kind: CopyKind, original_id: str, overlap: TextOverlap) -> Verdict:
    """Return the verdict on a copy of an earlier article."""
    if kind is CopyKind.EXACT:
        reason = "word for word an earlier article"
    elif overlap.share_of_new >= overlap.share_of_old:
        reason = f"{_percent(overlap.share_of_new)} of its text stands in an earlier article"
    else:
        reason = f"it holds {_percent(overlap.share_of_old)} of an earlier article's text"
    return Verdict(
        kind=VerdictKind.COPY,
        reason=reason,
        revision=1,
        copy_of=original_id,
        copy_kind=kind,
        similarity=round(overlap.jaccard, 4),
        share_in_original=round(overlap.share_of_new, 4),
        share_of_original=round(overlap.share_of_old, 4),
        method=METHOD,
    )


def revision(number: int, previous: str, changed: list[str], overlap: TextOverlap) -> Verdict:
    """Return the verdict on a new revision of a known article.

    `number` is the number of the revision, `previous` the id of the one before, `changed` the
    names of the changed fields, `overlap` what the two texts share.
    """
    return Verdict(
        kind=VerdictKind.REVISION,
        reason=f"revision {number} of the article: changed {', '.join(changed)}",
        revision=number,
        previous_revision_id=previous,
        changed=changed,
        similarity=1.0 if overlap.exact else round(overlap.jaccard, 4),
        method=METHOD,
    )


def retraction(number: int, previous: str | None, changed: list[str]) -> Verdict:
    """Return the verdict on an article that its outlet has withdrawn.

    `previous` is the id of its last revision; None if the article is not known. `changed` are
    the names of the changed fields.
    """
    reason = "the outlet withdrew the article"
    return Verdict(
        kind=VerdictKind.RETRACTION,
        reason=reason if previous else reason + ", which is not known here",
        revision=number,
        previous_revision_id=previous,
        changed=changed,
        method="status",
    )
