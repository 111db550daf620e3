"""The one way a message goes through a stage.

Delivery rules, in this order for every message: take it, work on it, store what it
changed, send what came of it, wait until the broker has confirmed that, settle it.
Only a settled message lets the committed offset rise. A message that can't be
processed goes to the dead letters, by the same rules. Whatever breaks the rules
(a broker that confirms nothing, a dead letter that can't be written) stops the
worker with the message unsettled, so that it is read again. So does a run of failures
(`services/processing/poison_limit.py`).

Updates of a compacted topic may be held back for a moment
(`services/processing/held_updates.py`); what they came of stays unsettled until they are delivered.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import structlog

from services.messaging import dead_letters, heartbeat, trace_context
from services.messaging.errors import FILTERED, Reason, Rejected, TransientError, UndeliveredError
from services.messaging.records import Record
from services.observability import metrics
from services.processing.held_updates import Coalescer, Held, Open
from services.processing.message_observer import Observer
from services.processing.poison_limit import PoisonLimit
from services.processing.stage import Ended, Result, Stage, Transport, alone
from services.settings import Settings

log = structlog.get_logger()

MAX_BATCH_BYTES = 16 * 1024 * 1024
"""A batch is closed when its values pass this size, so that large pages can't pile up."""

_LONGEST_RETRY_WAIT = 30.0
_LOOK_SECONDS = 0.05
"""While updates are held back, how often is looked whether one is due."""


class StageRunner:
    """Runs a stage over the records offered to it.

    `in_hand` counts the messages taken and not settled, `settled` all that ever were.
    """

    def __init__(
        self,
        stage: Stage,
        transport: Transport,
        settings: Settings,
        spans: trace_context.Spans | None = None,
    ) -> None:
        """`spans` makes a span of each message; None makes none."""
        self._stage = stage
        self._transport = transport
        self._settings = settings
        self._watch = Observer(stage.name, spans)
        self._queue: asyncio.Queue[Record] = asyncio.Queue(settings.batch_size)
        self._slots = asyncio.Semaphore(settings.batches_in_flight)
        self._confirming: set[asyncio.Task[None]] = set()
        self._held = Coalescer(settings.story_interval)
        self._working = self._draining = self._broken = False
        self.in_hand = 0
        self.settled = 0
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=stage.name)
        self._poison = PoisonLimit(
            settings.poison_in_a_row, settings.poison_ratio, settings.poison_window
        )

    async def offer(self, record: Record) -> None:
        """Take a record; waits while enough are waiting already (back-pressure)."""
        await self._queue.put(record)

    async def run(self) -> None:
        """Process what is offered until cancelled; a broken rule crashes the worker."""
        try:
            while True:
                batch = await self._collect()
                if batch:
                    await self._process(batch)
                await self._send_held()
                self._working = False
        except Exception as error:  # noqa: BLE001 - any fault here must stop the worker
            self._held.clear()
            self._working = False
            await self._transport.crash(error)

    async def drain(self) -> bool:
        """Let the work in hand end, drop what has not begun; False where time ran out.

        Updates held back are sent. What is dropped was never settled, so whoever reads the
        partition next gets it. Nothing is begun from here to `forget`: what is sent after the
        last commit would be sent again.
        """
        self._draining = True
        deadline = time.monotonic() + self._settings.drain_seconds
        while True:
            while not self._queue.empty():
                self._queue.get_nowait()
            busy = self._working or self._confirming or self._held
            if not busy and self._queue.empty():
                return True
            if time.monotonic() > deadline:
                log.warning("drain_timed_out", stage=self._stage.name)
                return False
            await asyncio.sleep(0.005)

    def forget(self) -> None:
        """The partitions may be another worker's now: what is not settled is theirs."""
        self._draining = False
        self._count_in_hand(-self._held.clear())
        self._stage.forget()

    def close(self) -> None:
        """Free the worker thread."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def _collect(self) -> list[Record]:
        """The next batch; none where there is something held back to look after."""
        try:
            first = await asyncio.wait_for(self._queue.get(), _LOOK_SECONDS if self._held else None)
        except TimeoutError:
            self._working = True
            return []
        self._working = True  # no await between the two: drain() never sees neither
        batch, size = [first], len(first.value or b"")
        closes = time.monotonic() + self._settings.batch_wait
        while len(batch) < self._settings.batch_size and size < MAX_BATCH_BYTES:
            try:
                record = self._queue.get_nowait()
            except asyncio.QueueEmpty:
                if time.monotonic() >= closes:
                    break
                await asyncio.sleep(self._settings.batch_wait / 4)
                continue
            batch.append(record)
            size += len(record.value or b"")
        if self._draining:
            return []
        return [record for record in batch if self._transport.live(record)]

    async def _process(self, batch: list[Record]) -> None:
        self._watch.took(len(batch))
        self._count_in_hand(len(batch))
        began = time.time_ns()
        results = await self._attempt(batch)
        if self._broken:
            return  # what failed meanwhile is read again: nothing may come before it
        # Before anything of the batch is stored or sent: where the limit is reached, all of
        # it stays for the next worker.
        self._count_failures(
            [
                _failed(result)
                for record, result in zip(batch, results, strict=True)
                if heartbeat.mark_of(record) is None  # whose passing would hide a bad feed
            ]
        )
        paired = [
            (self._watch.follow(record, result, began), result)
            for record, result in zip(batch, results, strict=True)
        ]
        changes = [(hop.record, change) for hop, result in paired for change in result.changes]
        if changes:
            async with self._in_time():
                await self._transport.store(changes)
        # Queued in the order of arrival before the next batch is worked on: revisions of
        # one article leave in the order in which they came.
        opened = [Open(hop) for hop, _result in paired]
        sent = [
            await self._send(one, result)
            for one, (_hop, result) in zip(opened, paired, strict=True)
        ]
        await self._slots.acquire()
        self._await_delivery(self._confirm(opened, results, sent))

    def _await_delivery(self, delivery: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(delivery)
        self._confirming.add(task)
        task.add_done_callback(self._confirming.discard)

    async def _send_held(self) -> None:
        """Send the updates that have waited long enough; all of them on the way out."""
        for held in self._held.take(every=self._draining):
            delivery = await self._transport.produce(held.outgoing)
            self._await_delivery(self._confirm_held(held, delivery))

    async def _attempt(self, batch: list[Record]) -> list[Result]:
        loop = asyncio.get_running_loop()
        wait = self._settings.retry_wait
        for tries_left in range(self._settings.retries, -1, -1):
            try:
                started = time.perf_counter()
                results = await loop.run_in_executor(self._executor, _isolated, self._stage, batch)
            except TransientError as error:
                if not tries_left:
                    raise
                self._watch.retrying(error, wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_RETRY_WAIT)
            else:
                self._watch.worked(len(batch), time.perf_counter() - started)
                return results
        raise AssertionError("unreachable")

    async def _send(self, opened: Open, result: Result) -> list[Awaitable[object]]:
        hop = opened.hop
        outgoing = [hop.carry(one) for one in result.outgoing]
        if isinstance(result, Ended):
            letter = dead_letters.make(
                self._stage.name, hop.record, result.rejected, result.identity
            )
            outgoing.insert(0, letter)
        tries = dead_letters.attempts(hop.record)
        if tries:  # so that tries are counted, and told, over all stages
            outgoing = [dead_letters.marked(one, tries) for one in outgoing]
        return [
            await self._transport.produce(one) for one in outgoing if self._held.passes(one, opened)
        ]

    async def _confirm(
        self, opened: list[Open], results: list[Result], sent: list[list[Awaitable[object]]]
    ) -> None:
        left = len(opened)
        try:
            async with self._in_time():
                for one, result, futures in zip(opened, results, sent, strict=True):
                    final = await self._outcome(one, result, futures)
                    self._watch.settled(one.hop, final)
                    left -= 1
                    self._delivered(one)
        except Exception as error:  # noqa: BLE001 - unconfirmed: stop, do not settle
            self._broken = True
            await self._transport.crash(error)
        finally:
            self._count_in_hand(-left)
            self._slots.release()

    async def _outcome(
        self, opened: Open, result: Result, futures: list[Awaitable[object]]
    ) -> Result:
        """What a message came to, once all that came of it is delivered."""
        final = result
        for outcome in await asyncio.gather(*futures, return_exceptions=True):
            if isinstance(outcome, BaseException):
                if not self._transport.too_large(outcome) or isinstance(final, Ended):
                    raise outcome
                final = Ended(Rejected(Reason.TOO_LARGE, str(outcome)))
        if final is not result:
            self._count_failures([True])
            await asyncio.gather(*await self._send(opened, final))
        return final

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """The broker has to confirm what is awaited here in time.

        An idempotent producer of aiokafka tries for ever; where it stands still, a worker
        that is started again gets on. Raises `UndeliveredError`.
        """
        limit = self._settings.produce_timeout
        try:
            async with asyncio.timeout(limit):
                yield
        except TimeoutError:
            raise UndeliveredError(f"the broker has confirmed nothing for {limit:g} s") from None

    async def _confirm_held(self, held: Held, delivery: Awaitable[object]) -> None:
        """As `_confirm`, for an update that was held back."""
        left = held.waiting.copy()
        try:
            async with self._in_time():
                outcome = (await asyncio.gather(delivery, return_exceptions=True))[0]
            if isinstance(outcome, BaseException):
                if not self._transport.too_large(outcome):
                    raise outcome  # noqa: TRY301 - to the handler below
                self._count_failures([True])
                refused = Ended(Rejected(Reason.TOO_LARGE, str(outcome)))
                await asyncio.gather(*await self._send(left[-1], refused))
            while left:
                self._delivered(left.pop())
        except Exception as error:  # noqa: BLE001 - unconfirmed: stop, do not settle
            self._broken = True
            await self._transport.crash(error)
        finally:
            self._count_in_hand(-sum(one.parts == 1 for one in left))

    def _delivered(self, opened: Open) -> None:
        """A part of what came of a message is; with the last one it is settled."""
        opened.parts -= 1
        if not opened.parts:
            self._transport.settle(opened.hop.record)
            self.settled += 1
            self._count_in_hand(-1)

    def _count_in_hand(self, more: int) -> None:
        self.in_hand += more
        self._watch.in_hand(self.in_hand)

    def _count_failures(self, failures: list[bool]) -> None:
        try:
            self._poison.count(failures)
        finally:
            metrics.FAILED_IN_A_ROW.labels(self._stage.name).set(self._poison.in_a_row)
            metrics.FAILED_RATIO.labels(self._stage.name).set(self._poison.ratio)


def _failed(result: Result) -> bool:
    return isinstance(result, Ended) and result.rejected.reason not in FILTERED


def _isolated(stage: Stage, batch: list[Record]) -> list[Result]:
    """Work on the batch; where it fails, on each record alone, to find the faulty one."""
    try:
        return stage.work(batch)
    except TransientError:
        raise
    except Exception:  # noqa: BLE001 - a fault in one record must not stop the others
        return [alone(stage.name, lambda r: stage.work([r])[0], record) for record in batch]
