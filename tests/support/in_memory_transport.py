"""Kafka in memory: a broker with topics and committed offsets, and the transport of a worker.

`InMemoryTransport` implements `services.processing.stage.Transport`, so a `StageRunner` runs on
it without Faust and without Kafka. Offsets are committed by the production rules
(`services/processing/offset_tracker.py`). The test decides when the broker confirms a record
and which operations fail. Several transports on one `InMemoryBroker` are several workers.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

from schemas.topics import DEAD_LETTERS, Topic
from services.messaging.records import Headers, OutgoingRecord, Record
from services.processing.offset_tracker import OffsetTracker
from services.processing.runner import StageRunner
from services.processing.stage import RowChange

_START = 1_700_000_000.0
"""Kafka timestamp of the first record of a partition; each further one is a second later."""

Partition = tuple[str, int]
"""Topic name and partition number."""


class DeliveryError(Exception):
    """The broker did not accept a record."""


class RecordTooLargeError(Exception):
    """The broker refused a record for its size."""


@dataclass
class InMemoryBroker:
    """Topics whose partitions are lists, the committed offsets of one group, and table rows."""

    partitions: dict[Partition, list[Record]] = field(default_factory=lambda: defaultdict(list))
    committed: dict[Partition, int] = field(default_factory=dict)
    committed_metadata: dict[Partition, str] = field(default_factory=dict)
    rows: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """Table rows by table and key: what a changelog topic would restore."""

    def append(
        self,
        topic: str,
        partition: int,
        key: bytes | None,
        value: bytes | None = b"{}",
        headers: Headers = (),
    ) -> Record:
        """Append a record to a partition and return it."""
        log = self.partitions[topic, partition]
        record = Record(topic, partition, len(log), _START + len(log), key, value, headers)
        log.append(record)
        return record

    def store(self, outgoing: OutgoingRecord) -> Record:
        """Append a produced record to its partition; by default the hash of the key selects one."""
        partition = outgoing.partition
        if partition is None:
            partition = crc32(outgoing.key or b"") % outgoing.topic.partitions
        return self.append(
            outgoing.topic.name, partition, outgoing.key, outgoing.value, outgoing.headers
        )

    def read(self, topic: Topic) -> list[Record]:
        """Return all records of a topic, partition by partition."""
        partitions = sorted(place for place in self.partitions if place[0] == topic.name)
        return [record for place in partitions for record in self.partitions[place]]


@dataclass
class PendingDelivery:
    """A produced record that the broker has neither confirmed nor refused yet."""

    outgoing: OutgoingRecord
    _broker: InMemoryBroker
    _future: asyncio.Future[object]

    @property
    def answered(self) -> bool:
        """True if the broker has confirmed or refused the record."""
        return self._future.done()

    def confirm(self) -> None:
        """Store the record on the broker and confirm it."""
        if not self.answered:
            self._broker.store(self.outgoing)
            self._future.set_result(None)

    def fail(self, error: BaseException | None = None) -> None:
        """Refuse the record; by default with `DeliveryError`."""
        if not self.answered:
            self._future.set_exception(error or DeliveryError("the broker is not available"))


class InMemoryTransport:
    """The transport of one worker.

    Every delivery is confirmed immediately, unless `confirm_automatically` is False. Then it is
    kept in `pending` until the test confirms it. Operations fail for the keys in the sets.
    """

    def __init__(self, broker: InMemoryBroker | None = None) -> None:
        self.broker = broker or InMemoryBroker()
        self.confirm_automatically = True
        self.unsendable_keys: set[bytes | None] = set()
        """`produce` itself raises `DeliveryError` for these keys."""
        self.undeliverable_keys: set[bytes | None] = set()
        """The delivery of these keys fails."""
        self.too_large_keys: set[bytes | None] = set()
        """The broker refuses records with these keys as too large, but accepts their dead
        letters."""
        self.table_error: Exception | None = None
        """What `store` raises instead of storing rows."""

        self.produced: list[OutgoingRecord] = []
        """Every record that was produced, in order, delivered or not."""
        self.pending: list[PendingDelivery] = []
        """The deliveries that were not answered immediately, in order."""
        self.acknowledged: list[int] = []
        """Offsets of the records that the runner has acknowledged, in order."""
        self.events: list[tuple[str, Any]] = []
        """The runner's calls in order: store (row key), produce (key), acknowledge (offset)."""
        self.crashed: BaseException | None = None
        self.trackers: dict[Any, OffsetTracker] = {}
        """The consumed offsets that are not committed, by partition. A test of an agent assigns
        the trackers of the app's consumer."""
        self._positions: dict[Partition, int] = {}

    # Methods that the runner calls (services.processing.stage.Transport).

    async def produce(self, outgoing: OutgoingRecord) -> Awaitable[object]:
        """Produce a record; the answer of the broker follows the rules set by the test."""
        if outgoing.key in self.unsendable_keys:
            raise DeliveryError("the producer is closed")
        self.produced.append(outgoing)
        self.events.append(("produce", outgoing.key))
        future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        delivery = PendingDelivery(outgoing, self.broker, future)
        if outgoing.key in self.undeliverable_keys:
            delivery.fail()
        elif outgoing.key in self.too_large_keys and outgoing.topic is not DEAD_LETTERS:
            delivery.fail(RecordTooLargeError("too large"))
        elif self.confirm_automatically:
            delivery.confirm()
        else:
            self.pending.append(delivery)
        return future

    async def store(self, changes: Sequence[tuple[Record, RowChange]]) -> None:
        """Store rows on the broker."""
        if self.table_error is not None:
            raise self.table_error
        for _, change in changes:
            self.events.append(("store", change.key))
            if change.value is None:
                self.broker.rows.pop((change.table, change.key), None)
            else:
                self.broker.rows[change.table, change.key] = change.value

    def acknowledge(self, record: Record, metadata: str = "") -> None:
        """Let the committed offset pass a record of the present assignment."""
        self.events.append(("acknowledge", record.offset))
        self.acknowledged.append(record.offset)
        tracker = self.trackers.get((record.topic, record.partition))
        if tracker is not None:
            tracker.acknowledge(record.offset, record, metadata)

    def is_assigned(self, record: Record) -> bool:
        """Return whether the record was delivered in the present assignment."""
        tracker = self.trackers.get((record.topic, record.partition))
        return tracker is not None and tracker.is_pending(record.offset, record)

    def is_too_large(self, error: BaseException) -> bool:
        """Return whether the broker refused a record for its size."""
        return isinstance(error, RecordTooLargeError)

    async def crash(self, error: BaseException) -> None:
        """Keep the first error; the test stops the worker."""
        self.crashed = self.crashed or error

    # Methods that the test calls.

    def confirm_all(self) -> None:
        """Confirm all pending deliveries, and all later ones immediately."""
        self.confirm_automatically = True
        for delivery in self.pending:
            delivery.confirm()

    async def deliver(self, runner: StageRunner, *records: Record) -> None:
        """Hand records to the runner, as the agent of a stage does with each that it consumes."""
        for record in records:
            tracker = self.trackers.setdefault((record.topic, record.partition), OffsetTracker())
            tracker.deliver(record.offset, record)
            await runner.submit(record)

    def assign(self, partitions: Iterable[Partition]) -> None:
        """Begin an assignment; each partition is consumed from its committed offset."""
        self._positions = {place: self.broker.committed.get(place, 0) for place in partitions}

    def committed_metadata(self) -> list[str]:
        """Return the metadata of the committed offsets of the assigned partitions."""
        known = self.broker.committed_metadata
        return [known[place] for place in self._positions if place in known]

    def poll(self) -> Record | None:
        """Return the next record of the assigned partitions, or None if there is none."""
        for place, position in self._positions.items():
            log = self.broker.partitions[place]
            if position < len(log):
                del self._positions[place]  # to the end, so that the partitions take turns
                self._positions[place] = position + 1
                return replace(log[position])  # each consumption returns a new object
        return None

    async def consume(self, runner: StageRunner) -> None:
        """Deliver the records of the assigned partitions until cancelled."""
        while True:
            record = self.poll()
            if record is None:
                await asyncio.sleep(0.001)
            else:
                await self.deliver(runner, record)

    def commit(self) -> None:
        """Commit what the production consumer would commit now."""
        for place, tracker in self.trackers.items():
            if tracker.committable is not None:
                self.broker.committed[place] = tracker.committable
                self.broker.committed_metadata[place] = tracker.metadata

    async def revoke(self, runner: StageRunner) -> bool:
        """Drain, commit and forget the assignment, as the production consumer does.

        Returns whether the drain ended in time.
        """
        self._positions = {}
        drained = await runner.drain()
        self.commit()
        self.trackers.clear()
        runner.on_revoke()
        return drained
