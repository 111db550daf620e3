"""The consumer: it commits exactly what the stage has acknowledged."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any, cast

import aiokafka
import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.structs import OffsetAndMetadata
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from services.faust_adapter import positions
from services.faust_adapter.lease import renew_from_coordinator
from services.faust_adapter.positions import GapNotes, LogReplacedError
from services.observability import error_logs
from services.processing.offset_tracker import OffsetTracker
from services.processing.start_position import Cause

log = structlog.get_logger()

FETCH_WAIT_MS = 100
"""How long the broker holds a fetch for which it has no records, in milliseconds."""

METADATA_SECONDS = 10.0
"""How long the look-up of the committed metadata may hold up an assignment."""

COMMIT_SECONDS = 30.0
"""How long the last commit before a revocation may take."""


class _Fetched(dict[Any, Any]):
    """Fetched records by partition, with the count of flow stops at the time of the fetch."""

    def __init__(self, records: Mapping[Any, Any], flow_stops: int) -> None:
        super().__init__(records)
        self.flow_stops = flow_stops


class _NoReadOffsets(dict[TP, int | None]):
    """Reports no offset as read.

    Faust skips records older than the last offset that it noted, which may be of the previous
    assignment. What aiokafka returns after its position is always new.
    """

    def __getitem__(self, _: TP) -> None:
        return None

    def __setitem__(self, tp: TP, offset: int | None) -> None: ...


class SafeConsumerThread(driver.AIOKafkaConsumerThread):
    """The consumer's thread: short fetches that a rebalance undoes, and an orderly stop."""

    consumer: SafeConsumer

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        # The driver sets 1500; aiokafka reads the value when the consumer starts.
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # noqa: SLF001
        self.consumer.gaps.commit_with(consumer)
        self._commit_metadata_with(consumer)
        return consumer

    def _commit_metadata_with(self, consumer: Any) -> None:
        """Let the consumer commit the trackers' metadata; Faust commits offsets without any."""
        commit = consumer.commit

        async def with_metadata(offsets: Mapping[TopicPartition, OffsetAndMetadata]) -> None:
            metadata = self.consumer.commit_metadata
            await commit(
                {
                    partition: OffsetAndMetadata(one.offset, metadata.get(TP(*partition), ""))
                    for partition, one in offsets.items()
                }
            )

        consumer.commit = with_metadata

    async def committed_metadata(self, partitions: Collection[TP]) -> list[str]:
        """Return the metadata of the committed offsets of partitions; may raise `KafkaError`."""
        return await self.call_thread(self._committed_metadata, partitions)  # type: ignore[no-any-return]  # untyped in Faust

    async def _committed_metadata(self, partitions: Collection[TP]) -> list[str]:
        consumer: Any = self._consumer
        coordinator = consumer._coordinator  # noqa: SLF001 - aiokafka returns offsets alone
        found = await coordinator.fetch_committed_offsets(
            [TopicPartition(tp.topic, tp.partition) for tp in partitions]
        )
        return [one.metadata for one in found.values()]

    async def on_start(self) -> None:
        """Start the consumer, and renew the lease from the group coordinator's answers."""
        await super().on_start()
        consumer: Any = self._consumer
        app: Any = self.app
        if app.lease is not None:
            coordinator = consumer._coordinator  # noqa: SLF001 - aiokafka offers no listener
            renew_from_coordinator(coordinator, app.lease)

    async def _fetch_records(
        self,
        consumer: aiokafka.AIOKafkaConsumer,
        active_partitions: Collection[TP],
        timeout: float | None = None,
        max_records: int | None = None,
    ) -> Any:
        """Fetch records; if the flow was stopped meanwhile, restore every position.

        Nothing else runs in this thread between aiokafka's handing over the records and the
        seek back, so this is right for either assignment.
        """
        flow_stops = self.consumer.flow_stops
        # Faust goes on changing its set, and an empty one means all partitions to aiokafka.
        partitions = set(active_partitions)
        if not partitions:
            return {}
        try:
            records = await super()._fetch_records(consumer, partitions, timeout, max_records)
        except positions.POSITION_ERRORS as error:
            await self._read_on(consumer, error, flow_stops)
            return {}
        if self.consumer.flow_stops != flow_stops:
            for partition, fetched in records.items():
                consumer.seek(partition, fetched[0].offset)
            return {}
        self.consumer.fetched.update(records)
        return _Fetched(records, flow_stops)

    def close(self) -> None:
        """Leave the consumer open; `on_thread_stop` closes it, in the event loop that it runs in.

        Faust calls this in a rebalance during a stop, and closes the consumer's connections from
        the main thread. Connections of uvloop are not thread-safe: the process could end with
        signal 11.
        """

    async def _read_on(
        self, consumer: aiokafka.AIOKafkaConsumer, error: KafkaError, flow_stops: int
    ) -> None:
        """Go to the first record of each partition that lacks the wanted offset.

        If the flow was stopped meanwhile, nothing is done: aiokafka raises the error again.
        Raises `LogReplacedError` if the worker can't go on by itself.
        """
        app: Any = self.app
        for tp, wanted in positions.missing(error).items():
            start = await positions.find(consumer, tp, wanted)
            if start is None or self.consumer.flow_stops != flow_stops:
                continue
            if tp.topic in app.tables.changelog_topics:
                if wanted == start.offset - 1:
                    # Faust begins at the last offset that the local copy has; for an empty copy
                    # this is the one before the changelog's first.
                    consumer.seek(tp, start.offset)
                    continue
                raise LogReplacedError(
                    f"The changelog {tp.topic}/{tp.partition} lost offset {wanted} while the "
                    "state was restored from it: the worker starts again."
                )
            if start.cause is Cause.BEYOND_END and tp in self.consumer.fetched:
                raise LogReplacedError(
                    f"{tp.topic}/{tp.partition} ends before offset {wanted}, which is read next: "
                    "the topic was made again or lost records. The worker starts again."
                )
            positions.report(app.stage.name, tp, wanted, start)
            self.consumer.gaps.add(tp, start)
            # Faust commits no offset below the one that it committed last, which may be of a log
            # that was deleted meanwhile.
            self.consumer.forget_committed(tp)
            consumer.seek(tp, start.offset)

    async def on_thread_stop(self) -> None:
        """Close the consumer.

        aiokafka cancels a fetch that waits for a lost broker and lets the cancellation escape.
        It would end this thread before it reports its end, and the worker would wait a minute.
        """
        with suppress(asyncio.CancelledError):
            await super().on_thread_stop()

    def _stopped_set(self) -> None:
        """Mark the thread as stopped, also if a crash of the app has closed its loop already."""
        try:
            super()._stopped_set()
        except RuntimeError:
            if not self.thread_loop.is_closed():
                raise


class SafeConsumer(driver.Consumer):
    """Commits exactly what the stage has acknowledged, also before partitions are revoked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trackers: dict[TP, OffsetTracker] = defaultdict(OffsetTracker)
        self.flow_stops = 0
        """How often the flow has been stopped."""
        self.fetched: set[TP] = set()
        """The partitions of which the present assignment has fetched records."""
        self.gaps = GapNotes()
        self._log_replaced = False
        self.commit_metadata: dict[TP, str] = {}
        """The metadata that belong to the offsets which are committed next."""
        self._read_offset = _NoReadOffsets()

    def _new_consumer_thread(self) -> SafeConsumerThread:
        return SafeConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def stop_flow(self) -> None:
        """Take no more records before the next assignment; a fetch in progress is undone."""
        self.flow_stops += 1
        super().stop_flow()

    async def _wait_next_records(self, timeout: float) -> Any:
        try:
            fetched: tuple[Any, Any] = await super()._wait_next_records(timeout)
        except LogReplacedError as error:
            # Records of the old log may be in progress; their offsets mean nothing on the new one.
            self._log_replaced = True
            app: Any = self.app
            await app.crash(error)
            return None, None
        records, active = fetched
        if records and records.flow_stops != self.flow_stops:
            return None, active  # of the old assignment; the new one starts at what is committed
        return fetched

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Report nothing about a partition whose records are not processed yet.

        Faust logs "Stream has not started processing" as an error for the first record of a
        partition that was empty for 5 minutes. Newsloom measures progress itself: `stalled_seconds`
        of the runner, and the lag at the broker.
        """

    async def perform_seek(self) -> None:
        """Leave every position where it is.

        aiokafka begins an assignment at the committed offsets. Faust would seek there again
        later, when records behind them may be in progress, and they would be consumed twice.
        """

    def forget_committed(self, tp: TP) -> None:
        """Let the next commit of a partition be lower than the last one."""
        self._committed_offset.pop(tp, None)

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[TP]:
        return iter([tp for tp in self.trackers if topics is None or tp.topic in topics])

    def _new_offset(self, tp: TP) -> int | None:
        if self._log_replaced:
            return None
        tracker = self.trackers[tp]
        self.commit_metadata[tp] = tracker.metadata
        return tracker.committable

    async def wait_empty(self) -> None:
        """Finish the messages in progress, then commit: on shutdown and before a revocation."""
        app: Any = self.app  # the StageApp that made this consumer
        await app.runner.drain()
        if not app.crashed:  # else its thread ends by itself, and may never answer
            await self.commit_acknowledged()

    async def commit_acknowledged(self) -> None:
        """Commit what is acknowledged; give up after `COMMIT_SECONDS`."""
        commit = asyncio.ensure_future(self._commit_all())
        done, _ = await asyncio.wait([commit], timeout=COMMIT_SECONDS)
        if done:
            commit.result()
        else:  # Faust flushes the producer first, which may be what makes no progress
            commit.cancel()
            log.warning("commit_timed_out")  # what it would have covered is consumed again

    async def _commit_all(self) -> None:
        # A commit in progress began before the drain; Faust would take it for this one.
        await self.maybe_wait_for_commit_to_finish()
        await self.commit()

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Assign, and let Faust recover the tables.

        Before that the stage learns which partitions it has now, and the runner gets the
        metadata of the committed offsets.
        """
        thread = cast("SafeConsumerThread", self._thread)
        app: Any = self.app
        app.runner.on_assign({tp.partition for tp in assigned if tp.topic == app.source})
        try:
            async with asyncio.timeout(METADATA_SECONDS):
                app.runner.resume_failure_counts(await thread.committed_metadata(assigned))
        except (KafkaError, TimeoutError) as error:
            log.warning("failure_count_unknown", error=error_logs.describe(error))
        await super().on_partitions_assigned(assigned, generation_id)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Revoke (which drains and commits), then forget the old assignment.

        Every rebalance revokes all partitions (eager protocol), also those that come back:
        what is still in progress belongs to the old assignment.
        """
        app: Any = self.app
        if app.should_stop and not self.should_stop:
            # Faust would do nothing, although its own drain may not have ended yet. What is in
            # hand would then be dropped below, before it is committed.
            await self.wait_empty()
        await super().on_partitions_revoked(revoked)
        self.trackers.clear()
        self.fetched.clear()
        self.gaps.forget()
        self.commit_metadata.clear()
        app.runner.on_revoke()
