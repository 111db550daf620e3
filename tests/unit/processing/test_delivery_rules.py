"""The delivery rules over crashes and rebalances: no record is lost, no commit comes too early.

A worker is a runner and a transport; several workers share one in-memory broker, one after the
other or as the members of a group.
"""

from __future__ import annotations

import asyncio

import pytest

from schemas.topics import CLEAN, DEAD_LETTERS, STORIES
from services.messaging.errors import Reason, Rejected, TransientError
from services.messaging.records import Record
from services.processing.poison_limit import PoisonLimitError
from services.processing.stage import DeadLettered, Processed, Result, RowChange
from tests.support.in_memory_transport import (
    DeliveryError,
    InMemoryTransport,
)
from tests.support.in_memory_worker import (
    FIRST,
    SECOND,
    assert_no_early_commit,
    broker_with,
    keys_of,
    output_keys,
    start,
    unconfirmed,
    update_story,
    working,
)
from tests.support.running_stage import FunctionStage, forward, until


async def test_an_offset_is_committed_only_after_the_outputs_below_it_are_confirmed() -> None:
    broker = broker_with(3)
    async with working(broker, transport=unconfirmed(broker), batch_size=1) as worker:
        transport = worker.transport
        await until(lambda: len(transport.pending) == 3)
        transport.commit()
        assert broker.committed == {}

        transport.pending[2].confirm()
        await until(lambda: transport.acknowledged == [2])
        transport.commit()
        assert broker.committed == {}

        transport.pending[0].confirm()
        await until(lambda: transport.acknowledged == [2, 0])
        transport.commit()
        assert broker.committed == {FIRST: 1}

        transport.pending[1].confirm()
        await until(lambda: len(transport.acknowledged) == 3)
        transport.commit()
        assert broker.committed == {FIRST: 3}


async def test_after_a_crash_the_records_in_progress_are_consumed_again() -> None:
    broker = broker_with(4)
    first = start(broker, transport=unconfirmed(broker), batch_size=1)
    await until(lambda: len(first.transport.pending) == 4)
    first.transport.pending[0].confirm()
    first.transport.pending[2].confirm()
    await until(lambda: len(first.transport.acknowledged) == 2)
    first.transport.commit()
    await first.kill()
    assert broker.committed == {FIRST: 1}

    async with working(broker) as second:
        await until(lambda: len(second.transport.acknowledged) == 3)
        second.transport.commit()

    assert second.transport.acknowledged == [1, 2, 3]
    assert broker.committed == {FIRST: 4}
    assert sorted(key or b"" for key in output_keys(broker)) == [
        b"0-0",
        b"0-1",
        b"0-2",  # confirmed to the first worker, not committed, and so sent again
        b"0-2",
        b"0-3",
    ]


async def test_a_rebalance_commits_what_is_done_and_the_next_owner_consumes_the_rest() -> None:
    broker = broker_with(4)
    async with (
        working(broker, transport=unconfirmed(broker), batch_size=1) as first,
        working(broker, SECOND) as second,
    ):
        await until(lambda: len(first.transport.pending) == 4)
        first.transport.pending[0].confirm()
        await until(lambda: first.transport.acknowledged == [0])

        assert not await first.transport.revoke(first.runner)  # the drain ends at its limit
        assert broker.committed == {FIRST: 1}

        assert await second.transport.revoke(second.runner)
        second.transport.assign([FIRST, SECOND])
        await until(lambda: len(second.transport.acknowledged) == 3)

    assert second.transport.acknowledged == [1, 2, 3]
    assert set(output_keys(broker)) == keys_of(broker, FIRST)


async def test_a_late_acknowledgement_of_the_old_assignment_commits_nothing() -> None:
    """The partition may have come back, and its records are being processed again."""
    broker = broker_with(2)
    async with working(broker, transport=unconfirmed(broker), batch_size=1) as worker:
        transport = worker.transport
        await until(lambda: len(transport.pending) == 2)
        await transport.revoke(worker.runner)
        transport.assign([FIRST])
        await until(lambda: len(transport.pending) == 4)

        for late in transport.pending[:2]:
            late.confirm()
        await until(lambda: transport.acknowledged == [0, 1])
        transport.commit()
        assert broker.committed == {}

        for new in transport.pending[2:]:
            new.confirm()
        await until(lambda: len(transport.acknowledged) == 4)
        transport.commit()
        assert broker.committed == {FIRST: 2}


async def test_a_poisoned_topic_stops_the_worker_and_its_last_batch_stays_uncommitted() -> None:
    def reject_from_the_third(one: Record) -> Result:
        failed = DeadLettered(Rejected(Reason.BAD_FIELDS, "no url"))
        return failed if one.offset >= 2 else forward(one)

    broker = broker_with(20)
    stage = FunctionStage(reject_from_the_third)
    async with working(broker, stage=stage, batch_size=1, poison_in_a_row=5) as worker:
        await until(lambda: worker.transport.crashed is not None)
        await until(lambda: len(worker.transport.acknowledged) == 6)
        worker.transport.commit()

    assert isinstance(worker.transport.crashed, PoisonLimitError)
    assert len(broker.read(DEAD_LETTERS)) == 4
    assert broker.committed == {FIRST: 6}


async def test_a_transient_error_is_retried_and_the_order_is_kept() -> None:
    failures = iter([TransientError("the gazetteer is away")] * 3)

    def flaky(one: Record) -> Result:
        if one.offset == 2 and (error := next(failures, None)):
            raise error
        return forward(one)

    broker = broker_with(6)
    async with working(broker, stage=FunctionStage(flaky), batch_size=2) as worker:
        await until(lambda: len(worker.transport.acknowledged) == 6)
        worker.transport.commit()

    assert next(failures, None) is None
    assert [one.key for one in worker.transport.produced] == [f"0-{n}".encode() for n in range(6)]
    assert worker.transport.crashed is None
    assert broker.committed == {FIRST: 6}


async def test_the_sources_of_a_held_update_stay_uncommitted_until_it_is_confirmed() -> None:
    broker = broker_with(3)
    stage = FunctionStage(update_story)
    async with working(broker, stage=stage, story_interval=0.3, batch_size=1) as worker:
        transport = worker.transport
        await until(lambda: len(broker.read(CLEAN)) == 3)
        await asyncio.sleep(0.05)
        transport.commit()
        assert [one.value for one in broker.read(STORIES)] == [b"0-0"]
        assert broker.committed == {FIRST: 1}

        await until(lambda: len(transport.acknowledged) == 3)
        transport.commit()
    assert [one.value for one in broker.read(STORIES)] == [b"0-0", b"0-2"]
    assert broker.committed == {FIRST: 3}


async def test_a_crash_while_an_update_is_held_loses_neither_it_nor_its_sources() -> None:
    broker = broker_with(3)
    stage = FunctionStage(update_story)
    async with working(broker, stage=stage, story_interval=60, batch_size=1) as first:
        await until(lambda: len(broker.read(CLEAN)) == 3)
        await until(lambda: first.transport.acknowledged == [0])
        first.transport.commit()

    async with working(broker, stage=stage, story_interval=0.05, batch_size=1) as second:
        await until(lambda: len(second.transport.acknowledged) == 2)
        second.transport.commit()

    assert broker.read(STORIES)[-1].value == b"0-2"
    assert broker.committed == {FIRST: 3}


async def test_an_output_that_is_too_large_becomes_a_dead_letter_and_is_committed() -> None:
    broker = broker_with(3)
    transport = InMemoryTransport(broker)
    transport.too_large_keys = {b"0-1"}
    async with working(broker, transport=transport):
        await until(lambda: len(transport.acknowledged) == 3)
        transport.commit()

    assert [one.key for one in broker.read(DEAD_LETTERS)] == [b"0-1"]
    assert {one.key for one in broker.read(CLEAN)} == {b"0-0", b"0-2"}
    assert broker.committed == {FIRST: 3}


async def test_rows_that_cant_be_stored_stop_the_worker_before_anything_is_sent() -> None:
    def change_row(one: Record) -> Result:
        return Processed(forward(one).outgoing, "stored", (RowChange("rows", "k", b"v"),))

    broker = broker_with(2)
    transport = InMemoryTransport(broker)
    transport.table_error = OSError("no space left on device")
    async with working(broker, transport=transport, stage=FunctionStage(change_row)):
        await until(lambda: transport.crashed is not None)
        transport.commit()

    assert transport.crashed is transport.table_error
    assert transport.produced == []
    assert broker.rows == {}
    assert broker.committed == {}


@pytest.mark.parametrize("failing", ["unsendable_keys", "undeliverable_keys"])
async def test_an_output_that_fails_stops_the_worker_and_stays_uncommitted(failing: str) -> None:
    broker = broker_with(3)
    transport = InMemoryTransport(broker)
    setattr(transport, failing, {b"0-1"})
    async with working(broker, transport=transport, batch_size=1):
        await until(lambda: transport.crashed is not None)
        transport.commit()

    assert isinstance(transport.crashed, DeliveryError)
    assert broker.committed.get(FIRST, 0) <= 1
    assert_no_early_commit(broker)
