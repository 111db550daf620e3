"""Decide when the event that an article reports happened."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.article import TaggedArticle
from services.dedup.settings import DedupSettings


def event_time(article: TaggedArticle, settings: DedupSettings) -> tuple[int, bool]:
    """Return the event time in seconds since 1970, and whether it is the stated date.

    The stated date is used when it lies neither more than `trusted_past` before nor more than
    `trusted_future` after the time the article was ingested. Otherwise the event time is the
    time of ingestion.
    """
    ingested = article.ingested_at
    stated = article.published
    when: datetime | None = None
    if stated is not None:
        when = stated.utc
        if when is None:
            try:
                when = datetime.fromisoformat(stated.value).replace(tzinfo=UTC)
            except ValueError:
                when = None
    earliest, latest = ingested - settings.trusted_past, ingested + settings.trusted_future
    if when is None or not (earliest <= when <= latest):
        return int(ingested.timestamp()), False
    return int(when.timestamp()), True
