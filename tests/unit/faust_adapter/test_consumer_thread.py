"""The consumer's thread stops in order, with and without a broker."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from faust.transport.drivers import aiokafka as driver

from services.faust_adapter.app import StageApp
from services.faust_adapter.consumer import SafeConsumer
from tests.unit.faust_adapter.idle_app import (
    TP0,
    nothing,
    plain_consumer,
)


class CutOff:
    """An aiokafka consumer that is stopped while a fetch waits for a lost broker."""

    async def stop(self) -> None:
        raise asyncio.CancelledError


async def test_a_consumer_thread_stops_without_a_broker(app: StageApp) -> None:
    """The thread of plain Faust would be cancelled and never report that it has stopped."""
    consumer = SafeConsumer(app.transport, nothing, nothing, nothing)
    ours, plain = consumer._new_consumer_thread(), driver.AIOKafkaConsumerThread(consumer)
    ours._consumer = plain._consumer = CutOff()

    await ours.on_thread_stop()

    with pytest.raises(asyncio.CancelledError):
        await plain.on_thread_stop()


async def test_a_consumer_thread_that_a_crash_has_ended_is_stopped_without_an_error(
    app: StageApp,
) -> None:
    """That of plain Faust fails, because its event loop is closed, and logs a traceback."""
    consumer = SafeConsumer(app.transport, nothing, nothing, nothing)
    ours, plain = consumer._new_consumer_thread(), driver.AIOKafkaConsumerThread(consumer)
    for thread in (ours, plain):
        thread.thread_loop.close()

    ours._stopped_set()

    with pytest.raises(RuntimeError, match="closed"):
        plain._stopped_set()


class Connections:
    """The connections of an aiokafka consumer; notes where each part of it is closed."""

    def __init__(self) -> None:
        self._client = self._coordinator = self
        self.closed_in: list[object] = []

    async def close(self) -> None:
        self.closed_in.append(asyncio.get_running_loop())


async def test_a_rebalance_during_a_stop_closes_no_connection_from_the_main_thread(
    app: StageApp,
) -> None:
    """Plain Faust does, and connections of uvloop that belong to another thread may crash."""
    app.loop = asyncio.get_running_loop()
    app._stopped.set()
    closed_in = []
    for consumer in (
        SafeConsumer(app.transport, nothing, nothing, nothing),
        plain_consumer(app),
    ):
        connections: Any = Connections()
        consumer._thread._consumer = connections
        app.consumer = consumer

        await app._on_partitions_revoked({TP0})
        await app._on_partitions_assigned({TP0})
        await asyncio.sleep(0.01)
        closed_in.append(set(connections.closed_in))

    assert closed_in == [set(), {app.loop}]
