"""What can be subscribed to, and how a record of it is read."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from schemas.base import Message
from schemas.client.errors import UnreadableError, WrongVersionError
from schemas.client.received import Received
from schemas.dead_letter import DEAD_LETTER_HEADER, DeadLetter, dead_letter_header
from schemas.envelope import Envelope, EnvelopeError, Incoming, read
from schemas.topics import DEAD_LETTERS, ENRICHED, STORIES, Topic

KINDS: dict[str, Topic] = {"enriched": ENRICHED, "stories": STORIES, "dead-letters": DEAD_LETTERS}
"""The name of each subscription and its topic."""


class Passed(StrEnum):
    """Why a record is not given to the caller."""

    FILTERED = "filtered"
    UNKNOWN_TYPE = "unknown_type"
    REMOVED = "removed"
    UNREADABLE = "unreadable"


def decode(topic: Topic, record: Any) -> Received[Any] | Passed:
    """The record as a message, or why it is passed over. `record`: as aiokafka reads it.

    Raises `UnreadableError`, and `WrongVersionError` where the type or the schema named
    is ours in another major version.
    """
    headers = tuple((name, value or b"") for name, value in record.headers)
    if topic.model is DeadLetter:
        return _received(record, headers, _letter(record, headers), _event(record, headers))
    if record.value is None and topic.compact:
        return Passed.REMOVED
    try:
        incoming = read(record.value, headers)
    except EnvelopeError as error:
        raise UnreadableError(_sentence(record, str(error))) from error
    if incoming.envelope and not _ours(topic, incoming.envelope, record):
        return Passed.UNKNOWN_TYPE
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


def _ours(topic: Topic, envelope: Envelope, record: Any) -> bool:
    """Whether the type is the topic's; raises where it is in another major version."""
    for given, known in (
        (envelope.type, topic.event_type),
        (envelope.dataschema or topic.schema_uri, topic.schema_uri),
    ):
        if given != known and _name(given) == _name(known):
            raise WrongVersionError(
                f"The message at {_place(record)} is {given!r}, this client reads {known!r}; "
                "install the release of newsloom that reads it."
            )
    return envelope.type == topic.event_type


def _name(versioned: str) -> str:
    """`newsloom.story.v1` without its major version."""
    name, _, version = versioned.rpartition(".v")
    return name if version.isdigit() else versioned


def _data(topic: Topic, record: Any, incoming: Incoming) -> Message:
    assert topic.model is not None
    try:
        return topic.model.model_validate_json(incoming.data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "message"
        raise UnreadableError(_sentence(record, f"{where}: {first['msg']}")) from error


def _letter(record: Any, headers: tuple[tuple[str, bytes], ...]) -> Message:
    raw = dead_letter_header(headers)
    if raw is None:
        raise UnreadableError(_sentence(record, f"it has no header {DEAD_LETTER_HEADER}"))
    return _data(DEAD_LETTERS, record, Incoming(raw, None, None))


def _event(record: Any, headers: tuple[tuple[str, bytes], ...]) -> Envelope | None:
    """The attributes of a dead letter's original, where they can be read."""
    try:
        return read(record.value or b"", headers).envelope
    except EnvelopeError:
        return None


def _sentence(record: Any, why: str) -> str:
    return (
        f"The message at {_place(record)} can't be read: {why}; "
        "pass on_unreadable='skip' to go on without it."
    )


def _place(record: Any) -> str:
    return f"{record.topic}/{record.partition}/{record.offset}"
