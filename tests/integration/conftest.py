"""Fixtures that run Apache Kafka and the workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.harness import Cluster, running_cluster


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "integration" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.broker)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Start a broker for this module, with all topics and without workers."""
    with running_cluster(tmp_path_factory.mktemp("newsloom")) as started:
        yield started


@pytest.fixture(scope="module")
def pipeline(cluster: Cluster) -> Cluster:
    """Start all three stages on the broker."""
    cluster.start()
    return cluster
