"""A worker writes only while its lease on the partitions is valid."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.protocol.group import HeartbeatRequest, SyncGroupRequest

from services.faust_adapter.lease import Lease, guard_producer, renew_from_coordinator


class LeftError(Exception):
    """Raised instead of ending the process."""


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class World:
    """A lease, a producer, and a coordinator whose responses the test sets."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.busy = False
        self.code = 0
        self.seconds_to_answer = 0.0
        self.sent: list[str] = []
        self.lease = Lease(10.0, lambda: self.busy, self._leave, self.clock)
        self.coordinator: Any = SimpleNamespace(_send_req=self._answer)
        self.sender: Any = SimpleNamespace(_send_produce_req=self._send)
        renew_from_coordinator(self.coordinator, self.lease)
        guard_producer(SimpleNamespace(_sender=self.sender), self.lease)

    def _leave(self) -> None:
        raise LeftError

    async def _answer(self, _request: object) -> Any:
        self.clock.now += self.seconds_to_answer
        return SimpleNamespace(error_code=self.code)

    async def _send(self, _node: int, batch: str) -> None:
        self.sent.append(batch)

    async def heartbeat(self, code: int = 0) -> None:
        self.code = code
        await self.coordinator._send_req(HeartbeatRequest("g", 1, "m"))

    async def produce(self, batch: str) -> None:
        await self.sender._send_produce_req(0, batch)


@pytest.fixture
def world() -> World:
    return World()


async def test_nothing_is_written_before_the_group_has_answered(world: World) -> None:
    writing = asyncio.create_task(world.produce("x"))
    await asyncio.sleep(0.1)
    assert world.sent == []

    await world.coordinator._send_req(SyncGroupRequest("g", 1, "m", None, []))
    await writing
    assert world.sent == ["x"]


async def test_a_stalled_worker_waits_for_the_group_before_it_writes(world: World) -> None:
    await world.heartbeat()
    world.clock.now += 11
    writing = asyncio.create_task(world.produce("x"))
    await asyncio.sleep(0.1)
    assert world.sent == []

    await world.heartbeat()  # the group had not missed it
    await writing
    assert world.sent == ["x"]


@pytest.mark.parametrize("code", [22, 25], ids=["illegal generation", "unknown member"])
async def test_a_fenced_worker_never_writes_its_pending_records(world: World, code: int) -> None:
    await world.heartbeat()
    world.clock.now += 11
    writing = asyncio.create_task(world.produce("x"))
    await asyncio.sleep(0.1)
    await world.heartbeat(code)

    with pytest.raises(LeftError):
        await writing
    assert world.sent == []


async def test_a_worker_fenced_with_messages_in_progress_ends_at_once(world: World) -> None:
    await world.heartbeat()
    world.busy = True

    with pytest.raises(LeftError):
        await world.heartbeat(25)


async def test_an_idle_fenced_worker_rejoins_the_group(world: World) -> None:
    await world.heartbeat()
    await world.heartbeat(25)
    assert not world.lease.is_valid

    await world.heartbeat()
    assert world.lease.is_valid


async def test_a_rebalance_extends_the_lease_for_messages_in_progress(world: World) -> None:
    await world.heartbeat(27)

    assert world.lease.is_valid


async def test_the_lease_counts_from_the_request_not_from_the_response(world: World) -> None:
    world.seconds_to_answer = 9.5
    await world.heartbeat()

    assert not world.lease.is_valid


async def test_an_unreachable_coordinator_does_not_end_the_worker(world: World) -> None:
    await world.heartbeat()
    world.busy = True
    await world.heartbeat(15)

    assert world.lease.is_valid
