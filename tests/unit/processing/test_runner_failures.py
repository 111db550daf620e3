"""Failures of the runner: retried, counted in a row, and never acknowledged."""

from __future__ import annotations

import asyncio
import threading

from schemas.envelope import HEARTBEAT_HEADER
from schemas.topics import CLEAN, DEAD_LETTERS
from services.messaging.errors import Reason, Rejected, TransientError
from services.messaging.records import Record
from services.processing.poison_limit import PoisonLimitError
from services.processing.stage import DeadLettered, Result
from tests.support.in_memory_transport import InMemoryBroker, InMemoryTransport
from tests.support.running_stage import (
    FunctionStage,
    deliver_all,
    forward,
    record,
    running,
    until,
)


async def test_a_transient_failure_is_retried_until_it_succeeds() -> None:
    tries = 0

    def flaky(one: Record) -> Result:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise TransientError("away")
        return forward(one)

    transport = InMemoryTransport()
    async with running(FunctionStage(flaky), transport) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: transport.acknowledged == [1])

    assert tries == 3
    assert [outgoing.topic for outgoing in transport.produced] == [CLEAN]


async def test_a_lasting_transient_failure_stops_the_worker_unacknowledged() -> None:
    def away(one: Record) -> Result:
        raise TransientError("away")

    transport = InMemoryTransport()
    async with running(FunctionStage(away), transport, retries=2) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: transport.crashed is not None)

    assert isinstance(transport.crashed, TransientError)
    assert transport.acknowledged == []


async def test_an_undelivered_output_stops_the_worker_unacknowledged() -> None:
    transport = InMemoryTransport()
    transport.undeliverable_keys = {b"1"}
    async with running(FunctionStage(), transport, batch_wait=0.05) as runner:
        for offset in (0, 1, 2):
            await transport.deliver(runner, record(offset))
        await until(lambda: transport.crashed is not None)

    assert 1 not in transport.acknowledged


async def test_a_dead_letter_that_cannot_be_written_stops_the_worker_unacknowledged() -> None:
    transport = InMemoryTransport()
    transport.undeliverable_keys = {b"1"}
    reject = FunctionStage(lambda _: DeadLettered(Rejected(Reason.BAD_FIELDS, "x")))
    async with running(reject, transport) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: transport.crashed is not None)

    assert transport.acknowledged == []


async def test_an_output_the_broker_finds_too_large_becomes_a_dead_letter() -> None:
    transport = InMemoryTransport()
    transport.too_large_keys = {b"1"}
    async with running(FunctionStage(), transport) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: transport.acknowledged == [1])

    assert [outgoing.topic for outgoing in transport.produced] == [CLEAN, DEAD_LETTERS]
    assert transport.crashed is None


def _fails_at(*offsets: int, reason: Reason = Reason.BAD_FIELDS) -> FunctionStage:
    return FunctionStage(
        lambda one: DeadLettered(Rejected(reason, "x")) if one.offset in offsets else forward(one)
    )


async def test_failures_in_a_row_stop_the_worker_with_the_last_batch_unacknowledged() -> None:
    """Earlier failures are dead letters; nothing of the last batch is sent or acknowledged."""
    transport = InMemoryTransport()
    stage = _fails_at(*range(2, 100))
    async with running(stage, transport, batch_size=2, poison_in_a_row=5) as runner:
        for offset in range(8):
            await transport.deliver(runner, record(offset))
        await until(lambda: transport.crashed is not None)
        await until(lambda: len(transport.acknowledged) == 6)

    assert isinstance(transport.crashed, PoisonLimitError)
    assert transport.acknowledged == [0, 1, 2, 3, 4, 5]
    assert [one.key for one in transport.produced] == [str(n).encode() for n in range(6)]


async def test_failures_that_are_being_delivered_are_acknowledged_before_the_worker_stops() -> None:
    """Else the next worker would not count them, and write dead letters for as many more."""
    transport = InMemoryTransport()
    transport.confirm_automatically = False
    stage = _fails_at(*range(100))
    async with running(stage, transport, batch_size=2, poison_in_a_row=6) as runner:
        for offset in range(6):
            await transport.deliver(runner, record(offset))
        await until(lambda: len(transport.pending) == 4)
        assert transport.crashed is None

        transport.confirm_all()
        await until(lambda: transport.crashed is not None)
        assert transport.acknowledged == [0, 1, 2, 3]


async def _dead_letters_until_stopped(broker: InMemoryBroker, *partitions: int) -> int:
    """Run a worker that fails on everything until it stops; return all dead letters so far."""
    transport = InMemoryTransport(broker)
    transport.assign(("t", number) for number in partitions)
    stage = _fails_at(*range(100))
    async with running(stage, transport, batch_size=2, batch_wait=5, poison_in_a_row=6) as runner:
        runner.resume_failure_counts(transport.committed_metadata())
        consuming = asyncio.create_task(transport.consume(runner))
        await until(lambda: transport.crashed is not None and runner._delivery.is_idle)
        consuming.cancel()
        transport.commit()
    assert isinstance(transport.crashed, PoisonLimitError)
    return len(broker.read(DEAD_LETTERS))


async def test_a_restarted_worker_goes_on_counting_and_writes_no_more_dead_letters() -> None:
    broker = InMemoryBroker()
    for number in range(60):
        broker.append("t", number % 3, str(number).encode())

    assert await _dead_letters_until_stopped(broker, 0, 1, 2) == 4
    for _ in range(3):
        assert await _dead_letters_until_stopped(broker, 0, 1, 2) == 4
    # Of two workers that share the partitions, each goes on from the newest count of its own.
    assert await _dead_letters_until_stopped(broker, 0) == 4
    assert await _dead_letters_until_stopped(broker, 1, 2) == 6
    assert await _dead_letters_until_stopped(broker, 1, 2) == 6


async def test_filtered_messages_do_not_count_as_failures() -> None:
    transport = InMemoryTransport()
    stage = _fails_at(*range(100), reason=Reason.TOO_SHORT)
    async with running(stage, transport, poison_in_a_row=5) as runner:
        await deliver_all(transport, runner, 50)
        await until(lambda: len(transport.acknowledged) == 50)

    assert transport.crashed is None


async def test_records_that_the_broker_refuses_count_as_failures() -> None:
    """The size limit of the topic was lowered without the project's knowledge."""
    transport = InMemoryTransport()
    transport.too_large_keys = {str(n).encode() for n in range(100)}
    async with running(
        FunctionStage(), transport, batch_size=1, poison_window=10, poison_ratio=0.5
    ) as runner:
        offers = asyncio.create_task(deliver_all(transport, runner, 60))
        await until(lambda: transport.crashed is not None)
        offers.cancel()

    assert isinstance(transport.crashed, PoisonLimitError)


async def test_successful_heartbeats_do_not_hide_failures() -> None:
    reject = FunctionStage(lambda one: forward(one) if one.headers else _bad(one))
    transport = InMemoryTransport()
    async with running(reject, transport, poison_in_a_row=5) as runner:
        for offset in range(10):
            headers = ((HEARTBEAT_HEADER, b"2025-05-04T08:30:00Z"),) if offset % 2 else ()
            await transport.deliver(runner, Record("t", 0, offset, 0.0, b"1", b"{}", headers))
        await until(lambda: transport.crashed is not None)

    assert isinstance(transport.crashed, PoisonLimitError)


def _bad(one: Record) -> Result:
    return DeadLettered(Rejected(Reason.BAD_FIELDS, "x"))


async def test_nothing_is_sent_after_an_output_that_was_not_delivered() -> None:
    """The failed record is consumed again, and a later revision would have overtaken it."""
    began, may_end = threading.Event(), threading.Event()

    def slow(one: Record) -> Result:
        if one.offset == 2:
            began.set()
            may_end.wait(5)
        return forward(one)

    transport = InMemoryTransport()
    transport.confirm_automatically = False
    async with running(FunctionStage(slow), transport, batch_size=1) as runner:
        for offset in (1, 2):
            await transport.deliver(runner, record(offset))
        await until(began.is_set)
        transport.pending[0].fail()
        await until(lambda: transport.crashed is not None)
        may_end.set()
        await asyncio.sleep(0.1)

    assert [outgoing.key for outgoing in transport.produced] == [b"1"]
