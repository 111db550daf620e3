"""Kafka records as the stages see them, independent of any Kafka client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.topics import Topic

RECORD_OVERHEAD = 512
"""Allowance for the framing of a batch and a record when a record's size is checked, in bytes."""

BROADCAST_HEADER = "newsloom-broadcast"
"""Header of the copies of a retraction that are sent to every partition of dedup."""

Headers = tuple[tuple[str, bytes], ...]
"""Headers of a record: pairs of name and bytes, in order."""


@dataclass(frozen=True, slots=True)
class Record:
    """A consumed Kafka record; `timestamp` is in seconds since the epoch."""

    topic: str
    partition: int
    offset: int
    timestamp: float
    key: bytes | None
    value: bytes | None
    headers: Headers = ()

    @property
    def time(self) -> datetime:
        """The record's Kafka timestamp, in UTC."""
        return datetime.fromtimestamp(self.timestamp, UTC)

    @property
    def place(self) -> str:
        """Topic, partition and offset, as log lines show them."""
        return f"{self.topic}/{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True)
class OutgoingRecord:
    """A record to produce; without a `partition` the key decides where it goes."""

    topic: Topic
    key: bytes | None
    value: bytes | None
    headers: Headers
    partition: int | None = None

    @property
    def size(self) -> int:
        """Size of the record in bytes, an allowance for framing included."""
        content = len(self.key or b"") + len(self.value or b"")
        return content + RECORD_OVERHEAD + sum(len(n) + len(v) + 4 for n, v in self.headers)
