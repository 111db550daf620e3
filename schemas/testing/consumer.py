"""The consumer that a subscription reads with while an `InMemoryBroker` is in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiokafka import TopicPartition
from aiokafka.errors import NoOffsetForPartitionError
from aiokafka.structs import OffsetAndTimestamp

from ..client.connection import EndOfMessagesError
from .records import StoredRecord


class InMemoryConsumer:
    """The part of `aiokafka.AIOKafkaConsumer` that a subscription uses.

    `committed` maps group and topic to the committed offset.
    """

    def __init__(
        self,
        records: Mapping[str, Sequence[StoredRecord]],
        committed: dict[tuple[str, str], int],
        group: str | None,
    ) -> None:
        self._records = records
        self._committed = committed
        self._group = group
        self._partition = TopicPartition("", 0)
        self._next: int | None = None

    async def start(self) -> None:
        """Do nothing: there is no connection."""

    async def stop(self) -> None:
        """Do nothing: there is no connection."""

    async def topics(self) -> set[str]:
        """Return the names of all topics."""
        return set(self._records)

    def subscribe(self, topics: Sequence[str], **_settings: Any) -> None:
        """Read a topic from the committed offset of the group, if there is one."""
        self._partition = TopicPartition(topics[0], 0)
        if self._group is not None:
            self._next = self._committed.get((self._group, topics[0]))

    def assignment(self) -> set[TopicPartition]:
        """Return the one partition."""
        return {self._partition}

    def seek(self, _partition: TopicPartition, offset: int) -> None:
        """Set the next offset to read."""
        self._next = offset

    async def getmany(self, **_settings: Any) -> dict[TopicPartition, list[StoredRecord]]:
        """Return the next record.

        Raises `NoOffsetForPartitionError` before the first `seek` where the group has no
        committed offset, and `EndOfMessagesError` after the last record.
        """
        if self._next is None:
            raise NoOffsetForPartitionError(self._partition)
        if self._next >= len(self._stored):
            raise EndOfMessagesError
        record = self._stored[self._next]
        self._next += 1
        return {self._partition: [record]}

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Store the offsets of the group."""
        assert self._group is not None
        for partition, offset in offsets.items():
            self._committed[self._group, partition.topic] = offset

    async def beginning_offsets(
        self, partitions: Sequence[TopicPartition]
    ) -> dict[TopicPartition, int]:
        """Return the offset of the first record, which is 0."""
        return dict.fromkeys(partitions, 0)

    async def end_offsets(self, partitions: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
        """Return the offset after the last record."""
        return dict.fromkeys(partitions, len(self._stored))

    async def offsets_for_times(
        self, times: Mapping[TopicPartition, int]
    ) -> dict[TopicPartition, OffsetAndTimestamp | None]:
        """Return the first record of each partition that is not older than a time."""
        return {partition: self._first_since(since) for partition, since in times.items()}

    def _first_since(self, since: int) -> OffsetAndTimestamp | None:
        found = (one for one in self._stored if one.timestamp >= since)
        record = next(found, None)
        return record and OffsetAndTimestamp(record.offset, record.timestamp)

    @property
    def _stored(self) -> Sequence[StoredRecord]:
        return self._records[self._partition.topic]
