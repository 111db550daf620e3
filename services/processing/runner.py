"""Run a stage over the records of its topic, by the delivery rules.

Every message passes these steps in this order:

1. consume: records are collected into batches (`batching.py`);
2. process: the stage's function runs in a worker thread, with retries (`retry.py`);
3. persist: the rows that the batch changed are stored;
4. produce: dead letters and outputs are sent in the order of arrival (`delivery.py`);
5. await acknowledgement by the broker;
6. acknowledge the message, which lets the committed offset pass it.

A message that can't be processed becomes a dead letter, by the same rules. Whatever breaks the
rules (a broker that acknowledges nothing, a dead letter that can't be written) stops the worker
with the message unacknowledged, so that it is consumed again. So does a series of failures
(`poison_limit.py`). Updates of a compacted topic may be held back for a moment
(`held_updates.py`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor

import structlog

from services.messaging import heartbeat, trace_context
from services.messaging.records import Record
from services.processing.batching import BatchQueue
from services.processing.delivery import Delivery
from services.processing.message_observer import MessageObserver
from services.processing.poison_limit import PoisonLimitError, StagePoisonLimit
from services.processing.retry import process_with_retries
from services.processing.stage import Stage, Transport
from services.settings import Settings

log = structlog.get_logger()

_HELD_UPDATES_POLL_SECONDS = 0.05
"""How often the runner looks for due updates while some are held back."""


class StageRunner:
    """Runs a stage over the records that are submitted to it."""

    def __init__(
        self,
        stage: Stage,
        transport: Transport,
        settings: Settings,
        spans: trace_context.Spans | None = None,
        observer: MessageObserver | None = None,
    ) -> None:
        """Make a runner; with `spans` it makes a span of each message.

        `observer` replaces the default one, which counts, times and logs every message.
        """
        self._stage = stage
        self._transport = transport
        self._settings = settings
        self._observer = observer or MessageObserver(stage.name, spans)
        self._poison_limit = StagePoisonLimit(stage.name, settings)
        self._queue = BatchQueue(settings.batch_size, settings.batch_wait)
        self._delivery = Delivery(
            stage.name, transport, settings, self._observer, self._poison_limit
        )
        self._processing = self._draining = False
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=stage.name)

    @property
    def in_progress(self) -> int:
        """How many messages are consumed and not acknowledged."""
        return self._delivery.in_progress

    @property
    def completed(self) -> int:
        """How many messages have been acknowledged since the start."""
        return self._delivery.completed

    @property
    def stalled_seconds(self) -> float:
        """For how many seconds messages are in progress and none has been acknowledged."""
        return self._delivery.stalled_seconds

    async def submit(self, record: Record) -> None:
        """Queue a record for processing; waits while the queue is full (back-pressure)."""
        await self._queue.put(record)

    async def run(self) -> None:
        """Process submitted records until cancelled; a broken rule crashes the worker."""
        try:
            while True:
                batch = await self._next_batch()
                if batch:
                    await self._process(batch)
                await self._delivery.send_due_updates(everything=self._draining)
                self._processing = False
        except Exception as error:  # noqa: BLE001 - any fault here must stop the worker
            self._delivery.discard_held()
            self._processing = False
            if isinstance(error, PoisonLimitError):
                await self.drain()  # so that every failure that was counted can be committed
            await self._transport.crash(error)

    async def drain(self) -> bool:
        """Finish the messages in progress and drop the rest; return False after the time limit.

        Held updates are sent. Dropped records were never acknowledged, so the next worker of
        the partition consumes them. Nothing new begins between this call and `on_revoke`: what
        is sent after the last commit would be sent again.
        """
        self._draining = True
        deadline = time.monotonic() + self._settings.drain_seconds
        while True:
            self._queue.clear()
            busy = self._processing or self._queue.collecting or not self._delivery.is_idle
            if not busy and self._queue.is_empty:
                return True
            if time.monotonic() > deadline:
                log.warning("drain_timed_out", stage=self._stage.name)
                return False
            await asyncio.sleep(0.005)

    def resume_failure_counts(self, metadata: Iterable[str]) -> None:
        """Go on from the metadata of the committed offsets of a new assignment."""
        self._poison_limit.resume(metadata)

    def on_revoke(self) -> None:
        """Forget the old assignment: unacknowledged messages may belong to another worker now."""
        self._draining = False
        self._delivery.discard_held()

    def on_assign(self, partitions: Collection[int]) -> None:
        """Tell the stage its partitions, after what it is processing; return at once."""
        self._executor.submit(self._stage.on_assign, partitions)

    def close(self) -> None:
        """End the worker thread; waits until the call in progress has returned."""
        self._executor.shutdown(cancel_futures=True)

    async def _next_batch(self) -> list[Record]:
        """Return the next batch; an empty one when it is time to look at held updates."""
        poll = _HELD_UPDATES_POLL_SECONDS if self._delivery.has_held_updates else None
        try:
            batch = await self._queue.next_batch(poll)
        except TimeoutError:
            batch = []
        self._processing = True
        if self._draining:
            return []
        return [record for record in batch if self._transport.is_assigned(record)]

    async def _process(self, batch: list[Record]) -> None:
        self._observer.batch_received(len(batch))
        self._delivery.begin(len(batch))
        started_ns = time.time_ns()
        results = await process_with_retries(
            self._stage, batch, self._executor, self._settings, self._observer
        )
        if self._delivery.failed:
            return  # what failed meanwhile is consumed again: nothing may be sent before it
        # Before anything of the batch is stored or sent: if the limit is reached, the whole
        # batch stays for the next worker.
        counts = self._poison_limit.count(
            # Heartbeats always succeed, and would hide a fault.
            result if heartbeat.sent_at(record) is None else None
            for record, result in zip(batch, results, strict=True)
        )
        contexts = [
            self._observer.begin(record, result, started_ns)
            for record, result in zip(batch, results, strict=True)
        ]
        changes = [
            (record, change)
            for record, result in zip(batch, results, strict=True)
            for change in result.changes
        ]
        if changes:
            async with self._delivery.within_timeout():
                await self._transport.store(changes)
        # Results are queued in the order of arrival before the next batch is processed, so
        # that the revisions of an article leave in the order in which they came.
        await self._delivery.deliver(contexts, results, [one.to_metadata() for one in counts])
