"""The kinds of subscriptions, and the decoding of their records."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from ..base import Message
from ..dead_letter import DEAD_LETTER_HEADER, DeadLetter, dead_letter_header
from ..envelope import Envelope, EnvelopeError, Incoming, read
from ..topics import DEAD_LETTERS, ENRICHED, STORIES, Topic
from .errors import UnreadableError, WrongVersionError
from .received import Received

KINDS: dict[str, Topic] = {"enriched": ENRICHED, "stories": STORIES, "dead-letters": DEAD_LETTERS}
"""The topic of each kind of subscription."""


class Skipped(StrEnum):
    """Why a record is not delivered to the subscriber."""

    FILTERED = "filtered"
    UNKNOWN_TYPE = "unknown_type"
    REMOVED = "removed"
    UNREADABLE = "unreadable"


def decode(topic: Topic, record: Any) -> Received[Any] | Skipped:
    """Decode a record of aiokafka; returns the message, or why it is skipped.

    Raises `UnreadableError` if the record can't be decoded, and `WrongVersionError` if its type
    or schema has another major version.
    """
    headers = tuple((name, value or b"") for name, value in record.headers)
    if topic.model is DeadLetter:
        return _received(
            record, headers, _dead_letter(record, headers), _original_envelope(record, headers)
        )
    if record.value is None and topic.compact:
        return Skipped.REMOVED
    try:
        incoming = read(record.value, headers)
    except EnvelopeError as error:
        raise UnreadableError(_unreadable_text(record, str(error))) from error
    if incoming.envelope and not _is_known_type(topic, incoming.envelope, record):
        return Skipped.UNKNOWN_TYPE
    return _received(record, headers, _data(topic, record, incoming), incoming.envelope)


def _received(
    record: Any, headers: tuple[tuple[str, bytes], ...], data: Message, event: Envelope | None
) -> Received[Any]:
    return Received(
        data=data,
        event=event,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        timestamp=datetime.fromtimestamp(record.timestamp / 1000, UTC),
        key=record.key.decode("utf-8", "replace") if record.key is not None else None,
        value=record.value,
        headers=headers,
    )


def _is_known_type(topic: Topic, envelope: Envelope, record: Any) -> bool:
    """Return whether the event type is that of the topic.

    Raises `WrongVersionError` if the type or the schema has another major version.
    """
    for given, known in (
        (envelope.type, topic.event_type),
        (envelope.dataschema or topic.schema_uri, topic.schema_uri),
    ):
        if given != known and _without_version(given) == _without_version(known):
            raise WrongVersionError(
                f"The message at {_position(record)} is {given!r}, but this client "
                f"reads {known!r}; "
                "install a release of newsloom-client that reads it."
            )
    return envelope.type == topic.event_type


def _without_version(versioned: str) -> str:
    """Return an event type such as `newsloom.story.v1` without its major version."""
    name, _, version = versioned.rpartition(".v")
    return name if version.isdigit() else versioned


def _data(topic: Topic, record: Any, incoming: Incoming) -> Message:
    assert topic.model is not None
    try:
        return topic.model.model_validate_json(incoming.data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "message"
        raise UnreadableError(_unreadable_text(record, f"{where}: {first['msg']}")) from error


def _dead_letter(record: Any, headers: tuple[tuple[str, bytes], ...]) -> Message:
    raw = dead_letter_header(headers)
    if raw is None:
        raise UnreadableError(_unreadable_text(record, f"it has no header {DEAD_LETTER_HEADER}"))
    return _data(DEAD_LETTERS, record, Incoming(raw, None, None))


def _original_envelope(record: Any, headers: tuple[tuple[str, bytes], ...]) -> Envelope | None:
    """Return the CloudEvents attributes of the original of a dead letter, if readable."""
    try:
        return read(record.value or b"", headers).envelope
    except EnvelopeError:
        return None


def _unreadable_text(record: Any, why: str) -> str:
    return (
        f"The message at {_position(record)} can't be read: {why}; "
        "pass on_unreadable='skip' to continue without it."
    )


def _position(record: Any) -> str:
    return f"{record.topic}/{record.partition}/{record.offset}"
