"""What a stage is, the results of processing a message, and the transport that the runner needs.

`services/processing/runner.py` applies the delivery rules to a stage. Neither of the two
knows Faust or Kafka: `Transport` stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from services.messaging import trace_context
from services.messaging.dead_letters import Identity
from services.messaging.errors import Reason, Rejected, TransientError
from services.messaging.records import Headers, OutgoingRecord, Record

log = structlog.get_logger()

_ARTICLE_ID = re.compile(rb"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class RowChange:
    """A change of one row of the stage's state; `value` None deletes the row.

    Changes marked `first` are persisted before any other change of the batch is written.
    """

    table: str
    key: str
    value: bytes | None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Processed:
    """The result of a message that the stage has processed.

    `outcome` is the label of the message in the metrics. `ingested_at` is set where the
    message has reached the end of the pipeline, to measure the end-to-end time.
    """

    outgoing: tuple[OutgoingRecord, ...]
    outcome: str
    changes: tuple[RowChange, ...] = ()
    ingested_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeadLettered:
    """The result of a message that becomes a dead letter.

    `outgoing` is sent beside the dead letter.
    """

    rejected: Rejected
    identity: Identity | None = None
    changes: tuple[RowChange, ...] = ()
    outgoing: tuple[OutgoingRecord, ...] = ()


Result = Processed | DeadLettered


def subject_of(record: Record, result: Result) -> str | None:
    """Return the id of the article that a message is about, or None if it is not known.

    Only an id in the project's own form is returned, so that a log line never quotes what a
    stranger has put into a header.
    """
    if isinstance(result, DeadLettered) and result.identity is not None:
        return result.identity.article_id
    from_outgoing = (_article_id(outgoing.headers) for outgoing in result.outgoing[:1])
    return next(from_outgoing, None) or _article_id(record.headers)


def _article_id(headers: Headers) -> str | None:
    for name, value in headers:
        if name == "ce_subject" and _ARTICLE_ID.fullmatch(value):
            return value.decode()
    return None


class Stage(Protocol):
    """A stage: its name and the function that processes messages.

    `process` is called in a worker thread, one call at a time.
    """

    name: str

    def process(self, records: Sequence[Record]) -> list[Result]:
        """Process a batch of records and return one result for each, in the same order.

        Raises `TransientError` to be called again with the same records. Any other exception
        is treated as the fault of a single record: the runner finds it by processing each
        record alone.
        """
        ...

    def on_revoke(self) -> None:
        """Drop what is in memory for the partitions: they may belong to another worker now."""
        ...


class Transport(Protocol):
    """What the runner needs of Kafka."""

    async def produce(self, outgoing: OutgoingRecord) -> Awaitable[object]:
        """Queue a record for sending.

        The returned awaitable is done when all in-sync replicas have the record. It raises
        if the record could not be delivered.
        """
        ...

    async def store(self, changes: Sequence[tuple[Record, RowChange]]) -> None:
        """Persist row changes, each with the record that caused it; return when they are safe."""
        ...

    def acknowledge(self, record: Record, metadata: str) -> None:
        """Mark a message as done, so that the committed offset may pass it.

        `metadata` is committed with the offset directly after the message.
        """
        ...

    def is_assigned(self, record: Record) -> bool:
        """Return whether the record belongs to this worker's present assignment."""
        ...

    def is_too_large(self, error: BaseException) -> bool:
        """Return whether a delivery failed because the broker refuses a record of its size."""
        ...

    async def crash(self, error: BaseException) -> None:
        """Stop the worker; nothing is acknowledged after this call."""
        ...


def process_one(stage: str, process: Callable[[Record], Result], record: Record) -> Result:
    """Process one record; an exception makes a dead letter of this record alone.

    Raises `TransientError` if `process` does, since that is not the record's fault.
    """
    try:
        return process(record)
    except TransientError:
        raise
    except Rejected as rejected:
        return DeadLettered(rejected)
    except Exception as error:
        log.exception(
            "processing_failed",
            stage=stage,
            article_id=_article_id(record.headers),
            trace_id=trace_context.trace_id(trace_context.traceparent_of(record)),
            record=record.place,
        )
        return DeadLettered(Rejected(Reason.PROCESSING, f"{type(error).__name__}: {error}"))
