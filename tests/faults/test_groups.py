"""Workers are stalled, added and removed under load: nothing is lost or duplicated."""

from __future__ import annotations

import signal
import time

import pytest

from services.processing.stages import STAGES
from tests.faults import results, run_size
from tests.faults.run_size import sized
from tests.faults.worker_pool import (
    LoadGenerator,
    WorkerPool,
    assert_same_results_as_without_faults,
    endless_records,
)
from tests.integration.harness import Worker, eventually

SLOW = {"FAULT_SLOW": "0.02"}
"""Delays every message, so that a stall happens while messages are in progress."""


@pytest.mark.parametrize("stage", sized(["dedup"], list(STAGES)))
def test_a_worker_stalled_past_its_session_duplicates_nothing(pool: WorkerPool, stage: str) -> None:
    """The stalled worker resumes in the middle of a batch after another took its partitions."""
    began = time.monotonic()
    rounds = sized(1, 5)
    pool.start(*(one for one in STAGES if one != stage))
    pool.start(stage, **SLOW)
    pool.launch(stage, **SLOW)
    pool.wait_until_ready()
    rng = run_size.chance(f"stall {stage}")
    records = endless_records(f"stall {stage}")
    with LoadGenerator(pool.cluster.bootstrap, records, 40.0, least=0):
        for _ in range(rounds):
            stalled = first_to_work(pool.of(stage))
            time.sleep(rng.uniform(0.1, 1))  # to stall it at a random point of a batch
            stalled.process.send_signal(signal.SIGSTOP)
            eventually(lambda: pool.members(stage) == 1, "the other worker takes over", every=0.5)
            time.sleep(rng.uniform(0, 2))
            stalled.process.send_signal(signal.SIGCONT)
            if not rejoins(pool, stalled):
                pool.launch(stage, **SLOW)
                pool.wait_until_ready()
    pool.start(stage)  # the remaining messages need not be slow
    pool.wait_until_caught_up()

    report = pool.check()
    assert_same_results_as_without_faults(pool.cluster)
    results.note(f"SIGSTOP of {stage} past its session × {rounds}", began, report)


def test_stages_scale_up_and_down_under_load(pool: WorkerPool) -> None:
    """The number of workers changes from 1 to 3 to 1; all of them join and leave in order."""
    began = time.monotonic()
    rate, rounds = sized(40.0, 60.0), sized(1, 2)
    stages = sized(["dedup"], list(STAGES))
    pool.start()
    with LoadGenerator(pool.cluster.bootstrap, endless_records("scale"), rate, least=0):
        for _ in range(rounds):
            more = [pool.launch(stage) for stage in stages for _ in range(2)]
            pool.wait_until_ready()
            for worker in more:
                assert worker.end() == 0, worker.log_tail()
    seconds = pool.wait_until_caught_up()

    report = pool.check()
    assert report["redelivered"] == 0
    assert pool.restarts == 0, "a worker ended without being stopped"
    assert_same_results_as_without_faults(pool.cluster)
    results.note(
        f"1 → 3 → 1 workers × {rounds}", began, report, seconds_to_zero_lag=round(seconds, 1)
    )


def first_to_work(workers: list[Worker]) -> Worker:
    """Return the first of the workers that acknowledges a message."""
    before = [worker.counted("newsloom_messages_out_total") for worker in workers]
    working: list[Worker] = []

    def one_works() -> bool:
        working[:] = [
            worker
            for worker, count in zip(workers, before, strict=True)
            if worker.counted("newsloom_messages_out_total") > count
        ]
        return bool(working)

    eventually(one_works, "a worker processes messages")
    return working[0]


def rejoins(pool: WorkerPool, fenced: Worker) -> bool:
    """Wait until a fenced worker is in its group again; return False if it has ended instead."""

    def ended() -> bool:
        return fenced.process.poll() is not None

    eventually(
        lambda: ended() or (pool.members(fenced.stage) > 1 and fenced.ready()),
        "the worker has ended or is in its group again",
        every=0.5,
    )
    return not ended()
