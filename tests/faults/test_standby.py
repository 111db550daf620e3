"""Dedup workers share the languages; after a failover the results are the same."""

from __future__ import annotations

import signal
import time

import pytest

from tests.faults import results
from tests.faults.run_size import sized
from tests.faults.worker_pool import (
    LoadGenerator,
    WorkerPool,
    assert_same_results_as_without_faults,
    endless_records,
    wait_for_more,
)
from tests.integration.harness import Worker, eventually


@pytest.mark.parametrize("standbys", sized([1], [0, 1, 2]))
def test_killing_one_of_three_dedup_workers_changes_no_result(
    pool: WorkerPool, standbys: int
) -> None:
    """The killed worker has messages in progress and is not restarted."""
    began = time.monotonic()
    number, rate = sized(300, 4000), 60.0
    pool.start("cleaning", "tagging")
    pool.end("dedup")
    workers = [pool.launch("dedup", NEWSLOOM_STANDBY_REPLICAS=str(standbys)) for _ in range(3)]
    pool.wait_until_ready()
    records = endless_records(f"{standbys} standby")
    with LoadGenerator(pool.cluster.bootstrap, records, rate, least=number):
        eventually(lambda: sum(done(one) > 0 for one in workers) > 1, "two workers have languages")
        busiest = max(workers, key=done)
        wait_for_more(busiest, sized(20, 200))
        assert busiest.end(signal.SIGKILL) == -signal.SIGKILL
    pool.wait_until_caught_up()

    report = pool.check()
    assert pool.restarts == 0, "a worker ended without being stopped"
    assert_same_results_as_without_faults(pool.cluster)
    results.note(f"SIGKILL of one of three dedup workers, {standbys} standby", began, report)


def done(worker: Worker) -> int:
    """Return how many messages the worker has acknowledged."""
    return worker.counted("newsloom_messages_out_total")
