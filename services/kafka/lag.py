"""Measure the lag of each consumer group at the broker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiokafka import TopicPartition

from schemas.topics import Topic
from services.kafka import topic_admin, topic_scan

Lags = list[tuple[str, TopicPartition, int]]
"""Stage, partition, and number of messages past the committed offset."""


@asynccontextmanager
async def measurer(
    bootstrap: str, sources: Mapping[str, tuple[str, Topic]]
) -> AsyncIterator[Callable[[], Awaitable[Lags]]]:
    """Yield a function that measures the lag of each stage, given its group and source topic.

    If nothing has been committed, or the committed offset has expired, all messages of the
    partition count. Raises aiokafka's `KafkaError`, or `UsageError`, if no broker answers or a
    topic is missing.
    """
    topics = [topic.name for _, topic in sources.values()]
    async with (
        topic_admin.admin(bootstrap) as admin,
        topic_scan.reading(bootstrap, topics) as (client, partitions),
    ):

        async def measure() -> Lags:
            first = await client.beginning_offsets(partitions)
            ends = await client.end_offsets(partitions)
            found: Lags = []
            for stage, (group, topic) in sources.items():
                committed = await topic_admin.committed(admin, group)
                for tp in partitions:
                    if tp.topic == topic.name:
                        done = max(first[tp], committed.get(tuple(tp), 0))
                        found.append((stage, tp, max(0, ends[tp] - done)))
            return found

        yield measure
