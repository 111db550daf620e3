"""Each fault gets a broker of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import plan
from tests.faults.crew import Crew
from tests.integration.harness import running_cluster


def pytest_report_header() -> str:
    size = "full" if plan.FULL else "short"
    return f"faults: {size} form, NEWSLOOM_FAULT_SEED={plan.SEED} repeats it"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "faults" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.broker)
            item.add_marker(pytest.mark.timeout(plan.sized(300, 3600)))


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    """A broker with all topics, and no worker yet."""
    print(f"NEWSLOOM_FAULT_SEED={plan.SEED} repeats this run")  # noqa: T201 - pytest shows it on failure
    with running_cluster(tmp_path) as cluster:
        yield Crew(cluster)


logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
"""It says each connection that a broker's end broke, some thousand times."""
