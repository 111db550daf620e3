"""Fixtures on the real Apache Kafka."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services import broker
from tests.integration.harness import LIBS, Cluster, create_topics


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "integration" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.broker)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A broker of this module's own, with all topics and no worker yet."""
    home = tmp_path_factory.mktemp("newsloom")
    started = Cluster(home, broker.start(home / "broker", LIBS))
    try:
        create_topics(started.bootstrap)
        yield started
    finally:
        started.stop()
        broker.stop(home / "broker")


@pytest.fixture(scope="module")
def pipeline(cluster: Cluster) -> Cluster:
    """The broker with all three stages running."""
    cluster.start()
    return cluster
