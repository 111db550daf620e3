"""A dedup worker that is stopped during a rebalance shuts down in order, every time."""

from __future__ import annotations

import time

from tests.faults import results, run_size
from tests.faults.run_size import sized
from tests.faults.worker_pool import (
    LoadGenerator,
    WorkerPool,
    assert_same_results_as_without_faults,
    endless_records,
    log_text,
)
from tests.integration.harness import eventually

PATIENT = {
    "NEWSLOOM_SESSION_TIMEOUT": "40",
    "NEWSLOOM_REBALANCE_TIMEOUT": "60",
    # The revocation then waits for messages in progress, and the stop arrives before it ends.
    "FAULT_SLOW": "0.02",
}
"""Settings with which the workers keep their sessions on a busy machine."""
STOP_SECONDS = 240


def test_a_worker_that_is_stopped_during_a_rebalance_ends_in_order(pool: WorkerPool) -> None:
    """Each worker is stopped while the next one joins the group."""
    began, stops = time.monotonic(), sized(2, 200)
    chance = run_size.chance("stop")
    during_rebalance = 0
    *_, old = (*pool.start("cleaning", "tagging"), *pool.start("dedup", **PATIENT))
    for number in range(stops):
        articles = endless_records(f"stop {number}")
        with LoadGenerator(pool.cluster.bootstrap, articles, 20.0, least=0):
            new = pool.launch("dedup", **PATIENT)
            eventually(lambda: not old.ready() or new.ready(), "a rebalance", STOP_SECONDS, old)  # noqa: B023 - called immediately
            during_rebalance += not new.ready()
            time.sleep(chance.choice((0.0, 0.0, chance.uniform(0, 0.3), chance.uniform(0, 3))))
            old.process.terminate()
            status = old.process.wait(STOP_SECONDS)
            assert status == 0, f"stop {number}: {status}, seed {run_size.SEED}: {log_text(old)}"
        eventually(new.ready, "the next worker is ready", STOP_SECONDS, new)
        old = new
    assert during_rebalance >= stops / 2, "most stops must come during a rebalance"
    pool.wait_until_caught_up()

    report = pool.check()
    assert pool.restarts == 0, "a worker ended without being stopped"
    assert_same_results_as_without_faults(pool.cluster)
    results.note(f"dedup stopped during a rebalance × {stops}", began, report)
