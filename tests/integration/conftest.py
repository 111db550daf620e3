"""Fixtures that run Apache Kafka and the workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.harness import Cluster, lent_cluster


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "integration" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.broker)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, broker_home: Path) -> Iterator[Cluster]:
    """Lend this module a broker, with all topics, empty, and without workers."""
    with lent_cluster(tmp_path_factory.mktemp("newsloom"), broker_home) as lent:
        yield lent


@pytest.fixture(scope="module")
def pipeline(cluster: Cluster) -> Cluster:
    """Start all three stages on the broker."""
    cluster.start()
    return cluster
