"""Measure the CPU time of observability per message: `make bench-observe`.

In one process, the runner processes messages with a stage that does nothing, and produces to a
broker that acknowledges immediately. The variants run in turn: an observer that does nothing, the
real observer (metrics, trace, logs at info level), and the real observer with spans. The result
is the CPU time per message.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import override

from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from schemas.topics import CLEAN, RAW
from services.messaging import trace_context
from services.messaging.records import OutgoingRecord, Record
from services.observability import logs, metrics
from services.observability.spans import OpenTelemetrySpans
from services.processing import message_observer
from services.processing.runner import StageRunner
from services.processing.stage import Processed, Result, RowChange
from services.settings import Settings
from tests.quality.report import show, write

_CONTEXT = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
_HEADERS = (
    *((f"ce_{name}", b"x" * 32) for name in ("specversion", "id", "source", "type", "time")),
    *((f"ce_{name}", b"x" * 32) for name in ("subject", "dataschema", "partitionkey", "sequence")),
    *(("ce_traceparent", _CONTEXT), ("traceparent", _CONTEXT)),
    ("content-type", b"application/json"),
)
_VALUE = b"{}" * 1500


class _IdleStage:
    """A stage that forwards every message."""

    name = "nothing"

    def process(self, records: Sequence[Record]) -> list[Result]:
        return [
            Processed((OutgoingRecord(CLEAN, one.key, one.value, _HEADERS),), "passed")
            for one in records
        ]

    def on_assign(self, partitions: Collection[int]) -> None: ...


class _InstantBroker:
    """A broker that acknowledges every message immediately."""

    async def produce(self, outgoing: OutgoingRecord) -> Awaitable[object]:  # noqa: ARG002
        future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        future.set_result(None)
        return future

    async def store(self, changes: Sequence[tuple[Record, RowChange]]) -> None: ...

    def acknowledge(self, record: Record, metadata: str) -> None: ...

    def is_assigned(self, record: Record) -> bool:  # noqa: ARG002
        return True

    def is_too_large(self, error: BaseException) -> bool:  # noqa: ARG002
        return False

    async def crash(self, error: BaseException) -> None:
        raise error


class _NoObserver(message_observer.MessageObserver):
    """An observer that does nothing."""

    @override
    def batch_received(self, messages: int) -> None: ...

    @override
    def in_progress(self, messages: int) -> None: ...

    @override
    def batch_processed(self, seconds: float) -> None: ...

    @override
    def begin(self, record: Record, result: Result, started_ns: int) -> _NoContext:
        return _NoContext(record, "", None, None)

    @override
    def finished(self, context: message_observer.MessageContext, result: Result) -> None: ...


class _NoContext(message_observer.MessageContext):
    @override
    def propagate(self, outgoing: OutgoingRecord) -> OutgoingRecord:
        return outgoing


class _DroppingExporter(SpanExporter):
    """An exporter that accepts spans and drops them."""

    def export(self, spans: Sequence[object]) -> SpanExportResult:  # noqa: ARG002
        return SpanExportResult.SUCCESS


async def _cpu(number: int, spans: trace_context.Spans | None, *, observed: bool) -> float:
    observer = _NoObserver("nothing") if not observed else None
    runner = StageRunner(_IdleStage(), _InstantBroker(), Settings(batch_wait=0), spans, observer)
    task = asyncio.create_task(runner.run())
    records = [
        Record(RAW.name, n % 8, n, time.time(), b"k", _VALUE, _HEADERS) for n in range(number)
    ]
    started = time.process_time()
    for record in records:
        await runner.submit(record)
    while runner.completed < number:  # noqa: ASYNC110 - the runner offers a counter and no event
        await asyncio.sleep(0.001)
    spent = time.process_time() - started
    task.cancel()
    runner.close()
    return 1e6 * spent / number


def main() -> None:
    """Run all variants in turn and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5000, help="messages in each turn")
    parser.add_argument("--turns", type=int, default=9, help="turns of each variant")
    options = parser.parse_args()
    logs.configure(Settings(log_format="json"))
    metrics.RETRIES.labels("nothing")
    spans = OpenTelemetrySpans("nothing", _DroppingExporter())
    variants: dict[str, Callable[[], float]] = {
        "no observer": lambda: asyncio.run(_cpu(options.messages, None, observed=False)),
        "metrics, trace, logs": lambda: asyncio.run(_cpu(options.messages, None, observed=True)),
        "metrics, trace, logs, spans": lambda: asyncio.run(
            _cpu(options.messages, spans, observed=True)
        ),
    }
    seconds: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(options.turns):
        for name, run in variants.items():
            seconds[name].append(run())
    spans.close()
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    base = medians["no observer"]
    rows = [[name, f"{one:.0f}", f"+{one - base:.0f}"] for name, one in medians.items()]
    show("CPU time per message in the runner, µs", ["", "µs", "added"], rows)
    write(
        "bench-observe", {name.replace(", ", "-"): round(one, 1) for name, one in medians.items()}
    )


if __name__ == "__main__":
    main()
