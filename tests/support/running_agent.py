"""Run the Faust agent of a stage on in-memory topics, without a broker or a Faust worker.

The `@app.agent` function, the `StageApp` with its runner and its tasks, and the consumer's offset
trackers are those of production. Only the parts that connect to Kafka are replaced: the producer,
the consumer's fetches and commits, the scan of the gazetteer topic, and the tables of dedup.
"""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from faust.types import Message

from schemas.topics import ALL, GAZETTEER
from services.dedup import agent as dedup_agent
from services.dedup.storage.row_store import InMemoryTables
from services.faust_adapter.app import StageApp
from services.kafka import topic_scan
from services.messaging.records import Headers, OutgoingRecord, Record
from services.processing.stage import RowChange
from services.settings import Settings
from tests.support.in_memory_transport import InMemoryBroker, InMemoryTransport, Partition

CreateApp = Callable[[Settings, str], StageApp]

_TOPICS = {topic.name: topic for topic in ALL}


class InMemoryProducer:
    """The methods of Faust's producer that `StageApp` calls."""

    def __init__(self, transport: InMemoryTransport) -> None:
        self.transport = transport

    async def maybe_start(self) -> None:
        """Do nothing: there is no connection to open."""

    async def send(  # noqa: PLR0917 - the signature is Faust's
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        partition: int | None,
        timestamp: float | None,
        headers: Iterable[tuple[str, bytes]],
    ) -> Awaitable[object]:
        """Produce a record; the returned awaitable finishes when the broker has confirmed it."""
        assert timestamp is None, "the broker sets the timestamps"
        outgoing = OutgoingRecord(_TOPICS[topic], key, value, tuple(headers), partition)
        return await self.transport.produce(outgoing)


class InMemoryTableRows:
    """The interface of `TableRows`, over the rows of the in-memory broker."""

    def __init__(self, broker: InMemoryBroker) -> None:
        self._broker = broker
        self._known: dict[tuple[str, str], bytes] = {}

    def declare(self, app: StageApp) -> None:
        """Do nothing: there are no Faust tables."""

    def first_key(self, table: str, partition: int, start: str) -> str | None:
        """Return the first key that is not below `start`, or None."""
        return self._tables.first_key(table, partition, start)

    def items(self, table: str, partition: int, prefix: str) -> Iterator[tuple[str, bytes]]:
        """Iterate over the rows whose keys begin with `prefix`."""
        return self._tables.items(table, partition, prefix)

    def get(self, table: str, key: str, partition: int) -> bytes | None:
        """Return a row, or None."""
        return self._tables.get(table, key, partition)

    @property
    def _tables(self) -> InMemoryTables:
        """Return the rows of all partitions on the broker."""
        tables = InMemoryTables()
        tables.rows = self._broker.rows
        return tables

    def remember(self, partition: int) -> None:  # noqa: ARG002
        """Save a copy of all rows for `is_unchanged`."""
        self._known = dict(self._broker.rows)

    def is_unchanged(self, partition: int) -> bool:  # noqa: ARG002
        """Return whether no other worker has changed a row of any partition."""
        return self._known == self._broker.rows

    async def store(
        self, changes: Sequence[tuple[Record, RowChange]], producer: InMemoryProducer
    ) -> None:
        """Store rows on the broker."""
        is_unchanged = self._known == self._broker.rows
        await producer.transport.store(changes)
        if is_unchanged:
            self._known = dict(self._broker.rows)


@dataclass
class AgentWorker:
    """A worker that runs one agent."""

    app: StageApp
    transport: InMemoryTransport

    async def revoke(self) -> bool:
        """Revoke all partitions, as a rebalance does; return whether the drain was complete."""
        self.app.flow_control.suspend()
        self.app.flow_control.clear()  # drops the messages that the agent has not consumed yet
        return await self.transport.revoke(self.app.runner)

    def assign(self, partitions: Iterable[Partition]) -> None:
        """Begin a new assignment, which is consumed from the committed offsets."""
        self.app.consumer_generation_id += 1  # Faust skips messages of an older generation
        assigned = list(partitions)
        self.app.runner.on_assign({number for _topic, number in assigned})
        self.transport.assign(assigned)
        self.app.flow_control.resume()


@asynccontextmanager
async def running_agent(
    create_app: CreateApp, transport: InMemoryTransport, state_folder: Path, **values: Any
) -> AsyncIterator[AgentWorker]:
    """Run a stage's agent without partitions; leaving the block kills it as a crash would."""
    quick = {"retry_wait": 0.001, "batch_wait": 0.0, "drain_seconds": 0.05, "story_interval": 0.01}
    settings = Settings(state_dir=state_folder, **{**quick, **values})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dedup_agent, "TableRows", lambda: InMemoryTableRows(transport.broker))
        patch.setattr(topic_scan, "follow", _follower(transport.broker))
        app: Any = create_app(settings, "127.0.0.1:1")
        app.producer = InMemoryProducer(transport)
        transport.trackers = app.consumer.trackers
        (agent,) = app.agents.values()
        stream = agent.channel.stream()
        running = [
            asyncio.create_task(agent.fun(stream)),
            asyncio.create_task(_consume(app, transport, stream.channel)),
            *(asyncio.create_task(start()) for start in app._app_tasks),
        ]
        try:
            yield AgentWorker(app, transport)
        finally:
            for task in running:
                task.cancel()
            ended = await asyncio.gather(*running, return_exceptions=True)
            app.runner.close()
        faults = [one for one in ended if not isinstance(one, asyncio.CancelledError | None)]
        assert faults == []


async def _consume(app: StageApp, transport: InMemoryTransport, channel: Any) -> None:
    """Put the records of the assigned partitions on the agent's channel, as Faust does."""
    while True:
        await app.flow_control.acquire()
        record = transport.poll()
        if record is None:
            await asyncio.sleep(0.001)
        else:
            await channel.put(await channel.decode(_message(record, app), propagate=True))


def _message(record: Record, app: StageApp) -> Message:
    return Message(
        record.topic,
        record.partition,
        record.offset,
        record.timestamp,
        0,  # the timestamp is the creation time
        list(record.headers),
        record.key,
        record.value,
        None,
        generation_id=app.consumer_generation_id,
    )


def _follower(broker: InMemoryBroker) -> Callable[..., AsyncGenerator[Record]]:
    async def follow(
        bootstrap: str, topics: Sequence[str], *, from_start: bool, caught_up: Callable[[], None]
    ) -> AsyncGenerator[Record]:
        assert list(topics) == [GAZETTEER.name]
        assert from_start
        for record in broker.read(GAZETTEER):
            yield record
        caught_up()
        await asyncio.Event().wait()  # no further record comes

    return follow


def produce(broker: InMemoryBroker, outgoing: OutgoingRecord) -> None:
    """Append a record to partition 0 of its topic."""
    headers: Headers = outgoing.headers
    broker.append(outgoing.topic.name, 0, outgoing.key, outgoing.value, headers)
