"""A slow stage, a slow subscriber or a wrong clock does not change results or exhaust memory."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Self

import psutil
import pytest
from aiokafka import AIOKafkaConsumer

from schemas.topics import ENRICHED
from services.messaging.raw_records import raw_record
from services.messaging.records import OutgoingRecord
from services.processing.stages import STAGES
from tests.faults import invented_articles, results, run_size
from tests.faults.run_size import sized
from tests.faults.worker_pool import (
    LoadGenerator,
    WorkerPool,
    assert_same_results_as_without_faults,
    log_text,
    raw_records,
    wait_for_more,
)
from tests.integration.harness import Worker, eventually

KIB = 1024
MAX_GROWTH_MIB = sized(96, 160)
"""Limit for the growth of a worker's resident memory while a larger backlog waits, in MiB.

Cleaning grows most, as it buffers 1 MiB of each of 8 partitions and the pages in progress: by up to
75 MiB, and by up to 125 MiB in the full form on a machine whose cores are all busy, where 292 MiB
are published at once.
"""
PAGE_KIB = 200
SLOW_MESSAGES = 20
"""How many messages the slow subscriber consumes before its delay is removed."""


class Memory:
    """The largest growth of each worker's resident memory during the block, in MiB."""

    def __init__(self, workers: list[Worker]) -> None:
        self._processes = {w.stage: psutil.Process(w.process.pid) for w in workers}
        self._first = {name: _rss(process) for name, process in self._processes.items()}
        self.growth = dict.fromkeys(self._processes, 0.0)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        while not self._done.wait(0.2):
            for name, process in self._processes.items():
                self.growth[name] = max(self.growth[name], _rss(process) - self._first[name])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def _rss(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / KIB / KIB


def large_pages(number: int, name: str = "pages") -> list[OutgoingRecord]:
    """Return short articles in long pages, which need much memory and little time to clean."""
    padding = "<!-- " + "x" * (PAGE_KIB * KIB) + " -->"
    records = []
    for article in invented_articles.articles(number, f"{run_size.SEED} {name}"):
        page = f"<html><body><article><p>{article.text}</p></article></body>{padding}</html>"
        records.append(raw_record(article.model_copy(update={"text": None, "html": page})))
    return records


@pytest.mark.parametrize("stage", sized(["cleaning"], ["cleaning", "tagging", "dedup"]))
def test_a_stage_a_hundred_times_too_slow_keeps_its_memory_bounded(
    pool: WorkerPool, stage: str
) -> None:
    """The stage buffers a limited number of messages; the others wait on the broker."""
    began = time.monotonic()
    number = sized(800, 1500)  # 156 MiB in the short form: an unbounded queue grows by some 170
    if run_size.FULL:  # memory that the first pages need is not released
        pool.start()
        with LoadGenerator(pool.cluster.bootstrap, large_pages(60, "warm"), 60.0):
            pass
        pool.wait_until_caught_up()
    workers = pool.start(*(one for one in STAGES if one != stage))
    (worker,) = pool.start(stage, FAULT_SLOW="0.2")
    workers.append(worker)
    with Memory(workers) as memory:
        with LoadGenerator(pool.cluster.bootstrap, large_pages(number), 1000.0):
            pass
        wait_for_more(worker, sized(20, 150))  # the backlog waits meanwhile
    assert pool.lag(), "the stage had no backlog"
    pool.start(stage)
    pool.wait_until_caught_up()

    report = pool.check()
    assert pool.restarts == 0, "a worker ended without being stopped"
    assert_same_results_as_without_faults(pool.cluster)
    waiting = number * PAGE_KIB // KIB
    grown = {name: round(growth) for name, growth in memory.growth.items()}
    assert waiting > MAX_GROWTH_MIB, "the backlog is too small to detect an unbounded queue"
    assert max(grown.values()) < MAX_GROWTH_MIB, grown
    results.note(
        f"{stage} 100 × too slow",
        began,
        report,
        MiB_waiting=waiting if stage == "cleaning" else "little",
        MiB_grown=max(grown.values()),
    )


def test_a_subscriber_a_hundred_times_too_slow_delays_nobody(pool: WorkerPool) -> None:
    """The subscriber still receives every message."""
    began = time.monotonic()
    number = sized(120, 2000)
    workers = pool.start()
    with Memory(workers) as memory, slow_subscriber(pool.cluster.bootstrap) as got:
        with LoadGenerator(pool.cluster.bootstrap, raw_records(number, "subscriber"), 60.0):
            pass
        pool.wait_until_caught_up()
        report = pool.check()
        enriched = sum(count for name, count in report["outcomes"].items() if ": " not in name)
        assert len(got.ids) < enriched, "the subscriber had no backlog"
        got.hurry.set()
        eventually(lambda: len(got.ids) >= enriched, "the subscriber has received all messages")
    assert_same_results_as_without_faults(pool.cluster)
    grown = {name: round(growth) for name, growth in memory.growth.items()}
    assert max(grown.values()) < MAX_GROWTH_MIB, grown
    results.note("a subscriber 100 × too slow", began, report, MiB_grown=max(grown.values()))


class Subscriber:
    """A subscriber that needs half a second for each message until `hurry` is set.

    Before that it consumes at most `SLOW_MESSAGES`, however long the test takes.
    """

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self.ids: list[bytes] = []
        self.hurry = threading.Event()
        self.done = threading.Event()

    async def follow(self) -> None:
        client = AIOKafkaConsumer(
            ENRICHED.name,
            bootstrap_servers=self._bootstrap,
            group_id="slow-subscriber",
            auto_offset_reset="earliest",
        )
        await client.start()
        while not self.done.is_set():
            hurries = self.hurry.is_set()
            if hurries or len(self.ids) < SLOW_MESSAGES:
                found = await client.getmany(timeout_ms=200, max_records=None if hurries else 1)
                for records in found.values():
                    self.ids += [dict(record.headers)["ce_id"] for record in records]
            if not hurries:
                await asyncio.sleep(0.5)
        await client.stop()


@contextmanager
def slow_subscriber(bootstrap: str) -> Iterator[Subscriber]:
    subscriber = Subscriber(bootstrap)
    thread = threading.Thread(target=lambda: asyncio.run(subscriber.follow()))
    thread.start()
    try:
        yield subscriber
    finally:
        subscriber.done.set()
        thread.join(30)


def faketime_library() -> str:
    """Return the path of the library that shifts a clock; skip the test if it is missing."""
    program = shutil.which("faketime")
    if program is None:
        pytest.skip("faketime is not installed: make test-tools")
    listing = subprocess.run(
        [program, "-m", "now", "sh", "-c", "echo $LD_PRELOAD"],
        capture_output=True,
        text=True,
        check=True,
    )
    return listing.stdout.strip()


@pytest.mark.parametrize("days", sized([1], [1, -1]))
def test_a_clock_that_is_a_day_off_does_not_change_results(pool: WorkerPool, days: int) -> None:
    """Verdicts depend on the times of the articles and of their publication alone."""
    began = time.monotonic()
    shifted = {
        "LD_PRELOAD": faketime_library(),
        "FAKETIME": f"{days:+}d",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    pool.start(**shifted)
    with LoadGenerator(
        pool.cluster.bootstrap, raw_records(sized(100, 2000), f"clock {days}"), 60.0
    ):
        pass
    pool.wait_until_caught_up()
    assert pool.restarts == 0, "a worker ended without being stopped"
    there = datetime.now(UTC) + timedelta(days=days)
    for worker in pool.cluster.workers[-len(STAGES) :]:
        assert f"{there:%Y-%m-%dT}" in log_text(worker), "the worker's clock was not shifted"

    report = pool.check()
    assert_same_results_as_without_faults(pool.cluster)
    results.note(f"a clock {days:+} day off, all stages", began, report)
