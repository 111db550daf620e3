"""Send what a stage produced, and acknowledge each message once everything is delivered.

`Delivery` guarantees: a message is acknowledged only after its dead letter, its outputs and
every held update that it caused have been acknowledged by the broker. If one of them is not
delivered, the worker stops with the message unacknowledged, and it is consumed again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Coroutine, Sequence
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from services.messaging import dead_letters
from services.messaging.errors import Reason, Rejected, UndeliveredError
from services.processing.held_updates import HeldUpdate, HeldUpdates, PendingMessage
from services.processing.message_observer import MessageContext, MessageObserver
from services.processing.poison_limit import StagePoisonLimit
from services.processing.stage import DeadLettered, Result, Transport
from services.settings import Settings

_Deliveries = list[Awaitable[object]]
"""The pending deliveries of one message."""


class Delivery:
    """Delivers the results of a stage's messages.

    `in_progress` is the number of messages consumed and not acknowledged, `completed` the
    number of all messages ever acknowledged. `failed` is True once a delivery has failed;
    nothing may be processed any more then.
    """

    def __init__(
        self,
        stage: str,
        transport: Transport,
        settings: Settings,
        observer: MessageObserver,
        poison_limit: StagePoisonLimit,
    ) -> None:
        self._stage = stage
        self._transport = transport
        self._settings = settings
        self._observer = observer
        self._poison_limit = poison_limit
        self._slots = asyncio.Semaphore(settings.batches_in_flight)
        self._tasks: set[asyncio.Task[None]] = set()
        self._held = HeldUpdates(settings.story_interval)
        self.failed = False
        self.in_progress = 0
        self.completed = 0
        self._progressed_at = monotonic()

    @property
    def has_held_updates(self) -> bool:
        """Whether updates are held back."""
        return bool(self._held)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits for the broker and no update is held back."""
        return not self._tasks and not self._held

    @property
    def stalled_seconds(self) -> float:
        """Seconds without progress: since a message was acknowledged while others were in progress.

        If none was, since the first of those in progress was consumed; 0 if there are none.
        """
        return monotonic() - self._progressed_at if self.in_progress else 0.0

    def begin(self, messages: int) -> None:
        """Count messages that have been consumed."""
        if not self.in_progress:
            self._progressed_at = monotonic()
        self._change_in_progress(messages)

    def discard_held(self) -> None:
        """Drop the held updates; their messages stay unacknowledged."""
        self._change_in_progress(-self._held.discard())

    async def deliver(
        self,
        contexts: Sequence[MessageContext],
        results: Sequence[Result],
        metadata: Sequence[str],
    ) -> None:
        """Send the results of a batch; returns when they are queued in order.

        `metadata` has for each message what is committed with its offset. The deliveries are
        awaited in the background. Waits while as many batches are in flight as the settings allow.
        """
        messages = [
            PendingMessage(context, one) for context, one in zip(contexts, metadata, strict=True)
        ]
        deliveries = [
            await self._send(message, result)
            for message, result in zip(messages, results, strict=True)
        ]
        await self._slots.acquire()
        self._in_background(self._confirm_batch(messages, results, deliveries))

    async def send_due_updates(self, *, everything: bool) -> None:
        """Send the held updates that are due, or all of them."""
        for held in self._held.take_due(everything=everything):
            delivery = await self._transport.produce(held.outgoing)
            self._in_background(self._confirm_held(held, delivery))

    @asynccontextmanager
    async def within_timeout(self) -> AsyncIterator[None]:
        """Limit how long the broker may take for what is awaited in this block.

        An idempotent producer of aiokafka retries for ever. If it makes no progress, a worker
        that is started again often does. Raises `UndeliveredError`.
        """
        limit = self._settings.produce_timeout
        try:
            async with asyncio.timeout(limit):
                yield
        except TimeoutError:
            raise UndeliveredError(f"the broker has confirmed nothing for {limit:g} s") from None

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, message: PendingMessage, result: Result) -> _Deliveries:
        context = message.context
        outgoing = [context.propagate(one) for one in result.outgoing]
        if isinstance(result, DeadLettered):
            dead_letter = dead_letters.create(
                self._stage, context.record, result.rejected, result.identity
            )
            outgoing.insert(0, dead_letter)
        attempts = dead_letters.attempts(context.record)
        if attempts:  # a redriven message: all stages pass the count on
            outgoing = [dead_letters.with_attempts(one, attempts) for one in outgoing]
        return [
            await self._transport.produce(one) for one in outgoing if self._held.admit(one, message)
        ]

    async def _confirm_batch(
        self,
        messages: Sequence[PendingMessage],
        results: Sequence[Result],
        deliveries: Sequence[_Deliveries],
    ) -> None:
        unconfirmed = len(messages)
        try:
            async with self.within_timeout():
                for message, result, pending in zip(messages, results, deliveries, strict=True):
                    final = await self._await_delivery(message, result, pending)
                    self._observer.finished(message.context, final)
                    unconfirmed -= 1
                    self._delivered(message)
        except Exception as error:  # noqa: BLE001 - not delivered: stop, do not acknowledge
            await self._fail(error)
        finally:
            self._change_in_progress(-unconfirmed)
            self._slots.release()

    async def _await_delivery(
        self, message: PendingMessage, result: Result, deliveries: _Deliveries
    ) -> Result:
        """Await the deliveries; return the result, or a dead letter if a record was too large."""
        final = result
        for outcome in await asyncio.gather(*deliveries, return_exceptions=True):
            if isinstance(outcome, BaseException):
                if not self._transport.is_too_large(outcome) or isinstance(final, DeadLettered):
                    raise outcome
                final = DeadLettered(Rejected(Reason.TOO_LARGE, str(outcome)))
        if final is not result:
            await self._send_dead_letter(message, final)
        return final

    async def _confirm_held(self, held: HeldUpdate, delivery: Awaitable[object]) -> None:
        sources = held.sources.copy()
        try:
            async with self.within_timeout():
                outcome = (await asyncio.gather(delivery, return_exceptions=True))[0]
            if isinstance(outcome, BaseException):
                if not self._transport.is_too_large(outcome):
                    raise outcome  # noqa: TRY301 - to the handler below
                refused = DeadLettered(Rejected(Reason.TOO_LARGE, str(outcome)))
                await self._send_dead_letter(sources[-1], refused)
            while sources:
                self._delivered(sources.pop())
        except Exception as error:  # noqa: BLE001 - not delivered: stop, do not acknowledge
            await self._fail(error)
        finally:
            self._change_in_progress(-sum(source.deliveries_left == 1 for source in sources))

    async def _send_dead_letter(self, message: PendingMessage, refused: Result) -> None:
        self._poison_limit.count([refused])
        await asyncio.gather(*await self._send(message, refused))

    def _delivered(self, message: PendingMessage) -> None:
        message.deliveries_left -= 1
        if not message.deliveries_left:
            self._transport.acknowledge(message.context.record, message.metadata)
            self.completed += 1
            self._progressed_at = monotonic()
            self._change_in_progress(-1)

    async def _fail(self, error: BaseException) -> None:
        self.failed = True
        await self._transport.crash(error)

    def _change_in_progress(self, difference: int) -> None:
        self.in_progress += difference
        self._observer.in_progress(self.in_progress)
