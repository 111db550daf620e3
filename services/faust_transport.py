"""The overrides of Faust that make its delivery safe.

What plain Faust 0.15 does, and what is done about it here and in `services/faust_app.py`;
the tests are in `tests/unit/test_faust_overrides.py` and among the broker tests:

- It commits past messages still in work, drops acknowledged offsets on a rebalance,
  and acknowledges what fails: `SafeConsumer` commits what the stage has settled and
  nothing else, and does so before partitions are revoked.
- Records that it fetched before a rebalance it may take for those after it, and pass over
  what comes from the committed offset: `SafeConsumer.getmany`.
- Its producer is not idempotent: `SafeProducer`.
- It hides a record that can't be decoded, and may stop the agent: `RawSchema` never
  decodes.
- Its fetches wait 1.5 s on a drained partition, and without a broker its consumer takes
  a minute to stop: `SafeConsumerThread`.
- It writes on when it was stalled and another has its partitions: of a stage with state,
  `SafeConsumerThread` hears from the group whether they are its own, and `SafeProducer`
  writes while they are (`services/lease.py`).
- Its table writes are not awaited: `services/table_rows.py` sends the changelog itself,
  awaits it, and only then writes to RocksDB.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from typing import Any

import aiokafka
import faust
import structlog
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from services.lease import guard, listen
from services.offsets import OffsetTracker

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


class SafeConsumerThread(driver.AIOKafkaConsumerThread):
    """The consumer's thread, with short fetches and an end also where no broker answers."""

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

    async def on_thread_stop(self) -> None:
        """Close the consumer.

        aiokafka cancels a fetch that waits for a lost broker and lets the cancellation out;
        it would end this thread before it says so, and the worker would wait a minute for it.
        """
        with suppress(asyncio.CancelledError):
            await super().on_thread_stop()


class SafeConsumer(driver.Consumer):
    """Commits exactly what the stage has settled, and before partitions are revoked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trackers: dict[TP, OffsetTracker] = defaultdict(OffsetTracker)

    def _new_consumer_thread(self) -> SafeConsumerThread:
        return SafeConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Any]]:
        """Records as they are fetched, those of the present assignment alone.

        Faust notes the assignment only when the fetch is back. What was fetched before a
        rebalance would then count as new: it comes before the records from the committed
        offset, which are passed over as older than it, and so are lost.
        """
        generation = self.app.consumer_generation_id
        async for tp, message in super().getmany(timeout):
            if self.app.consumer_generation_id != generation:
                break
            yield tp, message

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
        app: Any = self.app
        if app.lease is not None:
            guard(producer, app.lease)
        return producer

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}


class SafeTransport(driver.Transport):
    """Faust's Kafka transport with the two above."""

    Consumer = SafeConsumer
    Producer = SafeProducer
