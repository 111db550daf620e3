"""A stage or a subscriber is far too slow, or a clock is off: memory is bounded, answers stay."""

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
from tests.faults import load, plan, results
from tests.faults.crew import (
    Crew,
    Load,
    assert_answers_as_without_faults,
    raw_records,
    said_by,
)
from tests.faults.plan import sized
from tests.integration.harness import Worker, eventually

KIB = 1024
MORE_MIB = 96
"""How much a process that has worked before may grow while hundreds of MiB wait for it.

Cleaning takes most (some 75), as it holds 1 MiB of each of 8 partitions, and pages in work.
"""
PAGE_KIB = 200


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
    """Short articles in long pages: what waits is large, what it costs to clean is not."""
    padding = "<!-- " + "x" * (PAGE_KIB * KIB) + " -->"
    made = []
    for article in load.articles(number, f"{plan.SEED} {name}"):
        page = f"<html><body><article><p>{article.text}</p></article></body>{padding}</html>"
        made.append(raw_record(article.model_copy(update={"text": None, "html": page})))
    return made


@pytest.mark.parametrize("stage", sized(["cleaning"], ["cleaning", "tagging", "dedup"]))
def test_a_stage_a_hundred_times_too_slow_drops_nothing_and_stays_small(
    crew: Crew, stage: str
) -> None:
    """It takes no more than it can hold; the rest waits on the broker."""
    began = time.monotonic()
    number = sized(800, 1500)  # 156 MiB in the short form: an unbounded queue grows by some 170
    if plan.FULL:  # what the first pages make a process take, it keeps
        crew.start()
        with Load(crew.cluster.bootstrap, large_pages(60, "warm"), 60.0):
            pass
        crew.caught_up(120)
    workers = crew.start(*(one for one in STAGES if one != stage))
    (worker,) = crew.start(stage, FAULT_SLOW=sized("0.05", "0.2"))
    workers.append(worker)
    settle = number // 10
    with Memory(workers) as memory:
        with Load(crew.cluster.bootstrap, large_pages(number), 1000.0):
            pass
        eventually(
            lambda: worker.counted("newsloom_messages_out_total") >= settle, "a tenth is done", 120
        )
    assert crew.lag(), "it was not slow"
    crew.start(stage)
    crew.caught_up(sized(120, 300))

    report = crew.check()
    assert crew.restarts == 0, "a worker ended by itself"
    assert_answers_as_without_faults(crew.cluster)
    waiting = number * PAGE_KIB // KIB
    grown = {name: round(growth) for name, growth in memory.growth.items()}
    assert waiting > MORE_MIB, "too little waits to tell a bounded queue from an unbounded one"
    assert max(grown.values()) < MORE_MIB, grown
    results.note(
        f"{stage} 100 × too slow",
        began,
        report,
        MiB_waiting=waiting if stage == "cleaning" else "little",
        MiB_grown=max(grown.values()),
    )


def test_a_subscriber_a_hundred_times_too_slow_holds_nobody_up(crew: Crew) -> None:
    """And gets every message."""
    began = time.monotonic()
    number = sized(120, 2000)
    workers = crew.start()
    with Memory(workers) as memory, slow_subscriber(crew.cluster.bootstrap) as got:
        with Load(crew.cluster.bootstrap, raw_records(number, "subscriber"), 60.0):
            pass
        crew.caught_up(120)
        report = crew.check()
        enriched = sum(count for name, count in report["outcomes"].items() if ": " not in name)
        assert len(got.ids) < enriched, "it was not slow"
        got.hurry.set()
        eventually(lambda: len(got.ids) >= enriched, "the subscriber has all", 120)
    assert_answers_as_without_faults(crew.cluster)
    grown = {name: round(growth) for name, growth in memory.growth.items()}
    assert max(grown.values()) < MORE_MIB, grown
    results.note("a subscriber 100 × too slow", began, report, MiB_grown=max(grown.values()))


class Subscriber:
    """Takes a message in half a second, until it is told to hurry."""

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
            found = await client.getmany(
                timeout_ms=200, max_records=None if self.hurry.is_set() else 1
            )
            for records in found.values():
                self.ids += [dict(record.headers)["ce_id"] for record in records]
            if not self.hurry.is_set():
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


def libfaketime() -> str:
    """The library that shifts a process's clock; the test is skipped where it is not there."""
    program = shutil.which("faketime")
    if program is None:
        pytest.skip("faketime is not installed (Debian: apt-get install faketime)")
    said = subprocess.run(
        [program, "-m", "now", "sh", "-c", "echo $LD_PRELOAD"],
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.strip()


@pytest.mark.parametrize("days", sized([1], [1, -1]))
def test_a_worker_whose_clock_is_a_day_off_answers_alike(crew: Crew, days: int) -> None:
    """Verdicts depend on the articles' own times and on when the publisher sent them."""
    began = time.monotonic()
    shifted = {
        "LD_PRELOAD": libfaketime(),
        "FAKETIME": f"{days:+}d",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    crew.start(**shifted)
    with Load(crew.cluster.bootstrap, raw_records(sized(100, 2000), f"clock {days}"), 60.0):
        pass
    crew.caught_up(120)
    assert crew.restarts == 0, "a worker ended by itself"
    there = datetime.now(UTC) + timedelta(days=days)
    for worker in crew.cluster.workers[-len(STAGES) :]:
        assert f"{there:%Y-%m-%dT}" in said_by(worker), "its clock was not shifted"

    report = crew.check()
    assert_answers_as_without_faults(crew.cluster)
    results.note(f"a clock {days:+} day off, all stages", began, report)
