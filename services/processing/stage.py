"""What a stage is: its work, what comes of a message, and the door to Kafka that it needs.

`services/processing/runner.py` runs a stage by the rules of delivery. Nothing here or there knows
Faust or Kafka: `Transport` is the door to them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from schemas.topics import Topic
from services.messaging import trace_context
from services.messaging.dead_letters import Identity
from services.messaging.errors import Reason, Rejected, TransientError
from services.messaging.records import Headers, OutgoingRecord, Record

log = structlog.get_logger()

_ARTICLE_ID = re.compile(rb"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of the stage's state to store; `value` None deletes it.

    Those marked `first` are safe before any other of the batch is written.
    """

    table: str
    key: str
    value: bytes | None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one message.

    `outcome` labels it in the metrics; `ingested_at` is set where the message has
    reached its end, for the end-to-end time.
    """

    outgoing: tuple[OutgoingRecord, ...]
    outcome: str
    changes: tuple[RowChange, ...] = ()
    ingested_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """The message ends here, for a reason; `outgoing` goes out beside its dead letter."""

    rejected: Rejected
    identity: Identity | None = None
    changes: tuple[RowChange, ...] = ()
    outgoing: tuple[OutgoingRecord, ...] = ()


Result = Done | Ended


def subject(record: Record, result: Result) -> str | None:
    """The article that a message is about, as an id of our own making; None where not known."""
    if isinstance(result, Ended) and result.identity is not None:
        return result.identity.article_id
    made = (_article_id(one.headers) for one in result.outgoing[:1])
    return next(made, None) or _article_id(record.headers)


def _article_id(headers: Headers) -> str | None:
    for name, value in headers:
        if name == "ce_subject" and _ARTICLE_ID.fullmatch(value):
            return value.decode()
    return None


class Stage(Protocol):
    """What makes a stage: its name, the topic it reads, and its work.

    `work` gets records in order and returns one result each, in the same order; it
    runs in a thread, one call at a time. It raises `TransientError` to be called
    again with the same records. Any other exception is a fault of a single record,
    which is found by trying each alone.
    """

    name: str
    source: Topic

    def work(self, records: Sequence[Record]) -> list[Result]:
        """Process a batch."""
        ...

    def forget(self) -> None:
        """Drop what is held in memory of the partitions: they may be another's now."""
        ...


class Transport(Protocol):
    """The door to Kafka that the runner needs."""

    async def produce(self, outgoing: OutgoingRecord) -> Awaitable[object]:
        """Queue a record; awaiting the result means the broker has it on all replicas."""
        ...

    async def store(self, changes: Sequence[tuple[Record, RowChange]]) -> None:
        """Store rows, each with the record that changed it; returns when they are safe."""
        ...

    def settle(self, record: Record) -> None:
        """The message is done: the committed offset may pass it."""
        ...

    def live(self, record: Record) -> bool:
        """Whether the message is still this worker's to process."""
        ...

    def too_large(self, error: BaseException) -> bool:
        """Whether the broker refused a record for its size."""
        ...

    async def crash(self, error: BaseException) -> None:
        """Stop the worker without settling anything more."""
        ...


def alone(stage: str, process: Callable[[Record], Result], record: Record) -> Result:
    """Result of a function of one record; what it raises ends that record alone.

    A `TransientError` is passed on: it is no fault of the record.
    """
    try:
        return process(record)
    except TransientError:
        raise
    except Rejected as rejected:
        return Ended(rejected)
    except Exception as error:
        log.exception(
            "processing_failed",
            stage=stage,
            article_id=_article_id(record.headers),
            trace_id=trace_context.trace_id(trace_context.context(record)),
            record=f"{record.topic}/{record.partition}/{record.offset}",
        )
        return Ended(Rejected(Reason.PROCESSING, f"{type(error).__name__}: {error}"))
