"""A subscription: an asynchronous iterator over a topic that commits finished messages."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import AsyncGenerator, Collection
from types import TracebackType
from typing import Any, Self

from aiokafka import ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import (
    CommitFailedError,
    GroupAuthorizationFailedError,
    IllegalStateError,
    NoOffsetForPartitionError,
    OffsetOutOfRangeError,
    TopicAuthorizationFailedError,
)

from ..base import Message
from ..topics import Topic
from . import connection, start
from .errors import NotAllowedError, UnreadableError
from .filters import Predicate
from .kinds import Skipped, decode
from .options import Options
from .progress import Progress
from .received import Received

log = logging.getLogger("newsloom.client")

_POLL_SECONDS = 0.5
_REBALANCE_SHARE = 0.8
"""Share of the rebalance timeout in which the message in progress has to be finished."""


class Subscription[M: Message]:
    """The messages of a topic, created by `subscribe` and read with `async for`.

    With `async with`, the end of the block finishes the message in progress, unless the block
    raises an exception. Without it, `break` in an `async for` does not finish the message, so
    it is delivered again. `passed` counts the records that were not delivered, by reason.
    """

    def __init__(self, topic: Topic, wanted: Predicate, options: Options) -> None:
        self.passed: Counter[str] = Counter()
        self._topic = topic
        self._wanted = wanted
        self._options = options
        self._progress = Progress()
        self._consumer: Any = None
        self._idle = asyncio.Event()
        self._managed = False
        self._reading = False
        self._rebalances = 0
        self._committed_at = 0.0
        self._unknown_types: set[str] = set()

    def __aiter__(self) -> AsyncGenerator[Received[M]]:
        return self._messages()

    async def __aenter__(self) -> Self:
        self._managed = True
        await self._open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        await asyncio.shield(self._close())

    async def commit(self) -> None:
        """Finish the message in progress and commit now, without requesting the next one."""
        self._finish()
        await self._commit()

    async def _messages(self) -> AsyncGenerator[Received[M]]:
        if self._reading:
            raise RuntimeError("This subscription is already being read; create another one.")
        self._reading = True
        try:
            await self._open()
            while True:
                self._finish()
                try:
                    received = await self._next()
                except connection.EndOfMessagesError:
                    return
                if received is not None:
                    yield received
        finally:
            self._reading = False
            if not self._managed:
                await asyncio.shield(self._close())

    async def _next(self) -> Received[M] | None:
        """Poll once; returns a message, or None if there is none that passes the filters."""
        if time.monotonic() - self._committed_at >= self._options.commit_interval:
            await self._commit()
        await asyncio.sleep(0)  # records that are already fetched leave no pause for the heartbeats
        try:
            found = await self._consumer.getmany(
                timeout_ms=int(min(_POLL_SECONDS, self._options.commit_interval or 1) * 1000),
                max_records=1,  # so that no record waits here during a rebalance
            )
        except NoOffsetForPartitionError as error:
            await self._begin(error.args[0])
            return None
        except OffsetOutOfRangeError as error:
            await self._skip_lost(error.args[0])
            return None
        except (GroupAuthorizationFailedError, TopicAuthorizationFailedError) as error:
            raise NotAllowedError(
                f"No permission to read {self._topic.name} as group {self._options.group!r} "
                f"({error.message}); `newsloom topics acls subscriber USER --group GROUP` lists "
                "the required permissions."
            ) from error
        for partition, records in found.items():
            for record in records:
                return self._take(partition, record)
        return None

    def _take(self, partition: TopicPartition, record: Any) -> Received[M] | None:
        received = self._decoded(record)
        if isinstance(received, Received) and self._wanted(received.data):
            self._progress.deliver(partition, record.offset)
            self._idle.clear()
            return received
        why = received if isinstance(received, Skipped) else Skipped.FILTERED
        if why is Skipped.REMOVED and self._options.on_removed:
            self._options.on_removed((record.key or b"").decode("utf-8", "replace"))
        self.passed[why] += 1
        self._progress.advance(partition, record.offset + 1)
        return None

    def _decoded(self, record: Any) -> Received[M] | Skipped:
        try:
            received = decode(self._topic, record)
        except UnreadableError as error:
            if self._options.on_unreadable == "raise":
                raise
            log.warning("skipped: %s", error)
            return Skipped.UNREADABLE
        if received is Skipped.UNKNOWN_TYPE:
            kind = dict(record.headers).get("ce_type", b"").decode("utf-8", "replace")
            if kind not in self._unknown_types:
                self._unknown_types.add(kind)
                log.warning("messages of the unknown type %r are skipped", kind)
        return received

    def _finish(self) -> None:
        self._progress.finish()
        self._idle.set()

    async def _open(self) -> None:
        if self._consumer is not None:
            return
        self._progress = Progress()
        self._idle.set()
        self._committed_at = time.monotonic()
        self._consumer = await connection.open_consumer(self._topic, self._options, _Listener(self))

    async def _close(self) -> None:
        """Commit the finished messages and leave the group."""
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            self._idle.set()  # a rebalance no longer has to wait for the message in progress
            await connection.close_consumer(consumer, self._commit(consumer))

    async def _commit(self, consumer: Any = None) -> None:
        self._committed_at = time.monotonic()
        offsets = self._progress.offsets_to_commit()
        if self._options.group is None or not offsets:
            return
        try:
            await (consumer or self._consumer).commit(offsets)
        except (CommitFailedError, IllegalStateError):
            # The group has assigned the partitions to another process, which reads them from
            # the last committed offset.
            log.warning(
                "partitions were reassigned before a commit: some messages are delivered again"
            )
            self._progress.revoke(set(offsets))
        else:
            self._progress.committed(offsets)

    async def _begin(self, partition: TopicPartition) -> None:
        """Seek to the start of a partition without a committed offset."""
        before = self._rebalances
        at = await start.offset(self._consumer, partition, self._options.since)
        # After a rebalance another process may have started on it already.
        if before == self._rebalances and partition in self._consumer.assignment():
            self._consumer.seek(partition, at)
            self._progress.advance(partition, at)

    async def _skip_lost(self, offsets: dict[TopicPartition, int]) -> None:
        """Continue at the oldest message if the next one was deleted from the topic."""
        for partition, wanted in offsets.items():
            oldest = await start.offset(self._consumer, partition, "earliest")
            log.warning(
                "%s/%s: messages %s to %s were deleted by the topic's retention before they "
                "were read",
                partition.topic,
                partition.partition,
                wanted,
                oldest - 1,
            )
            if partition in self._consumer.assignment():
                self._consumer.seek(partition, oldest)

    async def revoked(self, partitions: Collection[TopicPartition]) -> None:
        """Handle revoked partitions: await the message in progress, commit, and forget them."""
        self._rebalances += 1
        if self._progress.in_progress in partitions:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._options.processing_timeout * _REBALANCE_SHARE):
                    await self._idle.wait()
        if self._consumer is not None:
            await self._commit()
        if self._progress.revoke(partitions):
            log.warning("a message took too long for the rebalance: it is delivered again")


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    def __init__(self, subscription: Subscription[Any]) -> None:
        self._subscription = subscription

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        await self._subscription.revoked(revoked)

    def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        pass
