"""Verdicts with their reasons."""

from __future__ import annotations

from schemas.article import CopyKind, Verdict, VerdictKind
from services.dedup.features.article_features import Features
from services.dedup.near_duplicates.copies import METHOD, Likeness


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def original(one: Features) -> Verdict:
    """No earlier article has its text."""
    reason = "no earlier article has its text" if one.size else "it has no text to compare"
    return Verdict(kind=VerdictKind.ORIGINAL, reason=reason, revision=1, method=METHOD)


def copy(kind: CopyKind, original_id: str, alike: Likeness) -> Verdict:
    """Return the text is that of an earlier article."""
    if kind is CopyKind.EXACT:
        reason = "word for word an earlier article"
    elif alike.share_of_new >= alike.share_of_old:
        reason = f"{_percent(alike.share_of_new)} of its text stands in an earlier article"
    else:
        reason = f"it holds {_percent(alike.share_of_old)} of an earlier article's text"
    return Verdict(
        kind=VerdictKind.COPY,
        reason=reason,
        revision=1,
        copy_of=original_id,
        copy_kind=kind,
        similarity=round(alike.jaccard, 4),
        share_in_original=round(alike.share_of_new, 4),
        share_of_original=round(alike.share_of_old, 4),
        method=METHOD,
    )


def revision(number: int, previous: str, changed: list[str], alike: Likeness) -> Verdict:
    """Return the same article with changed content."""
    what = ", ".join(changed) or "nothing that is compared"
    return Verdict(
        kind=VerdictKind.REVISION,
        reason=f"revision {number} of the article: changed {what}",
        revision=number,
        previous_revision_id=previous,
        changed=changed,
        similarity=1.0 if alike.exact else round(alike.jaccard, 4),
        method=METHOD,
    )


def retraction(number: int, previous: str | None) -> Verdict:
    """Return the outlet withdrew the article."""
    known = "the outlet withdrew the article"
    return Verdict(
        kind=VerdictKind.RETRACTION,
        reason=known if previous else known + ", which is not known here",
        revision=number,
        previous_revision_id=previous,
        changed=["status"] if previous else [],
        method="status",
    )
