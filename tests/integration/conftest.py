"""Fixtures on the real Apache Kafka."""

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
    """A broker of this module's own, with all topics and no worker yet."""
    with running_cluster(tmp_path_factory.mktemp("newsloom")) as started:
        yield started


@pytest.fixture(scope="module")
def pipeline(cluster: Cluster) -> Cluster:
    """The broker with all three stages running."""
    cluster.start()
    return cluster
