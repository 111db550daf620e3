"""Evaluation files as streams of tagged articles.

A row has `id`, `text`, and where known `title`, `date`, `source`, `url` and a gold
label. Dated rows come in order of their dates. Rows without a date come in a fixed
shuffled order, spread evenly between the dated ones.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from schemas.article import CleanArticle, DateSource, Precision, Provenance, StatedDate
from schemas.base import MAX_BODY_CHARS

EVAL = Path("../shared/eval")
FIRST_SEEN = datetime(2030, 1, 1, tzinfo=UTC)
"""When the first article without a date is taken in; the dates of others don't matter to it."""


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def shuffled(items: Sequence[Any], seed: int = 7) -> list[Any]:
    """The same items in an order fixed by ``seed``."""
    mixed = list(items)
    random.Random(seed).shuffle(mixed)  # noqa: S311 - an order, not a secret
    return mixed


def arrival(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Dated rows by date; the others shuffled and spread evenly between them."""
    mixed = shuffled(list(items))
    dated = sorted((row for row in mixed if row.get("date")), key=lambda row: str(row["date"]))
    blank = [row for row in mixed if not row.get("date")]
    placed = [(i / max(1, len(dated)), 0, row) for i, row in enumerate(dated)]
    placed += [(i / max(1, len(blank)), 1, row) for i, row in enumerate(blank)]
    return [row for _share, _kind, row in sorted(placed, key=lambda item: item[:2])]


def moment(text: str | None) -> datetime | None:
    """The moment a row's date names, read as UTC; None where it can't be read."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def article(row: dict[str, Any], seen: datetime, language: str = "en") -> CleanArticle:
    """A row as a clean article, taken in at ``seen``."""
    name = f"{row.get('set', '')}/{row['id']}"
    digest = hashlib.sha256(name.encode()).hexdigest()[:32]
    body = re.sub(r"\s*\n\s*", "\n\n", str(row["text"]).strip())[:MAX_BODY_CHARS]
    when = moment(row.get("date"))
    stated = when and StatedDate(
        value=when.date().isoformat(),
        precision=Precision.DAY,
        origin=DateSource.FEED,
        utc=when,
    )
    return CleanArticle(
        article_id=digest,
        revision_id=hashlib.sha256(f"{name}\0{body}".encode()).hexdigest()[:32],
        url=re.sub(r"\s", "", str(row.get("url") or ""))[:2000] or f"https://example.org/{digest}",
        source=str(row.get("source") or "unknown")[:300] or "unknown",
        title=" ".join(str(row.get("title") or "").split())[:2000],
        body=body,
        word_count=len(body.split()),
        published=stated,
        ingested_at=seen,
        language=language,
        language_confidence=1.0,
        kept_share=1.0,
        cleaning=Provenance(name="evaluation", version="1", confidence=1.0),
    )


def stream(items: Sequence[dict[str, Any]], *, keep_order: bool = False) -> list[CleanArticle]:
    """Rows as articles in order of arrival, each taken in when it was published.

    A row without a date is taken in together with the one before it.
    """
    ordered = list(items) if keep_order else arrival(items)
    latest = min(
        (w for w in map(moment, (r.get("date") for r in ordered)) if w), default=FIRST_SEEN
    )
    made = []
    for row in ordered:
        latest = max(latest, moment(row.get("date")) or latest)
        made.append(article(row, latest + timedelta(hours=1)))
    return made
