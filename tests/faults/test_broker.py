"""The broker stops and restarts under load: the workers keep running, and nothing is lost."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

import pytest

from schemas.topics import CLEAN, ENRICHED, RAW, TAGGED
from services.kafka import topic_admin
from services.kafka.development_broker import Broker
from tests.faults import results, run_size, three_nodes
from tests.faults.run_size import sized
from tests.faults.worker_pool import (
    LoadGenerator,
    WorkerPool,
    assert_same_results_as_without_faults,
    endless_records,
    restart_broker,
)
from tests.integration.harness import Cluster, eventually


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_workers_survive_a_restart_of_the_broker(pool: WorkerPool, how: signal.Signals) -> None:
    """The workers reconnect without a restart.

    Dedup is the exception. If it has messages in progress for longer than its session timeout, it
    can't know whether another worker owns its partitions, and exits to be restarted.
    """
    began = time.monotonic()
    number, rate, away = sized(200, 4000), sized(60.0, 60.0), sized(2.0, 30.0)
    rng = run_size.chance(how.name)
    pool.start()
    records = endless_records(how.name)
    with LoadGenerator(pool.cluster.bootstrap, records, rate, least=number) as load:
        load.wait_until_sent(int(rng.uniform(0.2, 0.6) * number))
        restart_broker(pool.cluster, how=how, away=away)
    seconds = pool.wait_until_caught_up()

    report = pool.check()
    assert pool.ended in ([], ["dedup"])
    assert_same_results_as_without_faults(pool.cluster)
    results.note(
        f"broker {'stopped' if how is signal.SIGTERM else 'SIGKILLed'}, away {away:.0f} s",
        began,
        report,
        seconds_to_zero_lag=round(seconds, 1),
        dedup_begun_anew=pool.restarts,
    )


@pytest.mark.skipif(not run_size.FULL, reason="three brokers and three workers: make test-faults")
def test_killing_two_of_three_brokers_in_turn_loses_no_record(tmp_path: Path) -> None:
    """Every acknowledged record is kept with replication factor 3 and two in-sync replicas."""
    began = time.monotonic()
    rng = run_size.chance("three brokers")
    with three_nodes.running(tmp_path / "kafka") as nodes:
        cluster = Cluster(tmp_path, Broker(0, 0, str(tmp_path)), bootstrap_servers=nodes.bootstrap)
        pool = WorkerPool(cluster)
        try:
            done = cluster.newsloom("topics", "create", NEWSLOOM_REPLICATION="3")
            assert done.returncode == 0, done.stdout + done.stderr
            pool.start()
            first, second = rng.sample([1, 2, 3], 2)
            records = endless_records("three brokers")
            with LoadGenerator(cluster.bootstrap, records, 60.0, least=6000):
                time.sleep(rng.uniform(10, 20))
                nodes.kill(first)
                time.sleep(rng.uniform(8, 12))
                nodes.start(first)
                time.sleep(rng.uniform(1, 3))  # the restarted broker is still recovering
                nodes.kill(second)
                time.sleep(rng.uniform(8, 12))
                nodes.start(second)
                nodes.await_listening()
            eventually(lambda: fewest_in_sync(cluster) == 3, "all replicas are in sync again")
            seconds = pool.wait_until_caught_up()

            report = pool.check()
            assert_same_results_as_without_faults(cluster)
        finally:
            cluster.stop()
    results.note(
        "three brokers, one killed, then another",
        began,
        report,
        seconds_to_zero_lag=round(seconds, 1),
        worker_restarts=pool.restarts,
    )


def fewest_in_sync(cluster: Cluster) -> int:
    """Return the smallest number of in-sync replicas of any partition."""

    async def work() -> int:
        async with topic_admin.admin(cluster.bootstrap) as admin:
            names = [topic.name for topic in (RAW, CLEAN, TAGGED, ENRICHED)]
            descriptions = await admin.describe_topics(names)
        return min(len(part["isr"]) for topic in descriptions for part in topic["partitions"])

    return asyncio.run(work())
