"""Turn evaluation files into streams of clean articles.

A row has the fields `id` and `text`, and optionally `title`, `date`, `source`, `url` and a gold
label. Dated rows are ordered by date. Rows without a date are shuffled with a fixed seed and spread
evenly between the dated rows.
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
"""Time of ingestion of the first article if no article has a date."""


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON-lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def shuffled(items: Sequence[Any], seed: int = 7) -> list[Any]:
    """Return the items in a random order that ``seed`` determines."""
    mixed = list(items)
    random.Random(seed).shuffle(mixed)  # noqa: S311 - an order, not a secret
    return mixed


def arrival(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return dated rows by date, and the others in a random order spread between them."""
    mixed = shuffled(list(items))
    dated = sorted((row for row in mixed if row.get("date")), key=lambda row: str(row["date"]))
    undated = [row for row in mixed if not row.get("date")]
    positions = [(i / max(1, len(dated)), 0, row) for i, row in enumerate(dated)]
    positions += [(i / max(1, len(undated)), 1, row) for i, row in enumerate(undated)]
    return [row for _position, _is_undated, row in sorted(positions, key=lambda item: item[:2])]


def parse_date(text: str | None) -> datetime | None:
    """Return the time that a row's date states, in UTC by default, or None if it is not valid."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def article(row: dict[str, Any], seen: datetime, language: str = "en") -> CleanArticle:
    """Return a row as a clean article that was ingested at ``seen``."""
    name = f"{row.get('set', '')}/{row['id']}"
    article_id = hashlib.sha256(name.encode()).hexdigest()[:32]
    body = re.sub(r"\s*\n\s*", "\n\n", str(row["text"]).strip())[:MAX_BODY_CHARS]
    published = parse_date(row.get("date"))
    stated = published and StatedDate(
        value=published.date().isoformat(),
        precision=Precision.DAY,
        origin=DateSource.FEED,
        utc=published,
    )
    return CleanArticle(
        article_id=article_id,
        revision_id=hashlib.sha256(f"{name}\0{body}".encode()).hexdigest()[:32],
        url=re.sub(r"\s", "", str(row.get("url") or ""))[:2000]
        or f"https://example.org/{article_id}",
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
    """Return rows as articles in order of arrival, each ingested an hour after its publication.

    With ``keep_order`` the rows are already in order of arrival. A row without a date, or with
    an earlier date than a row before it, is ingested at the same time as the row before it.
    """
    ordered = list(items) if keep_order else arrival(items)
    latest = min(
        (date for date in map(parse_date, (r.get("date") for r in ordered)) if date),
        default=FIRST_SEEN,
    )
    clean = []
    for row in ordered:
        latest = max(latest, parse_date(row.get("date")) or latest)
        clean.append(article(row, latest + timedelta(hours=1)))
    return clean
