"""Apps of stages that are not connected to a broker."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.faust_adapter.app import StageApp
from services.faust_adapter.consumer import SafeConsumer
from services.faust_adapter.worker import build
from services.settings import Settings
from tests.unit.faust_adapter.idle_app import (
    IdleStage,
    nothing,
)


@pytest.fixture(autouse=True)
def log_levels() -> Iterator[None]:
    """Restore the loggers that a crash of the app silences."""
    loggers = [logging.getLogger(name) for name in ("services.faust_adapter.app", "faust", "mode")]
    levels = [one.level for one in loggers]
    yield
    for one, level in zip(loggers, levels, strict=True):
        one.setLevel(level)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[StageApp]:
    made = StageApp(IdleStage(), Settings(home=tmp_path), "127.0.0.1:1")
    yield made
    made.runner.close()


@pytest.fixture
def safe(app: StageApp) -> SafeConsumer:
    return SafeConsumer(app.transport, nothing, nothing, nothing)


@pytest.fixture
def dedup(tmp_path: Path) -> StageApp:
    """The app of the stage that holds state."""
    made = build("dedup", Settings(home=tmp_path), "127.0.0.1:1")
    made.runner.close()
    return made
