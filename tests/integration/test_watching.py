"""What those who watch it see: lag, heartbeat, Prometheus, logs; all on one cluster."""

from __future__ import annotations

import os
import signal
import time

import pytest
from prometheus_client.parser import text_string_to_metric_families

from schemas.envelope import HEARTBEAT_HEADER, HEARTBEAT_TYPE
from schemas.topics import CLEAN, DEAD_LETTERS, ENRICHED, RAW, STORIES, TAGGED
from services.settings import PARTS
from tests.integration.harness import Cluster, Worker, eventually, get

BEAT_SECONDS = 1


@pytest.fixture(scope="module")
def watched(cluster: Cluster) -> Cluster:
    """All parts, with a quick heartbeat, and the samples on their way."""
    cluster.start(*PARTS, NEWSLOOM_HEARTBEAT_SECONDS=str(BEAT_SECONDS), NEWSLOOM_LOG_LEVEL="debug")
    return cluster


def part(cluster: Cluster, name: str) -> Worker:
    return next(worker for worker in cluster.workers if worker.stage == name)


def values(worker: Worker, name: str) -> dict[tuple[str, ...], float]:
    """A metric's values by the values of its labels."""
    _, text = get(worker.port, "/metrics")
    return {
        tuple(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


def age(cluster: Cluster) -> float:
    told = values(part(cluster, "dedup"), "newsloom_heartbeat_timestamp_seconds")
    return time.time() - max(told.values(), default=0.0)


def test_heartbeats_pass_all_stages_and_reach_no_subscriber(watched: Cluster) -> None:
    eventually(lambda: age(watched) < 10, "a heartbeat has come through", 30)

    between = watched.stored(RAW.name, CLEAN.name, TAGGED.name)
    assert {record.topic for record in between} == {RAW.name, CLEAN.name, TAGGED.name}
    for record in between:
        headers = dict(record.headers)
        assert HEARTBEAT_HEADER in headers
        assert headers["ce_type"].decode() == HEARTBEAT_TYPE
    assert watched.stored(ENRICHED.name, STORIES.name, DEAD_LETTERS.name) == []


def test_lag_is_told_while_a_worker_hangs(watched: Cluster) -> None:
    """Stopped by a signal, a worker can tell nothing itself."""
    worker, exporter = part(watched, "tagging"), part(watched, "exporter")

    def lag() -> float:
        found = values(exporter, "newsloom_consumer_lag_messages")
        return sum(value for labels, value in found.items() if "tagging" in labels)

    os.kill(worker.process.pid, signal.SIGSTOP)
    try:
        before = lag()
        eventually(lambda: lag() >= before + 3, "the lag of tagging grows", 30)
        assert age(watched) > 2 * BEAT_SECONDS
    finally:
        os.kill(worker.process.pid, signal.SIGCONT)
    eventually(lambda: lag() <= 2 and age(watched) < 10, "it has caught up", 40)
