"""The Faust app of a stage, and the few overrides that make its delivery safe.

What plain Faust 0.15 does, and what is done about it here; each override has a test
that fails without it (`tests/unit/test_faust_overrides.py` and the broker tests):

- It commits past messages still in work, drops acknowledged offsets on a rebalance,
  and acknowledges what fails: `SafeConsumer` commits what the stage has settled and
  nothing else, and does so before partitions are revoked.
- Its producer is not idempotent: `SafeProducer`.
- It hides a record that can't be decoded, and may stop the agent: `RawSchema` never
  decodes.
- Its fetches wait 1.5 s on a drained partition: `SafeConsumerThread`.
- Its table writes are not awaited: `StageApp` sends the changelog itself, awaits it,
  and only then writes to RocksDB.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import aiokafka
import faust
from aiokafka.errors import MessageSizeTooLargeError
from faust import streams
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from schemas.topics import DEAD_LETTER_BYTES, STATE_TABLES, TAGGED
from services.codec import Outgoing, Record
from services.errors import NewsloomError
from services.offsets import OffsetTracker
from services.settings import Settings
from services.stage import RowChange, Stage, StageRunner

FETCH_WAIT_MS = 100
"""Longest that the broker holds a fetch with nothing to give, in milliseconds."""


class RawSchema(faust.Schema):  # type: ignore[type-arg]  # Faust's generics are not subscriptable
    """Hands the whole record through; decoding is the stage's, so that nothing raises here."""

    def loads_key(self, app: Any, message: Any, **_: Any) -> Any:  # noqa: ARG002
        """Return the key's bytes."""
        return message.key

    def loads_value(self, app: Any, message: Any, **_: Any) -> Any:  # noqa: ARG002
        """Return the record as it is; Faust would pass over a null value."""
        return message


class SafeConsumerThread(driver.AIOKafkaConsumerThread):
    """The consumer's thread, with short fetches."""

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        # Hard-coded to 1500 in the driver; aiokafka reads it when the consumer starts.
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # noqa: SLF001
        return consumer


class SafeConsumer(driver.Consumer):
    """Commits exactly what the stage has settled, and before partitions are revoked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trackers: dict[TP, OffsetTracker] = defaultdict(OffsetTracker)

    def _new_consumer_thread(self) -> SafeConsumerThread:
        return SafeConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[TP]:
        return iter([tp for tp in self.trackers if topics is None or tp.topic in topics])

    def _new_offset(self, tp: TP) -> int | None:
        return self.trackers[tp].committable

    async def wait_empty(self) -> None:
        """Let the work in hand end, then commit it: on shutdown and before a revocation."""
        await cast("StageApp", self.app).runner.drain()
        await self.commit()

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Revoke (which drains and commits), then forget the old assignment.

        All partitions are given up in every rebalance (eager protocol), also those
        that come back: what is still in work belongs to the old assignment.
        """
        await super().on_partitions_revoked(revoked)
        self.trackers.clear()
        cast("StageApp", self.app).stage.forget()


class SafeProducer(driver.Producer):
    """A producer that neither doubles nor reorders on retry, and waits for all replicas."""

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}


class SafeTransport(driver.Transport):
    """Faust's Kafka transport with the two above."""

    Consumer = SafeConsumer
    Producer = SafeProducer


class StageApp(faust.App):
    """A Faust app that runs one stage; it is the runner's door to Kafka."""

    def __init__(
        self, stage: Stage, settings: Settings, bootstrap: str, rows: TableRows | None = None
    ) -> None:
        _require_compiled_stream()
        self.stage = stage
        datadir = settings.state_dir.absolute() / stage.name
        datadir.mkdir(parents=True, exist_ok=True)
        super().__init__(
            id=f"newsloom-{stage.name}",
            broker=";".join(f"kafka://{server}" for server in bootstrap.split(",")),
            store="rocksdb://",
            datadir=str(datadir),
            autodiscover=False,
            topic_allow_declare=False,  # topics are made from the registry, never by a worker
            topic_disable_leader=True,
            web_enabled=False,  # Faust's own pages always say OK, and serve table data
            stream_buffer_maxsize=64,
            stream_wait_empty=True,
            consumer_auto_offset_reset="earliest",
            consumer_max_fetch_size=DEAD_LETTER_BYTES,
            broker_max_poll_records=100,
            broker_session_timeout=settings.session_timeout,
            broker_heartbeat_interval=max(1.0, settings.session_timeout / 15),
            broker_rebalance_timeout=settings.rebalance_timeout,
            broker_request_timeout=max(90.0, settings.session_timeout + 10),
            broker_commit_interval=settings.commit_interval,
            broker_commit_every=1000,
            producer_linger=0.005,
            producer_max_batch_size=256 * 1024,
            producer_max_request_size=DEAD_LETTER_BYTES,
            producer_request_timeout=settings.produce_timeout,
            table_standby_replicas=settings.standby_replicas,
        )
        self.runner = StageRunner(stage, self, settings)
        self.rows: dict[str, Any] = {}
        if rows is not None:
            self.rows = {name: self._rows_table(name) for name in STATE_TABLES}
            rows.tables = self.rows
        source = self.topic(stage.source.name, schema=RawSchema(), allow_empty=False)
        self.agent(source, name=stage.name)(self._take)
        self.task(self.runner.run)

    def _new_transport(self) -> SafeTransport:
        return SafeTransport(self.conf.broker_consumer, self)

    def _new_producer_transport(self) -> SafeTransport:
        return SafeTransport(self.conf.broker_producer, self)

    def _rows_table(self, name: str) -> Any:
        # The types alone decide the codec of store and changelog alike; a schema would
        # leave the changelog to be read as JSON.
        return self.Table(name, key_type=bytes, value_type=bytes, partitions=TAGGED.partitions)

    async def _take(self, stream: Any) -> None:
        """Offer each record to the runner. Nothing is ever acknowledged here."""
        consumer = cast("SafeConsumer", self.consumer)
        async for event in stream.noack().events():
            message = event.message
            record = Record(
                topic=message.topic,
                partition=message.partition,
                offset=message.offset,
                timestamp=message.timestamp or 0.0,
                key=message.key,
                value=message.value,
                headers=tuple(_header_pairs(message.headers)),
            )
            consumer.trackers[message.tp].deliver(record.offset, record)
            await self.runner.offer(record)

    # The runner's door to Kafka (services.stage.Transport).

    async def send(self, outgoing: Outgoing) -> Awaitable[object]:  # type: ignore[override]
        """Queue a record with the idempotent producer."""
        producer = await self.maybe_start_producer()
        sent: Awaitable[object] = await producer.send(
            outgoing.topic.name,
            outgoing.key,
            outgoing.value,
            outgoing.partition,
            None,
            list(outgoing.headers),
        )
        return sent

    async def store(self, changes: Sequence[tuple[Record, RowChange]]) -> None:
        """Write rows to the changelog, await it, then write them to RocksDB; `first` ones first.

        In this order the local copy never holds a row that the changelog lacks.
        """
        for first in (True, False):
            await self._store([pair for pair in changes if pair[1].first is first])

    async def _store(self, changes: Sequence[tuple[Record, RowChange]]) -> None:
        producer = await self.maybe_start_producer()
        sent = [
            await producer.send(
                self.rows[change.table].changelog_topic_name,
                change.key.encode(),
                change.value,
                record.partition,
                None,
                None,
            )
            for record, change in changes
        ]
        confirmed = await asyncio.gather(*sent)
        last: dict[tuple[str, TP], int] = {}
        for (record, change), metadata in zip(changes, confirmed, strict=True):
            data = self.rows[change.table].data
            with _as_current(record.partition):
                if change.value is None:
                    data.pop(change.key.encode(), None)
                else:
                    data[change.key.encode()] = change.value
            last[change.table, metadata.topic_partition] = metadata.offset
        for (table, tp), offset in last.items():
            self.rows[table].data.set_persisted_offset(tp, offset)

    def settle(self, record: Record) -> None:
        """Let the committed offset pass the record, where it is of the present assignment."""
        consumer = cast("SafeConsumer", self.consumer)
        tracker = consumer.trackers.get(TP(record.topic, record.partition))
        if tracker is not None:
            tracker.settle(record.offset, record)

    def live(self, record: Record) -> bool:
        """Whether the record is of the present assignment."""
        consumer = cast("SafeConsumer", self.consumer)
        tracker = consumer.trackers.get(TP(record.topic, record.partition))
        return tracker is not None and tracker.holds(record.offset, record)

    def too_large(self, error: BaseException) -> bool:
        """Whether the broker refused a record for its size."""
        return isinstance(error, MessageSizeTooLargeError)

    async def crash(self, error: BaseException) -> None:
        """Stop the worker; the process ends with a non-zero exit status."""
        await super().crash(error)


class TableRows:
    """The rows in a stage's tables (`services.dedup.store.StoredRows`); safe in any thread."""

    def __init__(self) -> None:
        self.tables: dict[str, Any] = {}

    def items(self) -> Iterator[tuple[str, str, bytes]]:
        """Every row of this worker's partitions: table, key, row."""
        for name, table in self.tables.items():
            for key, value in table.data.items():
                yield name, key.decode(), value

    def get(self, table: str, key: str, partition: int | None) -> bytes | None:
        """A row; without `partition` all are searched."""
        data = self.tables[table].data
        if partition is None:
            return cast("bytes | None", data.get(key.encode()))
        with _as_current(partition):
            return cast("bytes | None", data.get(key.encode()))


class _Event:
    """Just enough of a Faust event to say which partition a table access is for."""

    def __init__(self, partition: int) -> None:
        self.message = self
        self.partition = partition


class _as_current:  # noqa: N801 - a context manager reads as a phrase
    """Make table access in this block go to a partition, as inside an agent."""

    def __init__(self, partition: int) -> None:
        self._event = _Event(partition)

    def __enter__(self) -> None:
        current = cast("Any", streams)._current_event  # noqa: SLF001 - Faust offers no other way
        self._reset: Callable[[], None]
        token = current.set(lambda: self._event)
        self._reset = lambda: current.reset(token)

    def __exit__(self, *_: object) -> None:
        self._reset()


def _header_pairs(headers: Any) -> list[tuple[str, bytes]]:
    pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
    return [(str(name), bytes(value or b"")) for name, value in pairs]


def _require_compiled_stream() -> None:
    if cast("Any", streams)._CStreamIterator is None:  # noqa: SLF001 - the one sign of it
        raise NewsloomError(
            "Faust's compiled stream is not loaded, which halves its speed; "
            "unset NO_CYTHON and install a wheel of faust-streaming."
        )
