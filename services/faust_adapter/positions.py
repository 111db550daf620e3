"""Read on where a partition no longer has the wanted offset: say so, count it and note the gap.

With `auto_offset_reset=earliest`, aiokafka would go to the first record without a word. It is
told to do nothing instead, and its errors are answered here.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError, NoOffsetForPartitionError, OffsetOutOfRangeError
from aiokafka.structs import OffsetAndMetadata

from services.messaging.errors import TransientError
from services.observability import metrics
from services.processing import start_position, unread_gaps
from services.processing.start_position import Cause, StartPosition
from services.processing.unread_gaps import Gap

log = structlog.get_logger()

POSITION_ERRORS = (NoOffsetForPartitionError, OffsetOutOfRangeError)
"""What aiokafka raises for a partition whose next offset it does not know or does not find."""

_ASK_SECONDS = 10.0
"""How long the broker may take to state the ends of a log. The fetch that failed is repeated
afterwards, so nothing is lost by giving up."""


class LogReplacedError(TransientError):
    """A log ends before the position of a running worker, which has to start again."""


def missing(error: KafkaError) -> dict[TopicPartition, int | None]:
    """Return the wanted offset of each partition that one of the `POSITION_ERRORS` names."""
    if isinstance(error, NoOffsetForPartitionError):
        return {error.args[0]: None}
    found: dict[TopicPartition, int | None] = error.args[0]
    return found


async def find(consumer: Any, tp: TopicPartition, wanted: int | None) -> StartPosition | None:
    """Return where to read on, or None if the broker does not tell (the topic may be gone)."""
    try:
        async with asyncio.timeout(_ASK_SECONDS):
            first = (await consumer.beginning_offsets([tp]))[tp]
            end = (await consumer.end_offsets([tp]))[tp]
    except (KafkaError, TimeoutError) as error:
        log.warning("log_ends_unknown", topic=tp.topic, partition=tp.partition, error=str(error))
        return None
    return start_position.choose(wanted, first, end)


def report(stage: str, tp: TopicPartition, wanted: int | None, start: StartPosition) -> None:
    """Log and count that a stage reads on at another offset than the wanted one."""
    if start.cause is None or (start.cause is Cause.NO_COMMIT and not start.offset):
        return  # a new group on a log that is whole: nothing has been deleted
    metrics.POSITION_RESETS.labels(stage, start.cause).inc()
    metrics.EXPIRED.labels(stage).inc(start.expired)
    log.warning(
        "position_reset",
        topic=tp.topic,
        partition=tp.partition,
        cause=str(start.cause),
        wanted=wanted,
        reads_on_at=start.offset,
        expired_before_being_read=start.expired,
        deleted_and_perhaps_read=start.unknown,
    )


class GapNotes:
    """The gaps of the assigned partitions, written beside each committed offset."""

    def __init__(self) -> None:
        self._stored: dict[TopicPartition, list[Gap]] = {}
        self._new: dict[TopicPartition, list[Gap]] = defaultdict(list)

    def add(self, tp: TopicPartition, start: StartPosition) -> None:
        """Note the offsets that were deleted before `start`, if there are any."""
        count = start.expired or start.unknown
        if count:
            gap = Gap(
                start.offset - count, start.offset, count, int(time.time()), bool(start.expired)
            )
            self._new[tp].append(gap)

    def forget(self) -> None:
        """Forget the old assignment; what was committed is read again when it is needed."""
        self._stored.clear()
        self._new.clear()

    def commit_with(self, consumer: Any) -> None:
        """Make each commit of the consumer keep the gaps that are noted, and add the new ones."""
        commit = consumer.commit

        async def noted(offsets: Mapping[TopicPartition, OffsetAndMetadata]) -> None:
            unknown = [tp for tp in offsets if tp not in self._stored]
            if unknown:
                # `consumer.committed` drops the metadata.
                coordinator = consumer._coordinator  # noqa: SLF001
                found = await coordinator.fetch_committed_offsets(unknown)
                for tp in unknown:
                    self._stored[tp] = unread_gaps.decode(found[tp].metadata if tp in found else "")
            now = time.time()
            await commit(
                {
                    tp: OffsetAndMetadata(
                        at.offset, unread_gaps.encode(self._of(tp), now, at.metadata)
                    )
                    for tp, at in offsets.items()
                }
            )

        consumer.commit = noted

    def _of(self, tp: TopicPartition) -> list[Gap]:
        return [*self._stored.get(tp, ()), *self._new.get(tp, ())]
