"""Workers are killed and stopped under load: nothing is lost or duplicated."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

from services.processing.stages import STAGES
from tests.faults import results, run_size
from tests.faults.run_size import sized
from tests.faults.worker_pool import (
    LoadGenerator,
    WorkerPool,
    assert_same_results_as_without_faults,
    raw_records,
)


def fault_schedule(row: str, rounds: int, seconds: float) -> Iterator[tuple[float, str]]:
    """When to hurt which stage: each so often, at random fault_schedule of the load, in seconds."""
    rng = run_size.chance(row)
    slots = [
        (seconds * (number + rng.random()) / rounds, stage)
        for stage in STAGES
        for number in range(rounds)
    ]
    return iter(sorted(slots))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=lambda how: how.name)
def test_each_stage_is_ended_repeatedly(pool: WorkerPool, how: signal.Signals) -> None:
    """After SIGTERM no message is processed twice."""
    began = time.monotonic()
    kill = how is signal.SIGKILL
    number, rounds = sized(240, 20_000), sized(1, 20)
    rate = sized(80.0, 45.0 if kill else 80.0)  # a kill costs the stage its session timeout
    pool.start()
    with LoadGenerator(pool.cluster.bootstrap, raw_records(number, how.name), rate):
        start = time.monotonic()
        for at, stage in fault_schedule(how.name, rounds, number / rate):
            time.sleep(max(0.0, start + at - time.monotonic()))
            pool.end_and_replace(stage, how)
    pool.wait_until_caught_up(sized(120, 900))

    report = pool.check()
    assert kill or report["redelivered"] == 0
    assert pool.restarts == 0, "a worker ended by itself"
    assert_same_results_as_without_faults(pool.cluster)
    results.note(f"{how.name}, each stage × {rounds}", began, report)
