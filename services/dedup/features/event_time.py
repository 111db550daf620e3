"""Decide when the event that an article reports happened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import msgspec

from schemas.article import Precision, TaggedArticle
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


class TimePrecision(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """How exactly an event time is known."""

    unit: Precision
    zone_stated: bool
    """If not, the stated time was taken as UTC."""


def time_precision(published: str | None, at: int) -> TimePrecision:
    """Return the precision of an event time, in seconds since 1970.

    `published` is the article's stated date (`StatedDate.value`). If it is not the event time,
    the event time is the time of ingestion, which is precise to the second.
    """
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return _INGESTED
    zone_stated = moment.tzinfo is not None
    if int((moment if zone_stated else moment.replace(tzinfo=UTC)).timestamp()) != at:
        return _INGESTED
    _day, _, time = (published or "").partition("T")
    if not time:
        return TimePrecision(Precision.DAY, zone_stated=False)
    has_seconds = time[len("08:30") :].startswith(":")
    return TimePrecision(Precision.SECOND if has_seconds else Precision.MINUTE, zone_stated)


def listed_precision(published: str | None, event_time: int, at: int) -> TimePrecision | None:
    """Return the precision of the time `at` under which a story lists an article.

    `published` and `event_time` are those of the article's last revision. Returns None if the
    article had another event time when the story received it.
    """
    return time_precision(published, at) if event_time == at else None


_INGESTED: Final = TimePrecision(Precision.SECOND, zone_stated=True)
