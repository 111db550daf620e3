"""The heartbeat: an article sent by Newsloom itself that shows whether messages pass all stages.

It is processed by the same code as every article. Dedup is its last stage: it updates a metric
and sends nothing to the enriched and stories topics. Each heartbeat is a new revision of the
same article, so the state holds one row and one story for it, in a separate shard.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from schemas.article import RawArticle
from schemas.envelope import HEARTBEAT_HEADER, HEARTBEAT_TYPE, timestamp
from services.messaging.records import OutgoingRecord, Record

SHARD: Final = "heartbeat"
"""Name of the shard of dedup for heartbeats. It is not a valid language tag."""

_TEXT: Final = """\
This is a heartbeat of the news pipeline, sent at {at}.

It is an article like any other on its way: its text is cleaned, the names in it are looked \
for, and it is compared with what was there before. When it has come to the end, the time at \
which it was sent is shown as a metric, so that whoever watches can see how old the last one \
is that came through.

Nobody who subscribes to enriched articles or to stories receives it.
"""


def article(at: datetime) -> RawArticle:
    """Create the heartbeat article that is sent at a time."""
    return RawArticle(
        url="https://newsloom.invalid/heartbeat",
        source="newsloom.invalid",
        title="Heartbeat of the news pipeline",
        text=_TEXT.format(at=timestamp(at)),
        published_at=at,
    )


def with_heartbeat_header(outgoing: OutgoingRecord, sent: bytes) -> OutgoingRecord:
    """Return the record with the type and the header of a heartbeat.

    `sent` is the time at which the heartbeat was sent (RFC 3339).
    """
    headers = ((n, HEARTBEAT_TYPE.encode() if n == "ce_type" else v) for n, v in outgoing.headers)
    return replace(outgoing, headers=(*headers, (HEARTBEAT_HEADER, sent)))


def sent_at(record: Record) -> bytes | None:
    """Return when the heartbeat was sent (RFC 3339), or None if the record is no heartbeat.

    The value is not validated.
    """
    for name, value in record.headers:
        if name == HEARTBEAT_HEADER:
            return value
    return None


def epoch_seconds(sent: bytes) -> float:
    """Convert the value of a heartbeat header to seconds since the epoch; 0 if it is invalid."""
    try:
        return datetime.fromisoformat(sent.decode()).timestamp()
    except ValueError:
        return 0.0
