"""Propagate the trace context of a message through the stages (W3C Trace Context, level 1).

The context is read from the `traceparent` header or from the CloudEvents attribute of that
name. If neither is present and valid, a new trace is started. Whether a trace is sampled is
decided by whoever records its first span: a sampled flag that came with the message is passed on,
and a new trace is marked as not recorded until a span of it is. No tracing library is needed here:
`services/observability/spans.py` creates the spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from schemas.envelope import TRACE_HEADER, deterministic_id
from services.messaging.records import Headers, OutgoingRecord, Record

_ATTRIBUTE = f"ce_{TRACE_HEADER}"
_VALID = re.compile(rb"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_LENGTH = 55


class Span(Protocol):
    """The span of one message in a stage."""

    traceparent: str
    """The trace context for the messages that are made from this message."""

    def end(self, outcome: str, *, failed: bool, article_id: str | None) -> None:
        """End the span when the message has been processed and its results acknowledged."""
        ...


class Spans(Protocol):
    """A factory of spans; implemented by `services.observability.spans.OpenTelemetrySpans`."""

    def start(self, record: Record, traceparent: str, began: int, *, is_root: bool) -> Span:
        """Start the span of a record whose processing began at `began` (Unix time in ns).

        The span is a child of `traceparent`; with `is_root` it is the first one of that trace.
        """
        ...

    def close(self) -> None:
        """Export the spans that have not been exported yet."""
        ...


def traceparent_of(record: Record, outgoing: Iterable[OutgoingRecord] = ()) -> str:
    """Return the `traceparent` of a record, else of the messages made from it, else a new one.

    `outgoing` are the messages made from the record: in structured mode the context is in the
    value of the record, which only the stage decodes. A new context is derived from the
    position of the record, so that a repeated delivery has the same. Its sampled flag is not
    set, because no span of it is recorded yet.
    """
    return received(record, outgoing) or _begun(record)


def received(record: Record, outgoing: Iterable[OutgoingRecord] = ()) -> str | None:
    """Return the `traceparent` of a record, else of the messages made from it, else None."""
    found = _find(record.headers)
    for one in () if found else outgoing:
        found = found or _find(one.headers)
    return found


def trace_id(traceparent: str) -> str:
    """Return the trace id of a valid `traceparent`."""
    return traceparent[3:35]


def with_trace_context(outgoing: OutgoingRecord, traceparent: str) -> OutgoingRecord:
    """Return the record with this trace context as a header and as a CloudEvents attribute."""
    value = traceparent.encode()
    if (TRACE_HEADER, value) in outgoing.headers and (_ATTRIBUTE, value) in outgoing.headers:
        return outgoing
    kept = (pair for pair in outgoing.headers if pair[0] not in (TRACE_HEADER, _ATTRIBUTE))
    return replace(outgoing, headers=(*kept, (_ATTRIBUTE, value), (TRACE_HEADER, value)))


def _begun(record: Record) -> str:
    place = (record.topic, str(record.partition), str(record.offset))
    return f"00-{deterministic_id('trace', *place)}-{deterministic_id('span', *place)[:16]}-00"


def _find(headers: Headers) -> str | None:
    attribute = None
    for name, value in headers:
        if name == TRACE_HEADER and _valid(value):
            return f"00{value[2:_LENGTH].decode()}"  # a later version is read as version 00
        if name == _ATTRIBUTE and _valid(value):
            attribute = f"00{value[2:_LENGTH].decode()}"
    return attribute


def _valid(value: bytes) -> bool:
    if _VALID.match(value) is None:
        return False
    return len(value) == _LENGTH or (value[:2] != b"00" and value[_LENGTH:][:1] == b"-")
