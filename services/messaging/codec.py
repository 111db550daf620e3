"""Decode Kafka records into models and encode models into records."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from schemas.base import Message
from schemas.envelope import Envelope, EnvelopeError, EnvelopeFault, read
from schemas.topics import Topic
from services.messaging.errors import Reason, Rejected
from services.messaging.records import OutgoingRecord, Record

_REASONS = {
    EnvelopeFault.NULL_VALUE: Reason.NULL_VALUE,
    EnvelopeFault.CONTENT_TYPE: Reason.BAD_CONTENT_TYPE,
    EnvelopeFault.NOT_JSON: Reason.NOT_JSON,
    EnvelopeFault.ATTRIBUTES: Reason.BAD_ENVELOPE,
}


def decode[M: Message](model: type[M], record: Record) -> tuple[M, Envelope | None, str | None]:
    """Decode a record and return the message, its envelope and its `traceparent`.

    The last two are None if the record does not carry them. Raises `Rejected` with the reason
    if the record can't be decoded.
    """
    try:
        incoming = read(record.value, record.headers)
    except EnvelopeError as error:
        raise Rejected(_REASONS[error.fault], str(error)) from error
    try:
        message = model.model_validate_json(incoming.data)
    except ValidationError as error:
        raise _rejection(error.errors(include_url=False), incoming.data) from error
    return message, incoming.envelope, incoming.traceparent


def encode(
    topic: Topic, key: str, message: Message, envelope: Envelope, partition: int | None = None
) -> OutgoingRecord:
    """Encode a message as a record of `topic`. Without a `partition` the key selects one.

    Raises `Rejected` (`too_large`) if the record exceeds the size limit of the topic, because
    the broker would refuse it at every attempt.
    """
    value = message.model_dump_json(exclude_none=True).encode()
    outgoing = OutgoingRecord(topic, key.encode(), value, tuple(envelope.to_headers()), partition)
    if outgoing.size > topic.max_message_bytes:
        raise Rejected(
            Reason.TOO_LARGE,
            f"{outgoing.size:,} bytes for {topic.name}, limit {topic.max_message_bytes:,}",
        )
    return outgoing


def _rejection(errors: list[ErrorDetails], data: bytes) -> Rejected:
    first = errors[0]
    where = ".".join(str(part) for part in first["loc"]) or "message"
    text = f"{where}: {first['msg']}" + (f" (and {len(errors) - 1} more)" if errors[1:] else "")
    kinds = {error["type"] for error in errors}
    if "json_invalid" in kinds:
        try:
            data.decode()
        except UnicodeDecodeError as error:
            return Rejected(Reason.BAD_ENCODING, f"not UTF-8 at byte {error.start:,}")
        return Rejected(Reason.NOT_JSON, text)
    if any(e["type"] == "string_too_long" and e["loc"] in {("html",), ("text",)} for e in errors):
        return Rejected(Reason.TOO_LARGE, text)
    if "timezone_aware" in kinds:
        return Rejected(Reason.NAIVE_TIME, text)
    return Rejected(Reason.BAD_FIELDS, text)
