"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("newsloom", deadline=None, max_examples=60)
settings.load_profile("newsloom")

TESTS = Path(__file__).parent
_SLOW = ("faults", "integration", "deploy", "tooling")
"""Folders whose files take minutes: first, so that the quick ones fill up what is left."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow folders first; two processes then end at about the same time."""
    rank = {folder: place for place, folder in enumerate(_SLOW)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(TESTS).parts[0], len(rank)))
