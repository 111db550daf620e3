"""The delivery rules under random sequences of faults, rebalances and restarts."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from schemas.topics import STORIES
from services.messaging.records import Record
from services.processing.stage import Result
from tests.support.in_memory_transport import (
    InMemoryBroker,
)
from tests.support.in_memory_worker import (
    FIRST,
    SECOND,
    Worker,
    append,
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
