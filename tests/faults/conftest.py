"""In the full form each fault gets a broker of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from tests.faults import plan
from tests.faults.crew import Crew
from tests.integration.harness import Cluster, running_cluster


def pytest_report_header() -> str:
    size = "full" if plan.FULL else "short"
    return f"faults: {size} form, NEWSLOOM_FAULT_SEED={plan.SEED} repeats it"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "faults" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.broker)
            item.add_marker(pytest.mark.timeout(plan.sized(300, 3600)))


def _scope(fixture_name: str, config: pytest.Config) -> Literal["module", "function"]:
    return "function" if plan.FULL else "module"


@pytest.fixture(scope=_scope)
def fault_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A broker with all topics; the short forms of a file share it, and the workers too."""
    with running_cluster(tmp_path_factory.mktemp("faults")) as cluster:
        yield cluster


@pytest.fixture
def crew(fault_cluster: Cluster) -> Crew:
    """Workers to hurt; those of the test before may still run."""
    print(f"NEWSLOOM_FAULT_SEED={plan.SEED} repeats this run")  # noqa: T201 - pytest shows it on failure
    return Crew(fault_cluster)


logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
"""It says each connection that a broker's end broke, some thousand times."""
