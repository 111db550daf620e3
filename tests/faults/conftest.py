"""Fixtures of the fault tests. In a full run, each test has its own topics."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from tests.faults import run_size
from tests.faults.worker_pool import WorkerPool
from tests.integration.harness import Cluster, lent_cluster


def pytest_report_header() -> str:
    size = "full" if run_size.FULL else "short"
    return f"faults: {size} form, NEWSLOOM_FAULT_SEED={run_size.SEED} repeats it"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "faults" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.broker)
            item.add_marker(pytest.mark.timeout(run_size.sized(1800, 7200)))


def _scope(fixture_name: str, config: pytest.Config) -> Literal["module", "function"]:
    return "function" if run_size.FULL else "module"


@pytest.fixture(scope=_scope)
def fault_cluster(tmp_path_factory: pytest.TempPathFactory, broker_home: Path) -> Iterator[Cluster]:
    """Lend a broker with all topics, empty. In a short run, the tests of a file share them."""
    with lent_cluster(tmp_path_factory.mktemp("faults"), broker_home) as cluster:
        yield cluster


@pytest.fixture
def pool(fault_cluster: Cluster) -> WorkerPool:
    """Return the pool of the broker's workers. Workers of the previous test may still run."""
    print(f"NEWSLOOM_FAULT_SEED={run_size.SEED} repeats this run")  # noqa: T201 - pytest shows it on failure
    return WorkerPool(fault_cluster)


logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
"""It logs every connection that a stopping broker breaks, thousands of times."""
