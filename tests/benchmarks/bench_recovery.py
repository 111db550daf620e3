"""Benchmark interruptions of dedup: ``python -m tests.benchmarks.bench_recovery [--articles N]``.

With a large state in RocksDB, as in a worker, it measures the time from a rebalance to the first
result, for a newly assigned partition and for one that was kept; the time for an article whose
decision raises an exception at its end; and the memory per article while the index is rebuilt.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import structlog

from services.dedup.core import Shard
from services.dedup.stage import DedupStage
from services.messaging.records import Record
from services.processing.stage import DeadLettered, Result
from services.settings import Settings
from tests.benchmarks.bench_dedup import rebuild_in_own_process
from tests.benchmarks.large_state import fill
from tests.benchmarks.store import PARTITION, DiskRows
from tests.quality import report
from tests.unit.dedup.test_stage import record

FAILING = 100
"""Number of articles whose decision raises an exception; each follows one that succeeds."""
REBALANCES = 9


class Worker:
    """A dedup stage whose rows are on disk, without Kafka."""

    def __init__(self, folder: Path) -> None:
        self._rows = DiskRows(folder)
        self.stage = DedupStage(Settings(), self._rows.tables)
        self._number = 0

    def take(self, **fields: Any) -> tuple[float, Result]:
        """Process the next article; return the time in seconds and the result."""
        self._number += 1
        source = record(self._number, **fields)
        message = Record(
            source.topic, PARTITION, source.offset, 0.0, source.key, source.value, source.headers
        )  # fmt: skip
        began = time.perf_counter()
        (result,) = self.stage.process([message])
        seconds = time.perf_counter() - began
        self._rows.store(result.changes)
        return seconds, result

    def rebalance(self) -> float:
        """Assign the partition again; return the seconds until the next result."""
        began = time.perf_counter()
        self.stage.on_assign({PARTITION})
        self.take()
        return time.perf_counter() - began


def measure(folder: Path) -> dict[str, float]:
    """Return the figures in milliseconds."""
    worker = Worker(folder)
    newly_assigned, _ = worker.take()
    kept = [worker.rebalance() for _ in range(REBALANCES)]
    decide = Shard.decide

    def failing(shard: Shard, article: Any, message: Any) -> Any:
        decision = decide(shard, article, message)
        if article.title == "bad":
            raise ZeroDivisionError
        return decision

    Shard.decide = failing  # type: ignore[method-assign,assignment]
    times: dict[str, list[float]] = {"good": [], "bad": []}
    for title in ["good", "bad"] * FAILING:
        seconds, result = worker.take(title=title)
        assert isinstance(result, DeadLettered) == (title == "bad")
        times[title].append(seconds)
    return {
        "coming.ms": newly_assigned * 1e3,
        "staying.ms": statistics.median(kept) * 1e3,
        "good.ms": statistics.median(times["good"]) * 1e3,
        "failing.ms": statistics.median(times["bad"]) * 1e3,
        "failing.longest_ms": max(times["bad"]) * 1e3,
    }


def main() -> None:
    """Create a large state, or use the one in `--state`, and print the figures."""
    # The failures are intended, and logging their tracebacks would distort the measured times.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--state", type=Path, help="folder of an existing state")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.state is None:
            report.progress(f"{fill(Path(folder), options.articles)} rows")
        state = options.state or Path(folder)
        rebuilt = rebuild_in_own_process(state)
        figures = measure(state)
    figures["rebuild.peak_bytes_per_article"] = rebuilt["bytes_peak"] / options.articles
    figures["rebuild.bytes_per_article_when_ready"] = rebuilt["bytes_ready"] / options.articles
    figures["rebuild.row_bytes_per_article"] = rebuilt["row_bytes"] / options.articles
    rounded: dict[str, float | int | str] = {name: round(one, 2) for name, one in figures.items()}
    report.show("Interruptions of dedup", ("figure", "value"), list(rounded.items()))
    report.write("bench-recovery", rounded)


if __name__ == "__main__":
    main()
