"""The heartbeat: an article of our own that shows whether the pipeline flows.

It goes the way of every article, through the same code, and ends at dedup in a metric.
It is always the same article, a new revision each time, so it takes one row and one
story in a shard of its own; nothing of it reaches the enriched and stories topics.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from schemas.article import RawArticle
from schemas.envelope import HEARTBEAT_HEADER, HEARTBEAT_TYPE, timestamp
from services.messaging.records import OutgoingRecord, Record

SHARD: Final = "heartbeat"
"""Name of its shard in dedup; no language tag is so long."""

_TEXT: Final = """\
This is a heartbeat of the news pipeline, sent at {at}.

It is an article like any other on its way: its text is cleaned, the names in it are looked \
for, and it is compared with what was there before. When it has come to the end, the time at \
which it was sent is shown as a metric, so that whoever watches can see how old the last one \
is that came through.

Nobody who subscribes to enriched articles or to stories receives it.
"""


def article(at: datetime) -> RawArticle:
    """The heartbeat sent at a moment."""
    return RawArticle(
        url="https://newsloom.invalid/heartbeat",
        source="newsloom.invalid",
        title="Heartbeat of the news pipeline",
        text=_TEXT.format(at=timestamp(at)),
        published_at=at,
    )


def mark(outgoing: OutgoingRecord, sent: bytes) -> OutgoingRecord:
    """The record as one of a heartbeat; `sent` says when that was sent (RFC 3339)."""
    own = ((n, HEARTBEAT_TYPE.encode() if n == "ce_type" else v) for n, v in outgoing.headers)
    return replace(outgoing, headers=(*own, (HEARTBEAT_HEADER, sent)))


def mark_of(record: Record) -> bytes | None:
    """When the heartbeat was sent (RFC 3339); None for a record that is no heartbeat."""
    for name, value in record.headers:
        if name == HEARTBEAT_HEADER:
            return value
    return None


def seconds(sent: bytes) -> float:
    """A mark as seconds since the epoch; 0 where it can't be read."""
    try:
        return datetime.fromisoformat(sent.decode()).timestamp()
    except ValueError:
        return 0.0
