"""The runner before a revocation: what is in progress is finished, the rest is dropped."""

from __future__ import annotations

import asyncio
import threading

from services.messaging.records import Record
from services.processing.stage import Result
from tests.support.in_memory_transport import InMemoryTransport
from tests.support.running_stage import (
    FunctionStage,
    deliver_all,
    forward,
    record,
    running,
    until,
)


async def test_no_more_batches_are_in_flight_than_the_setting_says() -> None:
    transport = InMemoryTransport()
    transport.confirm_automatically = False
    stage = FunctionStage()
    async with running(stage, transport, batch_size=2, batches_in_flight=2) as runner:
        offers = asyncio.create_task(deliver_all(transport, runner, 40))
        await until(lambda: len(stage.batches) == 3)
        await asyncio.sleep(0.05)

        assert len(stage.batches) == 3  # two in flight, one waits for a place
        assert not offers.done()
        offers.cancel()


async def test_drain_finishes_messages_in_progress_and_drops_the_rest() -> None:
    transport = InMemoryTransport()
    transport.confirm_automatically = False
    async with running(FunctionStage(), transport, batch_size=1, batches_in_flight=1) as runner:
        await deliver_all(transport, runner, 3)
        await until(lambda: len(transport.pending) >= 1)
        drain = asyncio.create_task(runner.drain())
        await asyncio.sleep(0.02)
        assert not drain.done()

        transport.confirm_all()

        assert await drain
        assert runner.in_progress == 0
        assert transport.acknowledged == sorted(transport.acknowledged)


async def test_a_record_that_waited_for_the_queue_is_not_processed_after_the_drain() -> None:
    """Its outputs would be sent after the last commit, and sent again by the next worker."""
    transport = InMemoryTransport()
    async with running(FunctionStage(), transport, batch_size=1) as runner:
        assert await runner.drain()
        await transport.deliver(runner, record(1))
        await asyncio.sleep(0.05)
        assert transport.produced == []

        runner.on_revoke()
        await transport.deliver(runner, record(2))
        await until(lambda: bool(transport.acknowledged))
    assert transport.acknowledged == [2]


async def test_the_stage_learns_of_a_rebalance_after_the_batch_that_it_is_processing() -> None:
    transport = InMemoryTransport()
    started, go_on = threading.Event(), threading.Event()

    def slow(one: Record) -> Result:
        started.set()
        assert go_on.wait(10)
        return forward(one)

    stage = FunctionStage(slow)
    async with running(stage, transport) as runner:
        await transport.deliver(runner, record(1))
        await until(started.is_set)

        runner.on_assign({2, 5})
        assert stage.partitions is None
        go_on.set()
        await until(lambda: stage.partitions == {2, 5})
    assert stage.batches == [[1]]


async def test_drain_gives_up_after_the_time_limit() -> None:
    transport = InMemoryTransport()
    transport.confirm_automatically = False
    async with running(FunctionStage(), transport, drain_seconds=0.05) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: bool(transport.pending))

        assert not await runner.drain()
    assert transport.acknowledged == []


async def test_a_record_of_an_older_assignment_is_skipped() -> None:
    transport = InMemoryTransport()
    stage = FunctionStage()
    async with running(stage, transport) as runner:
        await transport.deliver(runner, record(0))
        await runner.submit(record(1))  # consumed before the rebalance: not assigned any more
        await transport.deliver(runner, record(2))
        await until(lambda: len(transport.acknowledged) == 2)

    assert [offset for batch in stage.batches for offset in batch] == [0, 2]
