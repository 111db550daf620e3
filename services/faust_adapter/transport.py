"""The overrides of Faust that make its delivery safe.

What plain Faust 0.15 does, and what is done about it here and in `services/faust_adapter/app.py`;
the tests are in `tests/unit/test_faust_overrides.py` and among the broker tests:

- It commits past messages still in work, drops acknowledged offsets on a rebalance,
  and acknowledges what fails: `SafeConsumer` commits what the stage has settled and
  nothing else, and does so before partitions are revoked.
- A fetch that waits while a rebalance passes comes back with records of either assignment.
  Faust may take old ones for new, and then pass over all from the committed offset up to
  them, or drop new ones, whose position has moved on; and it seeks to committed offsets
  while records behind them are in work. Here a fetch is undone where the flow was stopped
  meanwhile, what came back too late is dropped, and nobody seeks or passes over:
  `SafeConsumerThread`, `SafeConsumer`.
- Its producer is not idempotent: `SafeProducer`. aiokafka's idempotent one stumbles over a
  record that the broker refuses: `services/faust_adapter/sequence_rollback.py`.
- It hides a record that can't be decoded, and may stop the agent: `RawSchema` never
  decodes.
- Its fetches wait 1.5 s on a drained partition, and without a broker its consumer takes
  a minute to stop: `SafeConsumerThread`.
- It writes on when it was stalled and another has its partitions: of a stage with state,
  `SafeConsumerThread` hears from the group whether they are its own, and `SafeProducer`
  writes while they are (`services/faust_adapter/lease.py`).
- Its table writes are not awaited: `table_rows.py` sends the changelog itself, awaits it,
  and only then writes to RocksDB.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any

import aiokafka
import faust
import structlog
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from services.faust_adapter.lease import guard, listen
from services.faust_adapter.sequence_rollback import give_back_numbers
from services.processing.offset_tracker import OffsetTracker

log = structlog.get_logger()

FETCH_WAIT_MS = 100
"""Longest that the broker holds a fetch with nothing to give, in milliseconds."""

COMMIT_SECONDS = 30.0
"""How long the last commit before a revocation may take."""


class RawSchema(faust.Schema):  # type: ignore[type-arg]  # Faust's generics are not subscriptable
    """Hands the whole record through; decoding is the stage's, so that nothing raises here."""

    def loads_key(self, app: Any, message: Any, **_: Any) -> Any:  # noqa: ARG002
        """Return the key's bytes."""
        return message.key

    def loads_value(self, app: Any, message: Any, **_: Any) -> Any:  # noqa: ARG002
        """Return the record as it is; Faust would pass over a null value."""
        return message


class _Fetched(dict[Any, Any]):
    """Records by partition, and how often the flow had been stopped when they were taken."""

    def __init__(self, records: Mapping[Any, Any], stops: int) -> None:
        super().__init__(records)
        self.stops = stops


class _NoReadOffsets(dict[TP, int | None]):
    """Knows no offset that was read.

    Faust passes over records older than the last it noted, which may be of the assignment
    before; what aiokafka gives after its position is new.
    """

    def __getitem__(self, _: TP) -> None:
        return None

    def __setitem__(self, tp: TP, offset: int | None) -> None: ...


class SafeConsumerThread(driver.AIOKafkaConsumerThread):
    """The consumer's thread: short, exact fetches, and an end also where no broker answers."""

    consumer: SafeConsumer

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        # Hard-coded to 1500 in the driver; aiokafka reads it when the consumer starts.
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # noqa: SLF001
        return consumer

    async def on_start(self) -> None:
        """Start the consumer, and listen to what the group's coordinator answers."""
        await super().on_start()
        consumer: Any = self._consumer
        app: Any = self.app
        if app.lease is not None:
            listen(consumer._coordinator, app.lease)  # noqa: SLF001 - aiokafka tells nobody else

    async def _fetch_records(
        self,
        consumer: aiokafka.AIOKafkaConsumer,
        active_partitions: Collection[TP],
        timeout: float | None = None,
        max_records: int | None = None,
    ) -> Any:
        """Fetch; where the flow was stopped meanwhile, leave each position where it was.

        Nothing else runs in this thread between aiokafka's taking the records and the seek
        back, so it is right whatever assignment they are of.
        """
        stops = self.consumer.stops
        # Faust goes on changing its set, and an empty one means all partitions to aiokafka.
        wanted = set(active_partitions)
        if not wanted:
            return {}
        records = await super()._fetch_records(consumer, wanted, timeout, max_records)
        if self.consumer.stops != stops:
            for partition, fetched in records.items():
                consumer.seek(partition, fetched[0].offset)
            return {}
        return _Fetched(records, stops)

    async def on_thread_stop(self) -> None:
        """Close the consumer.

        aiokafka cancels a fetch that waits for a lost broker and lets the cancellation out;
        it would end this thread before it says so, and the worker would wait a minute for it.
        """
        with suppress(asyncio.CancelledError):
            await super().on_thread_stop()

    def _stopped_set(self) -> None:
        """Tell the thread to stop; a crash of the app may have ended it, and closed its loop."""
        try:
            super()._stopped_set()
        except RuntimeError:
            if not self.thread_loop.is_closed():
                raise


class SafeConsumer(driver.Consumer):
    """Commits exactly what the stage has settled, and before partitions are revoked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trackers: dict[TP, OffsetTracker] = defaultdict(OffsetTracker)
        self.stops = 0
        """How often the flow was stopped."""
        self._read_offset = _NoReadOffsets()

    def _new_consumer_thread(self) -> SafeConsumerThread:
        return SafeConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def stop_flow(self) -> None:
        """Take no more records; a fetch under way will be undone. A new assignment follows."""
        self.stops += 1
        super().stop_flow()

    async def _wait_next_records(self, timeout: float) -> Any:
        fetched: tuple[Any, Any] = await super()._wait_next_records(timeout)
        records, active = fetched
        if records and records.stops != self.stops:
            return None, active  # of the assignment that ends; the next begins as committed
        return fetched

    async def perform_seek(self) -> None:
        """Leave each position where it is.

        aiokafka begins an assignment at the committed offsets. Faust seeks there later, when
        records behind them may be in work, and they would come once more.
        """

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[TP]:
        return iter([tp for tp in self.trackers if topics is None or tp.topic in topics])

    def _new_offset(self, tp: TP) -> int | None:
        return self.trackers[tp].committable

    async def wait_empty(self) -> None:
        """Let the work in hand end, then commit it: on shutdown and before a revocation."""
        app: Any = self.app  # the StageApp that made this consumer
        await app.runner.drain()
        last = asyncio.ensure_future(self._commit_all())
        done, _ = await asyncio.wait([last], timeout=COMMIT_SECONDS)
        if done:
            last.result()
        else:  # Faust flushes the producer first, which may be what stands still
            last.cancel()
            log.warning("commit_timed_out")  # what it would have covered is read again

    async def _commit_all(self) -> None:
        # A commit that is under way is of before the drain; Faust would take it for this one.
        await self.maybe_wait_for_commit_to_finish()
        await self.commit()

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Revoke (which drains and commits), then forget the old assignment.

        All partitions are given up in every rebalance (eager protocol), also those
        that come back: what is still in work belongs to the old assignment.
        """
        await super().on_partitions_revoked(revoked)
        self.trackers.clear()
        app: Any = self.app
        app.runner.forget()


class SafeProducer(driver.Producer):
    """A producer that neither doubles nor reorders on retry, and waits for all replicas.

    It writes only while the worker's partitions are its own.
    """

    def _new_producer(self, transactional_id: str | None = None) -> aiokafka.AIOKafkaProducer:
        producer = super()._new_producer(transactional_id)
        give_back_numbers(producer)
        app: Any = self.app
        # How long a delivery may take in all is the runner's to say; aiokafka would give up
        # what waits for a lost broker after the time of one request.
        producer._message_accumulator._batch_ttl = app.produce_timeout  # noqa: SLF001
        producer._request_timeout_ms = int(app.produce_timeout * 1000)  # noqa: SLF001
        if app.lease is not None:
            guard(producer, app.lease)
        return producer

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}


class SafeTransport(driver.Transport):
    """Faust's Kafka transport with the two above."""

    Consumer = SafeConsumer
    Producer = SafeProducer
