"""Write CloudEvents 1.0.2 to Kafka headers (binary mode), and read them.

Source: CloudEvents specification 1.0.2 and its Kafka protocol binding. Input is
also accepted in structured mode (`application/cloudevents+json`) and as bare JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from .topics import Topic

SPEC_VERSION = "1.0"
CONTENT_TYPE = "application/json"
STRUCTURED_TYPE = "application/cloudevents+json"
TRACE_HEADER = "traceparent"
HEARTBEAT_HEADER = "newsloom-heartbeat"
"""Header of a heartbeat: an article that Newsloom sends to itself through the raw, clean and
tagged topics to show that the pipeline works. Its value is the time of sending (RFC 3339).
Consumers of those topics should ignore records with this header."""
HEARTBEAT_TYPE = "newsloom.heartbeat.v1"
"""The `ce_type` of heartbeats, so that consumers that select by type ignore them."""

Headers = Sequence[tuple[str, bytes]]
"""Kafka record headers: name and bytes, in order; names may repeat."""

_SEQUENCE_DIGITS = 20
"""Width of `sequence`: with leading zeros, the order of the texts is that of the numbers.

The largest Kafka offset (2**63 - 1) has 19 digits.
"""

_STANDARD = ("id", "source", "type", "time", "subject", "dataschema")
_EXTENSIONS = ("traceparent", "partitionkey", "sequence", "correlationid", "causationid")


class EnvelopeFault(StrEnum):
    """The kinds of faults that prevent a record from being read as an event."""

    NULL_VALUE = "null_value"
    CONTENT_TYPE = "content_type"
    NOT_JSON = "not_json"
    ATTRIBUTES = "attributes"


class EnvelopeError(ValueError):
    """The record can't be read as an event: `fault` is the kind, the message gives the details."""

    def __init__(self, fault: EnvelopeFault, text: str) -> None:
        super().__init__(text)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Envelope:
    """The CloudEvents attributes of one message.

    `id` and `source` together are unique for each event; a repeat of an event has the same id.
    `correlationid` is the revision of the article, from cleaning on. `causationid` is the `id` of
    the message that this one was made from. `sequence` orders the revisions of an article (it
    is the offset of the raw record) or the versions of a story.
    """

    id: str
    source: str
    type: str
    time: str | None = None
    subject: str | None = None
    dataschema: str | None = None
    traceparent: str | None = None
    partitionkey: str | None = None
    sequence: str | None = None
    correlationid: str | None = None
    causationid: str | None = None

    @classmethod
    def create(
        cls,
        topic: Topic,
        *,
        identified_by: Sequence[str],
        source: str,
        subject: str,
        key: str | None = None,
        time: datetime | None = None,
        traceparent: str | None = None,
        sequence: int | None = None,
        correlationid: str | None = None,
    ) -> Envelope:
        """Create the envelope of a message on `topic` that is not made from another message.

        The `id` is derived from the event type and `identified_by`, so that a repeat of the
        message has the same. The record key is `key`, by default the subject.
        """
        return cls(
            id=deterministic_id(topic.event_type, *identified_by),
            source=source,
            type=topic.event_type,
            time=None if time is None else timestamp(time),
            subject=subject,
            dataschema=topic.schema_uri,
            traceparent=traceparent,
            partitionkey=subject if key is None else key,
            sequence=None if sequence is None else f"{sequence:0{_SEQUENCE_DIGITS}d}",
            correlationid=correlationid,
        )

    @classmethod
    def following(
        cls,
        cause: Envelope | None,
        topic: Topic,
        *,
        identified_by: Sequence[str],
        source: str,
        subject: str,
        time: datetime,
        key: str | None = None,
        traceparent: str | None = None,
        sequence: int | None = None,
        correlationid: str | None = None,
    ) -> Envelope:
        """Create the envelope of a message on `topic` that is made from another message.

        `cause` is the envelope of that other message, or None if it had none. The trace and
        the sequence are those of the cause unless they are given here. `causationid` is the
        id of the cause; a message without an envelope is known by the `correlationid` alone.
        The other parameters are those of `create`.
        """
        envelope = cls.create(
            topic,
            identified_by=identified_by,
            source=source,
            subject=subject,
            key=key,
            time=time,
            traceparent=traceparent,
            sequence=sequence,
            correlationid=correlationid,
        )
        if cause is None:
            return replace(envelope, causationid=correlationid)
        return replace(
            envelope,
            traceparent=traceparent or cause.traceparent,
            sequence=cause.sequence if sequence is None else envelope.sequence,
            causationid=cause.id,
        )

    def to_headers(self) -> list[tuple[str, bytes]]:
        """Return the Kafka headers in binary mode, with the content type of a JSON value."""
        headers = [("ce_specversion", SPEC_VERSION.encode())]
        for name in (*_STANDARD, *_EXTENSIONS):
            value = getattr(self, name)
            if value is not None:
                headers.append((f"ce_{name}", value.encode()))
        if self.traceparent is not None:  # where tracing libraries look for it
            headers.append((TRACE_HEADER, self.traceparent.encode()))
        headers.append(("content-type", CONTENT_TYPE.encode()))
        return headers


@dataclass(frozen=True, slots=True)
class Incoming:
    """A consumed event: its data as bytes, its attributes and trace context if it had any."""

    data: bytes
    envelope: Envelope | None
    traceparent: str | None


def read(value: bytes | None, headers: Iterable[tuple[str, bytes]] | None) -> Incoming:
    """Read a record in binary mode, structured mode, or as bare JSON.

    Raises `EnvelopeError` if the value is null, the content type is not JSON, or the
    attributes violate the CloudEvents specification.
    """
    named = {name.lower(): raw for name, raw in headers or ()}
    if value is None:
        raise EnvelopeError(EnvelopeFault.NULL_VALUE, "the value is null")
    content_type = _text(named.get("content-type", CONTENT_TYPE.encode())).split(";")[0].strip()
    if content_type == STRUCTURED_TYPE:
        return _read_structured(value)
    if content_type != CONTENT_TYPE and not content_type.endswith("+json"):
        raise EnvelopeError(EnvelopeFault.CONTENT_TYPE, f"{content_type[:100]!r} is not JSON")
    attributes = {name[3:]: _text(raw) for name, raw in named.items() if name.startswith("ce_")}
    trace = attributes.get(TRACE_HEADER) or _text(named.get(TRACE_HEADER, b"")) or None
    envelope = _parse_attributes(attributes) if attributes else None
    return Incoming(value, envelope, trace)


def deterministic_id(*parts: str) -> str:
    """Return 32 hexadecimal digits that depend on the parts alone (SHA-256, cut to 128 bits)."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))  # so that ("ab", "c") is not ("a", "bc")
        digest.update(data)
    return digest.hexdigest()[:32]


def timestamp(time: datetime) -> str:
    """Format a time as RFC 3339 in UTC, as the CloudEvents attribute `time` requires."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read_structured(value: bytes) -> Incoming:
    try:
        event: Any = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise EnvelopeError(EnvelopeFault.NOT_JSON, f"structured event: {error}") from error
    if not isinstance(event, dict):
        raise EnvelopeError(EnvelopeFault.ATTRIBUTES, "structured event is not an object")
    if "data" not in event:
        raise EnvelopeError(EnvelopeFault.ATTRIBUTES, "structured event without data")
    data = json.dumps(event.pop("data")).encode()
    event.pop("data_base64", None)
    attributes = {str(name): str(item) for name, item in event.items() if item is not None}
    return Incoming(data, _parse_attributes(attributes), attributes.get(TRACE_HEADER))


def _parse_attributes(attributes: Mapping[str, str]) -> Envelope:
    missing = [name for name in ("id", "source", "type") if not attributes.get(name)]
    if missing:
        raise EnvelopeError(EnvelopeFault.ATTRIBUTES, f"CloudEvent without {', '.join(missing)}")
    version = attributes.get("specversion", "")
    if not version.startswith("1."):
        raise EnvelopeError(
            EnvelopeFault.ATTRIBUTES, f"CloudEvents version {version[:20]!r} is not 1.x"
        )
    known = {name: attributes[name] for name in (*_STANDARD, *_EXTENSIONS) if name in attributes}
    return Envelope(**known)


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise EnvelopeError(EnvelopeFault.ATTRIBUTES, "a header is not UTF-8") from error
