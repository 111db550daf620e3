"""When a worker asks to be started again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from services.observability.health import Health
from services.processing import delivery
from services.processing.runner import StageRunner
from services.settings import Settings
from tests.support.in_memory_transport import InMemoryTransport
from tests.support.running_stage import FunctionStage, record, running, until

DAY = 86_400.0


class Clock:
    """The clock by which the runner measures its progress; it stands still."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(delivery, "monotonic", made)
    return made


@pytest.fixture
def transport() -> InMemoryTransport:
    """A broker that confirms what the test tells it to."""
    made = InMemoryTransport()
    made.confirm_automatically = False
    return made


def health(runner: StageRunner) -> Health:
    return Health(cast("Any", SimpleNamespace(runner=runner)), Settings(stalled_seconds=600), 0)


async def begin(transport: InMemoryTransport, runner: StageRunner, offset: int) -> None:
    """Return when a message is in progress."""
    sent = len(transport.pending)
    await transport.deliver(runner, record(offset))
    await until(lambda: len(transport.pending) > sent)


async def test_a_worker_that_settles_nothing_for_longer_than_set_is_not_alive(
    clock: Clock, transport: InMemoryTransport
) -> None:
    async with running(FunctionStage(), transport) as runner:
        await begin(transport, runner, 0)
        clock.now += 600
        assert health(runner).live() is None
        clock.now += 1
        assert health(runner).live() == "no message settled for 601 s"


async def test_a_worker_that_has_just_begun_is_alive_however_long_nobody_asked(
    clock: Clock, transport: InMemoryTransport
) -> None:
    async with running(FunctionStage(), transport) as runner:
        asked = health(runner)
        clock.now += DAY
        await begin(transport, runner, 0)
        assert asked.live() is None

        transport.pending[0].confirm()
        await until(lambda: runner.completed == 1)
        clock.now += DAY
        assert asked.live() is None
        await begin(transport, runner, 1)
        assert asked.live() is None


async def test_an_acknowledged_message_is_progress_though_nobody_asked_since(
    clock: Clock, transport: InMemoryTransport
) -> None:
    async with running(FunctionStage(), transport, batch_size=1) as runner:
        asked = health(runner)
        for offset in range(3):
            await begin(transport, runner, offset)
        for number in range(2):
            clock.now += 500
            transport.pending[number].confirm()
            await until(lambda: runner.completed > number)  # noqa: B023 - awaited here
        assert asked.live() is None


async def test_asking_changes_no_answer(clock: Clock, transport: InMemoryTransport) -> None:
    async with running(FunctionStage(), transport, batch_size=1) as runner:
        asked = health(runner)
        await begin(transport, runner, 0)
        await begin(transport, runner, 1)
        transport.pending[0].confirm()
        await until(lambda: runner.completed == 1)
        clock.now += 601
        assert [asked.live() for _ in range(3)] == ["no message settled for 601 s"] * 3
