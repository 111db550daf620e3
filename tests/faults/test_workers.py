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
    endless_records,
)


def fault_schedule(row: str, rounds: int, articles: int) -> Iterator[tuple[int, str]]:
    """Yield the number of sent articles after which to end a stage, and the stage.

    Each stage is ended `rounds` times, in random order.
    """
    rng = run_size.chance(row)
    slots = [
        (int(articles * (number + rng.random()) / rounds), stage)
        for stage in STAGES
        for number in range(rounds)
    ]
    return iter(sorted(slots))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=lambda how: how.name)
def test_each_stage_is_ended_repeatedly(pool: WorkerPool, how: signal.Signals) -> None:
    """No message is lost or duplicated; after SIGTERM none is processed twice either."""
    began = time.monotonic()
    kill = how is signal.SIGKILL
    number, rounds = sized(240, 20_000), sized(1, 20)
    rate = sized(80.0, 45.0 if kill else 80.0)  # a kill costs the stage its session timeout
    pool.start()
    records = endless_records(how.name)
    with LoadGenerator(pool.cluster.bootstrap, records, rate, least=number) as load:
        for sent, stage in fault_schedule(how.name, rounds, number):
            load.wait_until_sent(sent)
            pool.end_and_replace(stage, how)
    pool.wait_until_caught_up()

    report = pool.check()
    assert kill or report["redelivered"] == 0
    assert pool.restarts == 0, "a worker ended without being stopped"
    assert_same_results_as_without_faults(pool.cluster)
    results.note(f"{how.name}, each stage × {rounds}", began, report)
