"""Metrics, log lines and spans of each message on its way through a stage.

The delivery rules are in `runner.py` and `delivery.py`; nothing here changes what becomes of a
message. An article's text is never logged: only ids, reasons and places are.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import structlog

from schemas.dead_letter import Outcome
from services.messaging import heartbeat, trace_context
from services.messaging.errors import outcome_of
from services.messaging.records import OutgoingRecord, Record
from services.observability import metrics
from services.processing.stage import DeadLettered, Result, subject_of
from services.processing.start_position import Cause

log = structlog.get_logger()

_MAX_CLOCK_SKEW_SECONDS = 60.0
"""How far the exporter's clock may be ahead of the worker's."""

HEARTBEAT = "heartbeat"
"""Outcome of a heartbeat that passed a stage."""


@dataclass(frozen=True, slots=True)
class MessageContext:
    """A consumed message, with what is propagated to the messages made from it.

    `heartbeat` is the time at which a heartbeat was sent, and None for any other message.
    """

    record: Record
    traceparent: str
    heartbeat: bytes | None
    span: trace_context.Span | None

    def propagate(self, outgoing: OutgoingRecord) -> OutgoingRecord:
        """Return an outgoing record with the trace context, and with the mark of a heartbeat."""
        traceparent = self.span.traceparent if self.span else self.traceparent
        carried = trace_context.with_trace_context(outgoing, traceparent)
        return (
            carried
            if self.heartbeat is None
            else heartbeat.with_heartbeat_header(carried, self.heartbeat)
        )


class MessageObserver:
    """Counts, times and logs the messages of one stage."""

    def __init__(self, stage: str, spans: trace_context.Spans | None = None) -> None:
        """Observe the messages of a stage; with `spans` each message gets a span."""
        self._stage = stage
        self._spans = spans
        self._in = metrics.IN.labels(stage)
        self._batch = metrics.BATCH.labels(stage)
        self._batch_work_seconds = metrics.BATCH_WORK_SECONDS.labels(stage)
        self._in_progress = metrics.IN_PROGRESS.labels(stage)
        self._ended = metrics.ENDED.labels(stage)
        self._last = metrics.LAST_PROCESSED.labels(stage)
        self._out = cache(lambda outcome: metrics.OUT.labels(stage, outcome))
        self._newest_heartbeat = 0.0
        self._logs_every_message = log.is_enabled_for(logging.DEBUG)
        # Exported as 0 from the start: the first one is an increase.
        metrics.RETRIES.labels(stage)
        metrics.BATCH_FAULTS.labels(stage)
        metrics.EXPIRED.labels(stage)
        for cause in Cause:
            metrics.POSITION_RESETS.labels(stage, cause)

    def batch_received(self, messages: int) -> None:
        """Count a batch of messages that was consumed."""
        self._in.inc(messages)
        self._batch.observe(messages)

    def in_progress(self, messages: int) -> None:
        """Show how many messages are consumed and not acknowledged."""
        self._in_progress.set(messages)

    def batch_processed(self, seconds: float) -> None:
        """Record how long the processing of a batch took."""
        self._batch_work_seconds.observe(seconds)

    def retry_scheduled(self, error: Exception, wait: float) -> None:
        """Count and log a transient failure; the batch is retried after `wait` seconds."""
        metrics.RETRIES.labels(self._stage).inc()
        log.warning("retrying", stage=self._stage, error=str(error), wait_seconds=wait)

    def batch_fault(self, error: Exception, messages: int) -> None:
        """Count and log a batch that raised `error` although each message passed alone.

        May be called in the worker thread.
        """
        metrics.BATCH_FAULTS.labels(self._stage).inc()
        log.error(
            "batch_failed",
            stage=self._stage,
            error=type(error).__name__,
            messages=messages,
            exc_info=error,
        )

    def begin(self, record: Record, result: Result, started_ns: int) -> MessageContext:
        """Return the context of a message and begin its span.

        `started_ns` is when its processing began, in nanoseconds since the epoch.
        """
        traceparent = trace_context.traceparent_of(record, result.outgoing)
        span = None
        if self._spans is not None:
            is_root = trace_context.received(record, result.outgoing) is None
            span = self._spans.start(record, traceparent, started_ns, is_root=is_root)
        return MessageContext(record, traceparent, heartbeat.sent_at(record), span)

    def finished(self, context: MessageContext, result: Result) -> None:
        """Count and log a message whose outputs have been delivered, and end its span."""
        outcome = self._count(context, result)
        self._out(outcome).inc()
        self._last.set(time.time())
        article_id = subject_of(context.record, result)
        if context.span is not None:
            failed = isinstance(result, DeadLettered) and outcome == Outcome.FAILED
            context.span.end(outcome, failed=failed, article_id=article_id)
        if self._logs_every_message or isinstance(result, DeadLettered):
            self._log(context, result, outcome, article_id)

    def _count(self, context: MessageContext, result: Result) -> str:
        """Update the metrics that depend on the kind of result; return the outcome label."""
        if isinstance(result, DeadLettered):
            metrics.DEAD_LETTERS.labels(self._stage, result.rejected.reason).inc()
            self._ended.inc()
            return outcome_of(result.rejected.reason)
        if context.heartbeat is not None:
            sent = heartbeat.epoch_seconds(context.heartbeat)
            # A forged heartbeat from the future would silence the alert.
            if sent <= time.time() + _MAX_CLOCK_SKEW_SECONDS:
                self._newest_heartbeat = max(self._newest_heartbeat, sent)
            metrics.HEARTBEAT.labels(self._stage).set(self._newest_heartbeat)
            return HEARTBEAT
        if result.ingested_at is not None:
            elapsed = datetime.now(UTC) - result.ingested_at
            metrics.END_TO_END.observe(max(0.0, elapsed.total_seconds()))
            self._ended.inc()
        return result.outcome

    def _log(
        self, context: MessageContext, result: Result, outcome: str, article_id: str | None
    ) -> None:
        fields = {
            "stage": self._stage,
            "outcome": outcome,
            "article_id": article_id,
            "trace_id": trace_context.trace_id(context.traceparent),
            "record": context.record.place,
        }
        if not isinstance(result, DeadLettered):
            log.debug("settled", **fields)
        elif outcome == Outcome.FAILED:
            log.warning("dead_letter", **fields, reason=result.rejected.reason.value)
        else:
            log.info("dead_letter", **fields, reason=result.rejected.reason.value)
