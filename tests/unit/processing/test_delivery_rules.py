"""The delivery rules over crashes and rebalances: no record is lost, no commit comes too early.

A worker is a runner and a transport; several workers share one in-memory broker, one after the
other or as the members of a group.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from schemas.topics import CLEAN, DEAD_LETTERS, RAW, STORIES
from services.messaging.errors import Reason, Rejected, TransientError
from services.messaging.records import OutgoingRecord, Record
from services.processing.poison_limit import PoisonLimitError
from services.processing.runner import StageRunner
from services.processing.stage import DeadLettered, Processed, Result, RowChange, Stage
from services.settings import Settings
from tests.support.in_memory_transport import (
    DeliveryError,
    InMemoryBroker,
    InMemoryTransport,
    Partition,
)
from tests.support.running_stage import FunctionStage, forward, until

FIRST: Partition = (RAW.name, 0)
SECOND: Partition = (RAW.name, 1)


def broker_with(records: int, *partitions: Partition) -> InMemoryBroker:
    """Make a broker with this many records on each partition; each has a key of its own."""
    broker = InMemoryBroker()
    for partition in partitions or (FIRST,):
        for _ in range(records):
            append(broker, partition)
    return broker


def append(broker: InMemoryBroker, partition: Partition) -> None:
    topic, number = partition
    broker.append(topic, number, f"{number}-{len(broker.partitions[partition])}".encode())


@dataclass
class Worker:
    """A runner that consumes its assigned partitions."""

    transport: InMemoryTransport
    runner: StageRunner
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def kill(self) -> None:
        """Stop at once, without a drain and without a commit."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.runner.close()


def start(
    broker: InMemoryBroker,
    *partitions: Partition,
    stage: Stage | None = None,
    transport: InMemoryTransport | None = None,
    **values: Any,
) -> Worker:
    """Start a worker that consumes these partitions (by default the first one alone)."""
    transport = transport or InMemoryTransport(broker)
    quick = {"retry_wait": 0.001, "batch_wait": 0.0, "drain_seconds": 0.05}
    runner = StageRunner(stage or FunctionStage(), transport, Settings(**{**quick, **values}))
    transport.assign(partitions or (FIRST,))
    tasks = [asyncio.create_task(runner.run()), asyncio.create_task(transport.consume(runner))]
    return Worker(transport, runner, tasks)


@asynccontextmanager
async def working(*arguments: Any, **values: Any) -> AsyncIterator[Worker]:
    """Start a worker and kill it at the end of the block."""
    worker = start(*arguments, **values)
    try:
        yield worker
    finally:
        await worker.kill()


def output_keys(broker: InMemoryBroker) -> list[bytes | None]:
    """The keys of the clean articles and dead letters that the broker has confirmed."""
    return [one.key for topic in (CLEAN, DEAD_LETTERS) for one in broker.read(topic)]


def assert_no_early_commit(broker: InMemoryBroker) -> None:
    """Every record below a committed offset has an output that the broker has confirmed."""
    confirmed = set(output_keys(broker))
    for partition, committed in broker.committed.items():
        below = broker.partitions[partition][:committed]
        assert {record.key for record in below} <= confirmed, partition


def keys_of(broker: InMemoryBroker, *partitions: Partition) -> set[bytes | None]:
    return {record.key for partition in partitions for record in broker.partitions[partition]}


def unconfirmed(broker: InMemoryBroker) -> InMemoryTransport:
    """Make a transport whose deliveries wait for the test."""
    transport = InMemoryTransport(broker)
    transport.confirm_automatically = False
    return transport


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


def update_story(one: Record) -> Result:
    """Send the article on, and a new state of the partition's story."""
    (article,) = forward(one).outgoing
    story = OutgoingRecord(STORIES, f"story {one.partition}".encode(), one.key, ())
    return Processed((article, story), "original")


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


def mixed(one: Record) -> Result:
    """Update the story with every second record, so that some wait for a held update."""
    return update_story(one) if one.offset % 2 else forward(one)


class Group:
    """A group of up to two workers, as a supervisor and the group coordinator keep it."""

    def __init__(self) -> None:
        self.broker = broker_with(4, FIRST, SECOND)
        self.workers: list[Worker] = []

    def start_worker(self) -> None:
        """Start a worker without partitions."""
        worker = start(
            self.broker,
            stage=FunctionStage(mixed),
            transport=unconfirmed(self.broker),
            drain_seconds=0.01,
            batch_size=1,
            story_interval=0.02,
        )
        worker.transport.assign([])
        self.workers.append(worker)

    async def rebalance(self, members: int) -> None:
        """Revoke everything, start or end workers, and share the partitions anew."""
        for worker in self.workers:
            await worker.transport.revoke(worker.runner)
        while len(self.workers) > members:
            await self.workers.pop().kill()
        while len(self.workers) < members:
            self.start_worker()
        for number, worker in enumerate(self.workers):
            worker.transport.assign([FIRST, SECOND][number :: len(self.workers)])

    async def kill(self, number: int) -> None:
        """Kill a worker without a commit; the others take its partitions over."""
        await self.workers.pop(number % len(self.workers)).kill()
        await self.rebalance(max(1, len(self.workers)))

    async def replace_crashed(self) -> None:
        """Do what a crash does: the worker commits what is done and ends; another is started."""
        crashed = [one for one in self.workers if one.transport.crashed is not None]
        for worker in crashed:
            await worker.transport.revoke(worker.runner)
            await worker.kill()
            self.workers.remove(worker)
        if crashed:
            await self.rebalance(max(1, len(self.workers)))


_FREQUENCIES = {
    "append": 1,
    "confirm": 6,
    "fail": 1,
    "commit": 3,
    "wait": 1,
    "rebalance": 1,
    "kill": 1,
}
"""Steps of a run and how often each is drawn, relative to the others."""

STEPS = st.lists(
    st.tuples(
        st.sampled_from([step for step, times in _FREQUENCIES.items() for _ in range(times)]),
        st.integers(0, 7),
    ),
    max_size=25,
)


def assert_no_early_commit_of_stories(broker: InMemoryBroker) -> None:
    """For every record below a committed offset, its story state or a later one is confirmed."""
    for (_topic, partition), committed in broker.committed.items():
        key = f"story {partition}".encode()
        states = [one.value or b"" for one in broker.read(STORIES) if one.key == key]
        latest = max((int(state.split(b"-")[1]) for state in states), default=-1)
        assert latest >= max((n for n in range(committed) if n % 2), default=-1)


async def run_steps(steps: list[tuple[str, int]]) -> InMemoryBroker:
    """Apply the steps to a group; at the end, one worker without faults finishes the work."""
    group = Group()
    broker = group.broker
    await group.rebalance(1)
    for step, number in steps:
        worker = group.workers[number % len(group.workers)]
        waiting = [one for one in worker.transport.pending if not one.answered]
        if step == "append":
            append(broker, (FIRST, SECOND)[number % 2])
        elif step == "confirm" and waiting:
            waiting[number % len(waiting)].confirm()
        elif step == "fail" and waiting:
            waiting[number % len(waiting)].fail()
        elif step == "commit":
            worker.transport.commit()
        elif step == "wait":
            await asyncio.sleep(0.005)
        elif step == "rebalance":
            await group.rebalance(1 + number % 2)
        elif step == "kill":
            await group.kill(number)
        await asyncio.sleep(0.001)
        await group.replace_crashed()
        assert_no_early_commit(broker)
        assert_no_early_commit_of_stories(broker)
    for worker in group.workers:
        await worker.kill()

    stage = FunctionStage(mixed)
    async with working(broker, FIRST, SECOND, stage=stage, story_interval=0.01) as last:
        left = sum(
            len(broker.partitions[place]) - broker.committed.get(place, 0)
            for place in (FIRST, SECOND)
        )
        await until(lambda: len(last.transport.acknowledged) == left)
        last.transport.commit()
    return broker


@run_with(max_examples=40)  # each takes some 50 ms
@given(STEPS)
def test_no_interleaving_of_faults_loses_a_record_or_commits_it_too_early(
    steps: list[tuple[str, int]],
) -> None:
    broker = asyncio.run(run_steps(steps))

    assert_no_early_commit(broker)
    assert_no_early_commit_of_stories(broker)
    assert set(output_keys(broker)) == keys_of(broker, FIRST, SECOND)
    assert broker.committed == {place: len(broker.partitions[place]) for place in (FIRST, SECOND)}
