"""When a worker reports that it must be restarted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from services.observability.health import Health
from services.settings import Settings


def health(in_progress: int, stalled: float) -> tuple[Health, SimpleNamespace]:
    """Make the health of a worker that has completed nothing for some seconds."""
    runner = SimpleNamespace(in_progress=in_progress, completed=0)
    made = Health(cast("Any", SimpleNamespace(runner=runner)), Settings(stalled_seconds=600), 0)
    made._settled_at -= stalled
    return made, runner


def test_a_worker_that_completes_nothing_for_longer_than_the_limit_is_not_alive() -> None:
    assert "no message settled for 601 s" in str(health(in_progress=3, stalled=601)[0].live())


def test_a_worker_that_rebuilds_its_index_within_the_time_is_alive() -> None:
    assert health(in_progress=3, stalled=590)[0].live() is None


def test_an_idle_worker_is_alive_for_any_time() -> None:
    made, runner = health(in_progress=0, stalled=86_400)

    assert made.live() is None
    runner.in_progress = 3
    assert made.live() is None
