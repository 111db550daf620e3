"""CloudEvents on Kafka in binary and structured mode, and JSON without an envelope."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.envelope import Envelope, EnvelopeError, EnvelopeFault, deterministic_id, read

EVENT = Envelope(
    id="1", source="test", type="t.v1", subject="a", traceparent="00-ab-cd-01", sequence="7"
)


def test_binary_mode_headers_are_read_back() -> None:
    incoming = read(b"{}", EVENT.to_headers())

    assert incoming.envelope == EVENT
    assert incoming.traceparent == "00-ab-cd-01"
    assert incoming.data == b"{}"


def test_the_trace_is_also_in_the_header_that_tracing_libraries_read() -> None:
    assert ("traceparent", b"00-ab-cd-01") in EVENT.to_headers()


def test_bare_json_has_no_envelope_but_keeps_its_trace() -> None:
    incoming = read(b'{"a": 1}', [("traceparent", b"00-ab-cd-01")])

    assert incoming.envelope is None
    assert incoming.traceparent == "00-ab-cd-01"


def test_structured_mode_gives_data_and_attributes() -> None:
    event = {"specversion": "1.0", "id": "1", "source": "s", "type": "t", "data": {"a": 1}}
    headers = [("content-type", b"application/cloudevents+json; charset=utf-8")]

    incoming = read(json.dumps(event).encode(), headers)

    assert json.loads(incoming.data) == {"a": 1}
    assert incoming.envelope == Envelope(id="1", source="s", type="t")


@pytest.mark.parametrize(
    ("value", "headers", "fault"),
    [
        (None, [], EnvelopeFault.NULL_VALUE),
        (b"<a/>", [("content-type", b"text/xml")], EnvelopeFault.CONTENT_TYPE),
        (b"{", [("content-type", b"application/cloudevents+json")], EnvelopeFault.NOT_JSON),
        (b"[]", [("content-type", b"application/cloudevents+json")], EnvelopeFault.ATTRIBUTES),
        (b"{}", [("content-type", b"application/cloudevents+json")], EnvelopeFault.ATTRIBUTES),
        (b"{}", [("ce_id", b"1"), ("ce_specversion", b"1.0")], EnvelopeFault.ATTRIBUTES),
        (
            b"{}",
            [("ce_id", b"1"), ("ce_source", b"s"), ("ce_type", b"t"), ("ce_specversion", b"0.3")],
            EnvelopeFault.ATTRIBUTES,
        ),
        (b"{}", [("ce_id", b"\xff")], EnvelopeFault.ATTRIBUTES),
    ],
)
def test_violations_of_the_specification_are_refused_with_their_fault(
    value: bytes | None, headers: list[tuple[str, bytes]], fault: EnvelopeFault
) -> None:
    with pytest.raises(EnvelopeError) as refused:
        read(value, headers)

    assert refused.value.fault is fault


@given(st.binary(), st.lists(st.tuples(st.text(), st.binary())))
def test_no_bytes_raise_anything_else(value: bytes, headers: list[tuple[str, bytes]]) -> None:
    with contextlib.suppress(EnvelopeError):
        read(value, headers)


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_a_deterministic_id_depends_on_its_parts_and_their_boundaries(
    a: list[str], b: list[str]
) -> None:
    assert (deterministic_id(*a) == deterministic_id(*b)) == (a == b)
