"""The trace context of an article passes every stage, with and without OpenTelemetry."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from schemas.article import RawArticle
from schemas.topics import CLEAN, RAW
from services.faust_adapter import worker
from services.messaging import trace_context
from services.messaging.errors import Reason, Rejected, UsageError
from services.messaging.raw_records import raw_record
from services.messaging.records import OutgoingRecord, Record
from services.observability.spans import OpenTelemetrySpans
from services.processing.message_observer import MessageObserver
from services.processing.stage import DeadLettered, Processed, Result
from services.settings import Settings

THEIRS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
UNSAMPLED = THEIRS[:-2] + "00"


def record(*headers: tuple[str, bytes], offset: int = 1) -> Record:
    return Record(RAW.name, 3, offset, 1.7e9, b"k", b"{}", headers)


@pytest.mark.parametrize(
    ("given_context", "taken"),
    [
        (THEIRS, THEIRS),
        (UNSAMPLED, UNSAMPLED),
        ("cc" + THEIRS[2:] + "-what-comes-later", THEIRS),
        (THEIRS.upper(), None),
        (THEIRS + "-more", None),
        ("ff" + THEIRS[2:], None),
        ("00-" + "0" * 32 + THEIRS[35:], None),
        (THEIRS[:36] + "0" * 16 + "-01", None),
        (THEIRS[:-1], None),
        ("", None),
        ("what is this", None),
    ],
)
def test_only_a_valid_trace_context_is_accepted(given_context: str, taken: str | None) -> None:
    found = trace_context.traceparent_of(record(("traceparent", given_context.encode())))

    assert (found == taken) if taken else (found != given_context and trace_context.trace_id(found))


@given(st.binary(max_size=80))
def test_any_header_gives_a_valid_trace_context(value: bytes) -> None:
    found = trace_context.traceparent_of(record(("traceparent", value)))

    assert trace_context.traceparent_of(record(("traceparent", found.encode()))) == found


def test_without_a_context_the_position_of_the_record_gives_one() -> None:
    """A redelivered message therefore has the same context."""
    assert trace_context.traceparent_of(record()) == trace_context.traceparent_of(record())
    assert trace_context.traceparent_of(record()) != trace_context.traceparent_of(record(offset=2))


def test_a_trace_context_in_the_value_is_taken_from_the_outputs() -> None:
    made = OutgoingRecord(CLEAN, b"k", b"{}", (("ce_traceparent", THEIRS.encode()),))

    assert trace_context.traceparent_of(record(), [made]) == THEIRS


def test_outputs_carry_the_context_once_as_header_and_attribute() -> None:
    old = ("traceparent", b"old"), ("ce_traceparent", b"old"), ("ce_id", b"1")
    carried = trace_context.with_trace_context(OutgoingRecord(CLEAN, b"k", b"{}", old), THEIRS)

    assert sorted(carried.headers) == [
        ("ce_id", b"1"),
        ("ce_traceparent", THEIRS.encode()),
        ("traceparent", THEIRS.encode()),
    ]
    assert trace_context.with_trace_context(carried, THEIRS) is carried


def pass_through(
    spans: trace_context.Spans | None, stage: str, one: Record, result: Result
) -> tuple[OutgoingRecord, ...]:
    observer = MessageObserver(stage, spans)
    hop = observer.begin(one, result, 1_700_000_000_000_000_000)
    sent = tuple(hop.propagate(outgoing) for outgoing in result.outgoing)
    observer.finished(hop, result)
    return sent


def spans_of(exporter: InMemorySpanExporter, spans: OpenTelemetrySpans) -> list[ReadableSpan]:
    spans.close()
    return list(exporter.get_finished_spans())


def test_the_span_of_each_stage_is_a_child_of_the_previous_one() -> None:
    exporters = [InMemorySpanExporter() for _ in range(2)]
    makers = [
        OpenTelemetrySpans(stage, exporter)
        for stage, exporter in zip(("cleaning", "tagging"), exporters, strict=True)
    ]
    one = record(("traceparent", THEIRS.encode()))
    done = Processed((OutgoingRecord(CLEAN, b"k", b"{}", (("ce_subject", b"a" * 32),)),), "passed")

    (sent,) = pass_through(makers[0], "cleaning", one, done)
    pass_through(
        makers[1], "tagging", Record(CLEAN.name, 0, 9, 1.7e9, b"k", b"{}", sent.headers), done
    )

    (first,), (second,) = map(spans_of, exporters, makers)
    assert first.name == f"process {RAW.name}"
    assert first.kind is SpanKind.CONSUMER
    assert first.resource.attributes["service.name"] == "newsloom-cleaning"
    assert first.attributes is not None
    assert first.attributes["messaging.kafka.offset"] == 1
    assert first.attributes["messaging.destination.partition.id"] == "3"
    assert first.attributes["newsloom.outcome"] == "passed"
    assert first.attributes["newsloom.article_id"] == "a" * 32
    assert first.parent is not None
    assert f"{first.parent.span_id:016x}" == THEIRS.split("-")[2]
    assert second.parent is not None
    assert second.parent.span_id == first.context.span_id
    assert {f"{one.context.trace_id:032x}" for one in (first, second)} == {THEIRS.split("-")[1]}
    assert (
        dict(sent.headers)["traceparent"].decode().split("-")[2] == f"{first.context.span_id:016x}"
    )


def test_a_failed_message_has_an_error_span_and_a_filtered_one_has_not() -> None:
    exporter = InMemorySpanExporter()
    spans = OpenTelemetrySpans("cleaning", exporter)
    for reason in (Reason.NOT_JSON, Reason.TOO_SHORT):
        pass_through(spans, "cleaning", record(), DeadLettered(Rejected(reason, "secret words")))

    failed, filtered = spans_of(exporter, spans)
    assert failed.status.status_code is StatusCode.ERROR
    assert filtered.status.status_code is StatusCode.UNSET
    assert "secret words" not in failed.to_json() + filtered.to_json()


def test_the_sampling_decision_of_the_sender_is_kept() -> None:
    exporter = InMemorySpanExporter()
    spans = OpenTelemetrySpans("cleaning", exporter)
    made = Processed((OutgoingRecord(CLEAN, b"k", b"{}", ()),), "passed")
    (sent,) = pass_through(spans, "cleaning", record(("traceparent", UNSAMPLED.encode())), made)

    assert spans_of(exporter, spans) == []
    assert dict(sent.headers)["traceparent"].endswith(b"-00")
    assert UNSAMPLED.split("-")[1].encode() in dict(sent.headers)["traceparent"]


def _publish(number: int) -> Record:
    """Return what `newsloom publish` sends, as it is consumed at offset `number`."""
    raw = raw_record(RawArticle(url=f"https://a.example/{number}", source="a.example", text="x"))
    return Record(RAW.name, 0, number, 1.7e9, raw.key, raw.value, raw.headers)


def _sampled_through(stages: Sequence[str], messages: int) -> list[set[str]]:
    """Return for each stage the ids of the traces whose spans were exported."""
    exporters = [InMemorySpanExporter() for _ in stages]
    makers = [
        OpenTelemetrySpans(stage, exporter)
        for stage, exporter in zip(stages, exporters, strict=True)
    ]
    done = Processed((OutgoingRecord(CLEAN, b"k", b"{}", ()),), "passed")
    for number in range(messages):
        one = _publish(number)
        for stage, maker in zip(stages, makers, strict=True):
            (sent,) = pass_through(maker, stage, one, done)
            one = Record(CLEAN.name, 0, number, 1.7e9, sent.key, sent.value, sent.headers)
    return [
        {f"{span.context.trace_id:032x}" for span in spans_of(exporter, maker)}
        for exporter, maker in zip(exporters, makers, strict=True)
    ]


@pytest.mark.parametrize(
    ("sampler", "argument", "least", "most"),
    [
        ("parentbased_traceidratio", "0.25", 30, 70),
        ("parentbased_traceidratio", "0", 0, 0),
        ("parentbased_always_on", "", 200, 200),
        ("parentbased_always_off", "", 0, 0),
    ],
)
def test_a_parent_based_sampler_decides_once_for_all_stages(
    monkeypatch: pytest.MonkeyPatch, sampler: str, argument: str, least: int, most: int
) -> None:
    """Of 200 published articles; the trace ids are derived, so the number is the same each time."""
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", sampler)
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", argument)

    first, second, third = _sampled_through(("cleaning", "tagging", "dedup"), 200)

    assert least <= len(first) <= most
    assert first == second == third


def test_a_trace_that_a_stage_begins_has_a_root_and_the_id_that_the_log_shows() -> None:
    exporter = InMemorySpanExporter()
    spans = OpenTelemetrySpans("cleaning", exporter)
    made = Processed((OutgoingRecord(CLEAN, b"k", b"{}", ()),), "passed")
    one = _publish(1)
    (sent,) = pass_through(spans, "cleaning", one, made)

    (span,) = spans_of(exporter, spans)
    assert span.parent is None
    expected = trace_context.trace_id(trace_context.traceparent_of(one))
    assert f"{span.context.trace_id:032x}" == expected
    assert dict(sent.headers)["traceparent"] == (
        f"00-{expected}-{span.context.span_id:016x}-01".encode()
    )


def test_a_trace_of_which_nothing_is_recorded_is_not_marked_as_sampled() -> None:
    made = Processed((OutgoingRecord(CLEAN, b"k", b"{}", ()),), "passed")
    one = _publish(1)
    (sent,) = pass_through(None, "cleaning", one, made)

    assert not any(name.endswith("traceparent") for name, _ in one.headers)
    assert dict(sent.headers)["traceparent"].endswith(b"-00")


def test_without_tracing_the_context_is_passed_on_unchanged() -> None:
    made = Processed((OutgoingRecord(CLEAN, b"k", b"{}", ()),), "passed")
    (sent,) = pass_through(None, "cleaning", record(("traceparent", THEIRS.encode())), made)

    assert dict(sent.headers)["traceparent"].decode() == THEIRS


def test_tracing_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "services.observability.spans", None)

    assert worker._spans("cleaning", Settings()) is None
    with pytest.raises(UsageError, match="pip install newsloom"):
        worker._spans("cleaning", Settings(tracing=True))


def test_spans_are_exported_to_the_endpoint_of_the_opentelemetry_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The collector is a small HTTP server in this test."""
    taken: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            plain = gzip.decompress(body) if self.headers["content-encoding"] == "gzip" else body
            taken.append((self.path, plain))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        spans = worker._spans("cleaning", Settings(tracing=True))
        assert spans is not None
        pass_through(spans, "cleaning", record(), Processed((), "passed"))
        spans.close()
        server.shutdown()

    ((path, body),) = taken
    assert path == "/v1/traces"
    assert f"process {RAW.name}".encode() in body
    assert b"newsloom-cleaning" in body
