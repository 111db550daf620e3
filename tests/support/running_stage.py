"""Run a stage that applies a function to each record, on the in-memory transport."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any

from schemas.topics import CLEAN
from services.messaging.records import OutgoingRecord, Record
from services.processing.runner import StageRunner
from services.processing.stage import Processed, Result, Stage
from services.settings import Settings
from tests.support.in_memory_transport import InMemoryTransport


def record(offset: int, value: bytes = b"{}") -> Record:
    """Return a record of partition 0 of the topic "t" whose key is its offset."""
    return Record("t", 0, offset, 1_700_000_000.0, str(offset).encode(), value, (("h", b"1"),))


def forward(one: Record) -> Result:
    """Forward the unchanged record to the topic of clean articles."""
    return Processed((OutgoingRecord(CLEAN, one.key, one.value, ()),), "forwarded")


class FunctionStage:
    """A stage that applies a function to each record and keeps the offsets of its batches."""

    name = "test"

    def __init__(self, process_one: Callable[[Record], Result] = forward) -> None:
        self._process_one = process_one
        self.batches: list[list[int]] = []
        self.partitions: set[int] | None = None
        """The partitions of the last assignment."""

    def process(self, records: Sequence[Record]) -> list[Result]:
        self.batches.append([one.offset for one in records])
        return [self._process_one(one) for one in records]

    def on_assign(self, partitions: Collection[int]) -> None:
        self.partitions = set(partitions)


class BatchFaultStage(FunctionStage):
    """A stage that fails on every batch of several records, but not on a single record."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self._error = error or KeyError("fault")

    def process(self, records: Sequence[Record]) -> list[Result]:
        if len(records) > 1:
            raise self._error
        return super().process(records)


@asynccontextmanager
async def running(
    stage: Stage, transport: InMemoryTransport, **settings: Any
) -> AsyncIterator[StageRunner]:
    """Run a stage in the background; leaving the block kills it as a crash would."""
    runner = StageRunner(stage, transport, Settings(**{"retry_wait": 0.001, **settings}))
    task = asyncio.create_task(runner.run())
    try:
        yield runner
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        runner.close()


async def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds; raise `AssertionError` after 30 seconds."""
    deadline = time.monotonic() + 30  # long enough for a busy machine
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("the condition did not hold within 30 seconds")
        await asyncio.sleep(0.002)


async def deliver_all(transport: InMemoryTransport, runner: StageRunner, count: int) -> None:
    """Deliver records 0 to `count` to the runner, one after another."""
    for offset in range(count):
        await transport.deliver(runner, record(offset))
