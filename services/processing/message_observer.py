"""What is told of each message on its way through a stage: metrics, log lines, spans.

The rules of delivery are in `services/processing/runner.py`; nothing here changes what becomes of a
message. An article's text is never told: ids, reasons and places alone.
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
from services.processing.stage import Ended, Result, subject

log = structlog.get_logger()

_CLOCKS_SECONDS = 60.0
"""How far the exporter's clock may be ahead."""

HEARTBEAT = "heartbeat"
"""Outcome of a heartbeat that passed a stage."""


@dataclass(frozen=True, slots=True)
class Hop:
    """A message on its way through a stage, with what goes on to those made from it."""

    record: Record
    traceparent: str
    beat: bytes | None
    span: trace_context.Span | None

    def carry(self, outgoing: OutgoingRecord) -> OutgoingRecord:
        """The outgoing record with the trace, and marked where this is a heartbeat."""
        onward = self.span.traceparent if self.span else self.traceparent
        carried = trace_context.carry(outgoing, onward)
        return heartbeat.mark(carried, self.beat) if self.beat is not None else carried


class Observer:
    """Counts, times and logs the messages of one stage."""

    def __init__(self, stage: str, spans: trace_context.Spans | None = None) -> None:
        """`spans` makes a span of each message; None makes none."""
        self._stage = stage
        self._spans = spans
        self._in = metrics.IN.labels(stage)
        self._batch = metrics.BATCH.labels(stage)
        self._work_seconds = metrics.WORK_SECONDS.labels(stage)
        self._in_progress = metrics.IN_PROGRESS.labels(stage)
        self._ended = metrics.ENDED.labels(stage)
        self._last = metrics.LAST_PROCESSED.labels(stage)
        self._out = cache(lambda outcome: metrics.OUT.labels(stage, outcome))
        self._newest_beat = 0.0
        self._tells_all = log.is_enabled_for(logging.DEBUG)
        metrics.RETRIES.labels(stage)  # 0 from the start, so that a first one is an increase

    def took(self, messages: int) -> None:
        """A batch was taken."""
        self._in.inc(messages)
        self._batch.observe(messages)

    def in_hand(self, messages: int) -> None:
        """So many messages are taken and not settled."""
        self._in_progress.set(messages)

    def worked(self, messages: int, seconds: float) -> None:
        """The work on a batch has taken so long."""
        for _ in range(messages):
            self._work_seconds.observe(seconds / messages)

    def retrying(self, error: Exception, wait: float) -> None:
        """A transient failure; the batch is tried again after a wait in seconds."""
        metrics.RETRIES.labels(self._stage).inc()
        log.warning("retrying", stage=self._stage, error=str(error), wait_seconds=wait)

    def follow(self, record: Record, result: Result, began: int) -> Hop:
        """The way of a message whose work began at a time in nanoseconds since the epoch."""
        context = trace_context.context(record, result.outgoing)
        span = self._spans.start(record, context, began) if self._spans else None
        return Hop(record, context, heartbeat.mark_of(record), span)

    def settled(self, hop: Hop, result: Result) -> None:
        """A message is settled, with this result."""
        failed = False
        if isinstance(result, Ended):
            outcome: str = outcome_of(result.rejected.reason)
            failed = outcome == Outcome.FAILED
            metrics.DEAD_LETTERS.labels(self._stage, result.rejected.reason).inc()
            self._ended.inc()
        elif hop.beat is not None:
            outcome = HEARTBEAT
            sent = heartbeat.seconds(hop.beat)
            if sent <= time.time() + _CLOCKS_SECONDS:  # else a forged one could silence the alert
                self._newest_beat = max(self._newest_beat, sent)
            metrics.HEARTBEAT.labels(self._stage).set(self._newest_beat)
        else:
            outcome = result.outcome
            if result.ingested_at is not None:
                passed = datetime.now(UTC) - result.ingested_at
                metrics.END_TO_END.observe(max(0.0, passed.total_seconds()))
                self._ended.inc()
        self._out(outcome).inc()
        self._last.set(time.time())
        if hop.span is not None:
            hop.span.end(outcome, failed=failed, article_id=subject(hop.record, result))
        if self._tells_all or isinstance(result, Ended):
            self._tell(hop, result, outcome)

    def _tell(self, hop: Hop, result: Result, outcome: str) -> None:
        place = f"{hop.record.topic}/{hop.record.partition}/{hop.record.offset}"
        told = {
            "stage": self._stage,
            "outcome": outcome,
            "article_id": subject(hop.record, result),
            "trace_id": trace_context.trace_id(hop.traceparent),
            "record": place,
        }
        if not isinstance(result, Ended):
            log.debug("settled", **told)
        elif outcome == Outcome.FAILED:
            log.warning("dead_letter", **told, reason=result.rejected.reason.value)
        else:
            log.info("dead_letter", **told, reason=result.rejected.reason.value)
