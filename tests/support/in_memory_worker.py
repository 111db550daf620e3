"""Run workers on the in-memory broker, each with a runner and a transport."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from schemas.topics import CLEAN, DEAD_LETTERS, RAW, STORIES
from services.messaging.records import OutgoingRecord, Record
from services.processing.runner import StageRunner
from services.processing.stage import Processed, Result, Stage
from services.settings import Settings
from tests.support.in_memory_transport import (
    InMemoryBroker,
    InMemoryTransport,
    Partition,
)
from tests.support.running_stage import FunctionStage, forward

FIRST: Partition = (RAW.name, 0)
SECOND: Partition = (RAW.name, 1)


def broker_with(records: int, *partitions: Partition) -> InMemoryBroker:
    """Return a broker with this many records on each partition; all keys are different."""
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
        """Stop immediately, without a drain and without a commit."""
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
    """Return the keys of the clean articles and dead letters that the broker has confirmed."""
    return [one.key for topic in (CLEAN, DEAD_LETTERS) for one in broker.read(topic)]


def assert_no_early_commit(broker: InMemoryBroker) -> None:
    """Assert that every record below a committed offset has a confirmed output."""
    confirmed = set(output_keys(broker))
    for partition, committed in broker.committed.items():
        below = broker.partitions[partition][:committed]
        assert {record.key for record in below} <= confirmed, partition


def keys_of(broker: InMemoryBroker, *partitions: Partition) -> set[bytes | None]:
    return {record.key for partition in partitions for record in broker.partitions[partition]}


def unconfirmed(broker: InMemoryBroker) -> InMemoryTransport:
    """Return a transport whose deliveries are confirmed only by the test."""
    transport = InMemoryTransport(broker)
    transport.confirm_automatically = False
    return transport


def update_story(one: Record) -> Result:
    """Forward the article, and send a new state of the partition's story."""
    (article,) = forward(one).outgoing
    story = OutgoingRecord(STORIES, f"story {one.partition}".encode(), one.key, ())
    return Processed((article, story), "original")
