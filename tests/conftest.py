"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from services.kafka import development_broker

settings.register_profile("newsloom", deadline=None, max_examples=60)
settings.load_profile("newsloom")

TEST_TOOLS = "make test-tools"
"""What the reason of a skipped test ends with if this command installs what the test needs."""

TESTS = Path(__file__).parent
_SLOW = ("faults", "integration", "deploy", "tooling")
"""Folders whose files take minutes: first, so that the quick ones fill up what is left."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow folders first; two processes then end at about the same time."""
    rank = {folder: place for place, folder in enumerate(_SLOW)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(TESTS).parts[0], len(rank)))


@pytest.fixture(scope="session")
def broker_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of the broker that this process lends to its tests; stop it at the end."""
    home = tmp_path_factory.mktemp("broker")
    yield home
    development_broker.stop(home)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say at the very end how many tests were skipped, and what would enable them."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    said = skipped_tests([str(report.longrepr) for report in reporter.stats.get("skipped", ())])
    if said:
        reporter.write_line(said)


def skipped_tests(reasons: list[str]) -> str:
    """Return a sentence on the skipped tests, or nothing if there are none."""
    if not reasons:
        return ""
    enabled = sum(TEST_TOOLS in reason for reason in reasons)
    command = f"`{TEST_TOOLS}` enables {enabled} of them" if enabled else "see the reasons above"
    return f"{len(reasons)} test{'s were' if len(reasons) > 1 else ' was'} skipped: {command}."
