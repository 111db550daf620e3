"""Measure the lag of each consumer group at the broker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiokafka import TopicPartition

from schemas.topics import Topic
from services.kafka import topic_admin, topic_scan
from services.processing import start_position

Lags = list[tuple[str, TopicPartition, int]]
"""Stage, partition, and number of messages past the committed offset."""


@asynccontextmanager
async def measurer(
    bootstrap: str, sources: Mapping[str, tuple[str, Topic]]
) -> AsyncIterator[Callable[[], Awaitable[Lags]]]:
    """Yield a function that measures the lag of each stage, given its group and source topic.

    If the partition does not have the committed offset, the stage will read on at its first
    message, so all messages count. Raises aiokafka's `KafkaError`, or `UsageError`, if no broker
    answers or a topic is missing.
    """
    topics = [topic.name for _, topic in sources.values()]
    async with (
        topic_admin.admin(bootstrap) as admin,
        topic_scan.reading(bootstrap, topics) as (client, partitions),
    ):

        async def measure() -> Lags:
            # Before the ends, which a commit may not seem to have passed.
            committed = {
                stage: await topic_admin.committed(admin, group)
                for stage, (group, _) in sources.items()
            }
            first = await client.beginning_offsets(partitions)
            ends = await client.end_offsets(partitions)
            found: Lags = []
            for stage, (_, topic) in sources.items():
                for tp in partitions:
                    if tp.topic == topic.name:
                        done = committed[stage].get(tuple(tp))
                        start = start_position.choose(done, first[tp], ends[tp])
                        found.append((stage, tp, ends[tp] - start.offset))
            return found

        yield measure
