"""Workers that start before their topics exist wait for them, and say so."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from schemas.topics import ALL, CLEAN
from services.kafka import development_broker
from services.processing.stages import EXPORTER
from tests.integration.harness import (
    LIBS,
    PATIENCE,
    ROOT,
    Cluster,
    Worker,
    create_topics,
    eventually,
    get,
)


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Start a broker without topics."""
    home = tmp_path_factory.mktemp("newsloom")
    cluster = Cluster(home, development_broker.start(home / "broker", LIBS))
    try:
        yield cluster
    finally:
        cluster.stop()
        development_broker.stop(home / "broker")


def waits(worker: Worker) -> bool:
    status, reason = get(worker.port, "/readyz")
    return status == 503 and "`newsloom topics create`" in reason


def events(worker: Worker) -> Counter[str]:
    lines = worker.log.read_text().splitlines()
    return Counter(json.loads(line)["event"] for line in lines)


def test_parts_wait_for_their_topics_and_then_work(empty: Cluster) -> None:
    parts = [empty.launch(name) for name in ("cleaning", EXPORTER)]
    for part in parts:
        eventually(lambda part=part: waits(part), "it waits", worker=part)  # type: ignore[misc]
        assert get(part.port, "/livez") == (200, "ok")

    create_topics(empty.bootstrap, [topic for topic in ALL if topic != CLEAN])
    for part in parts:
        eventually(
            lambda part=part: f"see: {CLEAN.name};" in get(part.port, "/readyz")[1],  # type: ignore[misc]
            "it waits for the last topic",
            worker=part,
        )

    create_topics(empty.bootstrap)
    for part in parts:
        eventually(part.ready, "it is ready", worker=part)

    empty.send([(b"k", b"not json", [])])
    empty.wait_for(lambda seen: len(seen.dead_letters) == 1, "an outcome of the message")
    for part in parts:
        assert events(part)["waiting_for_topics"] == 2, part.log_tail()
        assert not [line for line in events(part) if "not found in cluster metadata" in line]


@pytest.mark.parametrize("name", ["dedup", EXPORTER])
def test_a_waiting_part_ends_when_it_is_told_to(empty: Cluster, name: str) -> None:
    part = empty.launch(name)
    eventually(lambda: waits(part), "it waits", worker=part)

    assert part.end(signal.SIGTERM) == 0


def test_run_creates_the_topics_if_it_is_told_to(empty: Cluster) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "services", "run", "--create-topics", EXPORTER, "cleaning"],
        env=empty.environment(NEWSLOOM_HTTP_PORT="0", NEWSLOOM_TOPIC_SUFFIX="b"),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    eventually(
        lambda: "missing" not in empty.newsloom("topics", "list", NEWSLOOM_TOPIC_SUFFIX="b").stdout,
        "the topics exist",
        every=1,
    )
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0
    assert "waiting_for_topics" not in said
