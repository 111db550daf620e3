"""Read topics without a consumer group: up to their present end, or continuously."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from schemas.topics import DEAD_LETTER_BYTES
from services.kafka import security, topic_admin
from services.kafka.clients import connected
from services.messaging.records import Record

_POLL_MS = 500


@asynccontextmanager
async def reading(
    bootstrap: str, topics: Sequence[str]
) -> AsyncIterator[tuple[AIOKafkaConsumer, list[TopicPartition]]]:
    """Yield a consumer of all partitions of the topics, in no group."""
    async with topic_admin.admin(bootstrap) as admin:
        counts = await topic_admin.partition_counts(admin, topics)
    partitions = [TopicPartition(name, n) for name, count in counts.items() for n in range(count)]
    client = AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=DEAD_LETTER_BYTES,
        fetch_max_wait_ms=100,
        **security.options(bootstrap),
    )
    async with connected(client, client.stop, bootstrap):
        client.assign(partitions)
        yield client, partitions


async def ends(bootstrap: str, topics: Sequence[str]) -> dict[tuple[str, int], int]:
    """Return the offset that the next record gets, by topic and partition."""
    async with reading(bootstrap, topics) as (client, partitions):
        return {tuple(tp): end for tp, end in (await client.end_offsets(partitions)).items()}


async def stored(
    bootstrap: str,
    topics: Sequence[str],
    *,
    since: datetime | None = None,
    starts: Mapping[tuple[str, int], int] | None = None,
    sized: Callable[[int], None] = lambda _: None,
) -> AsyncGenerator[Record]:
    """Yield every record that is on the topics now: from the start, a time, or given offsets.

    `starts` gives the first offset by topic and partition; partitions that it does not name are
    left out. `sized` is called once with the number of offsets to read.
    """
    async with reading(bootstrap, topics) as (client, partitions):
        ends = await client.end_offsets(partitions)
        first = await client.beginning_offsets(partitions)
        if since is not None:
            moment = int(since.timestamp() * 1000)
            found = await client.offsets_for_times(dict.fromkeys(partitions, moment))
            first = {tp: at.offset if at else ends[tp] for tp, at in found.items()}
        if starts is not None:
            first = {tp: max(first[tp], starts.get(tuple(tp), ends[tp])) for tp in partitions}
        for tp in partitions:
            client.seek(tp, first[tp])
        sized(sum(max(0, ends[tp] - first[tp]) for tp in partitions))
        while any([await client.position(tp) < end for tp, end in ends.items()]):
            for tp, records in (await client.getmany(timeout_ms=_POLL_MS)).items():
                for record in records:
                    if record.offset < ends[tp]:
                        yield as_record(record)


async def follow(
    bootstrap: str,
    topics: Sequence[str],
    *,
    from_start: bool,
    caught_up: Callable[[], None] = lambda: None,
) -> AsyncGenerator[Record]:
    """Yield records as they arrive, without end; with `from_start` the existing ones first.

    `caught_up` is called once, after all records that existed at the start have been yielded.
    """
    async with reading(bootstrap, topics) as (client, partitions):
        if from_start:
            await client.seek_to_beginning(*partitions)
        else:
            await client.seek_to_end(*partitions)
        ends = await client.end_offsets(partitions)
        while True:
            if ends and all([await client.position(tp) >= end for tp, end in ends.items()]):
                ends = {}
                caught_up()
            for records in (await client.getmany(timeout_ms=_POLL_MS)).values():
                for record in records:
                    yield as_record(record)


def as_record(message: object) -> Record:
    """Convert a record that aiokafka read into the project's own."""
    found: Any = message
    return Record(
        topic=found.topic,
        partition=found.partition,
        offset=found.offset,
        timestamp=found.timestamp / 1000,
        key=found.key,
        value=found.value,
        headers=tuple((name, value or b"") for name, value in found.headers),
    )
