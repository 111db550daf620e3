"""OpenTelemetry spans, one for each stage and message (extra `tracing`).

Names and attributes follow OpenTelemetry's semantic conventions for messaging. A span covers the
processing of the message's batch and the wait for the broker. Destination and sampling are
configured by OpenTelemetry's own variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER, …).
The sampler of the stage that records the first span of a trace decides whether the trace is
sampled; a parent-based sampler of the following stages keeps to that.
"""

from __future__ import annotations

import time
from importlib.metadata import version

from opentelemetry import trace as otel
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from services.messaging import heartbeat, trace_context
from services.messaging.records import Record

_SAMPLED = 0x01


class OpenTelemetrySpan:
    """The span of one message; implements `services.messaging.trace_context.Span`."""

    def __init__(self, span: otel.Span) -> None:
        self._span = span
        context = span.get_span_context()
        sampled = int(context.trace_flags) & _SAMPLED
        self.traceparent = f"00-{context.trace_id:032x}-{context.span_id:016x}-{sampled:02x}"

    def end(self, outcome: str, *, failed: bool, article_id: str | None) -> None:
        """End the span with the outcome of the message."""
        self._span.set_attribute("newsloom.outcome", outcome)
        if article_id is not None:
            self._span.set_attribute("newsloom.article_id", article_id)
        if failed:
            self._span.set_status(Status(StatusCode.ERROR, outcome))
        self._span.end()


class _TraceIds(RandomIdGenerator):
    """Gives the next root span the trace id that the position of its record determines."""

    next_trace_id = 0

    def generate_trace_id(self) -> int:
        return self.next_trace_id


class OpenTelemetrySpans:
    """Makes the spans of a stage and exports them; implements `trace_context.Spans`."""

    def __init__(self, stage: str, exporter: SpanExporter | None = None) -> None:
        """Export spans with `exporter`, by default OTLP over HTTP."""
        if exporter is None:
            from opentelemetry.exporter.otlp.proto.http import (  # noqa: PLC0415 - slow to load
                trace_exporter,
            )

            exporter = trace_exporter.OTLPSpanExporter()
        resource = Resource.create(
            {
                "service.name": f"newsloom-{stage}",
                "service.namespace": "newsloom",
                "service.version": version("newsloom-server"),
            }
        )
        self._trace_ids = _TraceIds()
        self._provider = TracerProvider(
            resource=resource, shutdown_on_exit=False, id_generator=self._trace_ids
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("newsloom", version("newsloom-server"))

    def start(
        self, record: Record, traceparent: str, began: int, *, is_root: bool
    ) -> OpenTelemetrySpan:
        """Start the span of a record as a child of `traceparent`, or as the root of its trace.

        Its processing began at `began`, in nanoseconds since the epoch.
        """
        span = self._tracer.start_span(
            f"process {record.topic}",
            context=self._root(traceparent) if is_root else _child(traceparent),
            kind=SpanKind.CONSUMER,
            start_time=min(began, time.time_ns()),
            attributes={
                "messaging.system": "kafka",
                "messaging.operation.name": "process",
                "messaging.operation.type": "process",
                "messaging.destination.name": record.topic,
                "messaging.destination.partition.id": str(record.partition),
                "messaging.kafka.offset": record.offset,
                "messaging.message.body.size": len(record.value or b""),
                "newsloom.heartbeat": heartbeat.sent_at(record) is not None,
            },
        )
        return OpenTelemetrySpan(span)

    def _root(self, traceparent: str) -> Context:
        self._trace_ids.next_trace_id = int(trace_context.trace_id(traceparent), 16)
        return Context()

    def close(self) -> None:
        """Send the spans that have not been sent (at most some seconds), and stop."""
        self._provider.shutdown()


def _child(traceparent: str) -> Context:
    _, trace_id, parent_id, flags = traceparent.split("-")
    parent = SpanContext(
        int(trace_id, 16),
        int(parent_id, 16),
        is_remote=True,
        trace_flags=TraceFlags(int(flags, 16)),
    )
    return otel.set_span_in_context(otel.NonRecordingSpan(parent))
