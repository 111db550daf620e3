"""Which of its processes the supervisor starts again."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.commands import run
from services.messaging.errors import EXIT_CRASH, EXIT_POISON
from services.operations import supervisor as module
from services.operations.supervisor import Supervisor

STAYS = "import time; print('started', flush=True); time.sleep(600)"


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The program that runs in place of each worker; restarts come at once."""
    found: dict[str, str] = {}
    monkeypatch.setattr(module, "_command", lambda name: [sys.executable, "-c", found[name]])
    monkeypatch.setattr(module, "_FIRST_WAIT", 0.01)
    return found


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    made = Supervisor()
    yield made
    made.stop()


def ends_with(status: int, log: Path) -> str:
    return f"import sys; open({str(log)!r}, 'a').write('x'); sys.exit({status})"


def tend_until(supervisor: Supervisor, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        supervisor.ensure_running()
        time.sleep(0.01)


def test_a_worker_that_the_poison_limit_stopped_is_not_started_again(
    programs: dict[str, str], supervisor: Supervisor, tmp_path: Path
) -> None:
    """The worker beside it, which crashes, is started again meanwhile."""
    poison, crash = tmp_path / "poison", tmp_path / "crash"
    programs |= {
        "cleaning": ends_with(EXIT_POISON, poison),
        "tagging": ends_with(EXIT_CRASH, crash),
        "dedup": STAYS,
    }
    for name in programs:
        supervisor.add(name, {}, tmp_path / f"{name}.log")

    def poison_ended() -> bool:
        return poison.exists() and bool(poison.read_text())

    tend_until(supervisor, poison_ended)
    before = len(crash.read_text()) if crash.exists() else 0
    tend_until(supervisor, lambda: crash.exists() and len(crash.read_text()) > before + 2)

    assert poison.read_text() == "x"
    assert supervisor.stopped == ["cleaning"]
    dedup = supervisor.workers[2].process
    assert dedup is not None
    assert dedup.poll() is None


def test_newsloom_run_ends_with_the_status_of_its_workers_if_all_were_stopped(
    programs: dict[str, str], tmp_path: Path
) -> None:
    programs |= {name: ends_with(EXIT_POISON, tmp_path / name) for name in ("cleaning", "tagging")}

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        assert run._supervise(["cleaning", "tagging"], "127.0.0.1:1") == EXIT_POISON
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
