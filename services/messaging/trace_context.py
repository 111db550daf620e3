"""The trace context of a message, passed on at every hop (W3C Trace Context, level 1).

It comes in the `traceparent` header or in the CloudEvents attribute of that name; where
neither is there, or what is there is not valid, a trace is begun. This needs no tracing
library: spans are a matter of `services/observability/spans.py`.
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
    """The time a stage spends on one message."""

    traceparent: str
    """The context that what comes of the message carries on."""

    def end(self, outcome: str, *, failed: bool, article_id: str | None) -> None:
        """The message is settled."""
        ...


class Spans(Protocol):
    """Makes spans; `services.observability.spans.OpenTelemetrySpans`."""

    def start(self, record: Record, traceparent: str, began: int) -> Span:
        """The span of a record whose work began at `began`, in nanoseconds since the epoch."""
        ...

    def close(self) -> None:
        """Send what has not been sent."""
        ...


def context(record: Record, outgoing: Iterable[OutgoingRecord] = ()) -> str:
    """The `traceparent` of a record, or that of what came of it, or a new one.

    (A record in structured mode has it in its value: what came of it tells.) A new one
    follows from the record's place alone, so that a repeat of the message has the same.
    """
    found = _find(record.headers)
    for one in () if found else outgoing:
        found = found or _find(one.headers)
    if found:
        return found
    place = (record.topic, str(record.partition), str(record.offset))
    return f"00-{deterministic_id('trace', *place)}-{deterministic_id('span', *place)[:16]}-01"


def trace_id(traceparent: str) -> str:
    """The trace that a context belongs to."""
    return traceparent[3:35]


def carry(outgoing: OutgoingRecord, traceparent: str) -> OutgoingRecord:
    """The record with this context, in header and attribute."""
    value = traceparent.encode()
    if (TRACE_HEADER, value) in outgoing.headers and (_ATTRIBUTE, value) in outgoing.headers:
        return outgoing
    kept = (pair for pair in outgoing.headers if pair[0] not in (TRACE_HEADER, _ATTRIBUTE))
    return replace(outgoing, headers=(*kept, (_ATTRIBUTE, value), (TRACE_HEADER, value)))


def _find(headers: Headers) -> str | None:
    attribute = None
    for name, value in headers:
        if name == TRACE_HEADER and _valid(value):
            return f"00{value[2:_LENGTH].decode()}"  # of a later version, what 00 knows
        if name == _ATTRIBUTE and _valid(value):
            attribute = f"00{value[2:_LENGTH].decode()}"
    return attribute


def _valid(value: bytes) -> bool:
    if _VALID.match(value) is None:
        return False
    return len(value) == _LENGTH or (value[:2] != b"00" and value[_LENGTH:][:1] == b"-")
