"""Copy raw articles to a second set of workers, in the order in which they were ingested.

The articles are copied to the raw topic of the second set with the same Kafka timestamp, bytes
and partition. They are merged by timestamp over all partitions, and the number of articles in
flight is limited. If each partition were read at its own speed, a near-duplicate could reach
dedup days before its original, and verdicts would differ for that reason alone.

Each copy carries the offset of its original, so an interrupted replay continues after the last
article copied, and nothing is copied twice.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, aclosing
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from schemas.topics import RAW, app_id, with_suffix
from services.kafka import lag, topic_scan
from services.kafka.clients import producer
from services.messaging.records import Record
from services.processing.stages import SOURCES

ORIGIN_HEADER = "newsloom-replayed-offset"
"""Header of a copy: the offset of the original on its topic."""

_CHUNK = 100
_POLL_MS = 500
_ASK_SECONDS = 0.3

Step = Callable[[], None]
Measure = Callable[[], Awaitable[lag.Lags]]


async def copy_articles(
    servers: str,
    source: str,
    suffix: str,
    begin: datetime | None,
    *,
    in_flight: int,
    follow: bool,
    sized: Callable[[int], None] = lambda _: None,
    step: Step = lambda: None,
) -> int:
    """Copy the records of topic `source` from `begin` on (None: all), and return their number.

    Returns when the workers have completed all of them; with `follow` it continues with new
    records until it is cancelled. At most about `in_flight` articles are in flight.
    """
    copy = with_suffix(RAW, suffix).name
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(producer(servers))
        done = await _copied(servers, copy)
        consumer, partitions = await stack.enter_async_context(
            topic_scan.reading(servers, [source])
        )
        ends = await consumer.end_offsets(partitions)
        starts = await _starts(consumer, partitions, begin, done)
        for tp, start in starts.items():
            consumer.seek(tp, start)
        sized(sum(max(0, ends[tp] - start) for tp, start in starts.items()))
        sources = {
            stage: (app_id(stage, suffix), with_suffix(topic, suffix))
            for stage, topic in SOURCES.items()
        }
        measure = await stack.enter_async_context(lag.measurer(servers, sources))
        stored = in_time_order(consumer, ends) if not follow else _endless(consumer, ends)
        records = await stack.enter_async_context(aclosing(stored))
        copied = await _copy_limited(client, copy, records, measure, in_flight=in_flight, step=step)
        await _wait_until_idle(measure, len(sources))
    return copied


async def _copy_limited(
    client: Any,
    topic: str,
    records: AsyncGenerator[Record],
    measure: Measure,
    *,
    in_flight: int,
    step: Step,
) -> int:
    """Copy records to the topic, and pause while `in_flight` of them are not completed."""
    copied = allowed = 0
    sent: deque[Awaitable[object]] = deque()
    async for record in records:
        while not allowed:
            while sent:
                await sent.popleft()
            allowed = max(0, in_flight - _total(await measure()))
            if not allowed:
                await asyncio.sleep(_ASK_SECONDS)
        allowed -= 1
        sent.append(await _send(client, topic, record))
        copied += 1
        step()
    for one in sent:
        await one
    return copied


async def _wait_until_idle(measure: Measure, stages: int) -> None:
    """Return once the lag of all stages was 0 in `stages` consecutive measurements.

    A message may move from one stage to the next between the two requests of one
    measurement and be missed in both. It cannot do so for every stage in turn.
    """
    empty = 0
    while empty < stages:
        await asyncio.sleep(_ASK_SECONDS)
        empty = 0 if _total(await measure()) else empty + 1


async def in_time_order(
    consumer: Any, ends: Mapping[TopicPartition, int]
) -> AsyncGenerator[Record]:
    """Yield the records up to `ends` merged by timestamp; each partition keeps its order.

    Holds at most a hundred records of each partition, besides those that aiokafka has fetched.
    """
    waiting: dict[TopicPartition, deque[Record]] = {tp: deque() for tp in ends}
    heads: list[tuple[float, int, Record]] = []

    async def advance(tp: TopicPartition) -> None:
        while not waiting[tp] and await consumer.position(tp) < ends[tp]:
            found = await consumer.getmany(tp, timeout_ms=_POLL_MS, max_records=_CHUNK)
            for message in found.get(tp, ()):
                if message.offset < ends[tp]:
                    waiting[tp].append(topic_scan.as_record(message))
        if waiting[tp]:
            record = waiting[tp].popleft()
            heapq.heappush(heads, (record.timestamp, tp.partition, record))

    by_number = {tp.partition: tp for tp in ends}
    for tp in ends:
        await advance(tp)
    while heads:
        _, number, record = heapq.heappop(heads)
        yield record
        await advance(by_number[number])


async def _endless(
    consumer: AIOKafkaConsumer, ends: Mapping[TopicPartition, int]
) -> AsyncGenerator[Record]:
    """Yield the stored records in the order of time, then new ones as they arrive."""
    async with aclosing(in_time_order(consumer, ends)) as stored:
        async for record in stored:
            yield record
    for tp, end in ends.items():
        if await consumer.position(tp) > end:  # fetched together with what was there
            consumer.seek(tp, end)
    while True:
        for messages in (await consumer.getmany(timeout_ms=_POLL_MS)).values():
            for message in messages:
                yield topic_scan.as_record(message)


def _total(lags: lag.Lags) -> int:
    return sum(behind for _, _, behind in lags)


async def _send(client: Any, topic: str, record: Record) -> Awaitable[object]:
    own = [(name, value) for name, value in record.headers if name != ORIGIN_HEADER]
    sent: Awaitable[object] = await client.send(
        topic,
        record.value,
        key=record.key,
        partition=record.partition,
        timestamp_ms=round(record.timestamp * 1000),
        headers=[*own, (ORIGIN_HEADER, str(record.offset).encode())],
    )
    return sent


async def _starts(
    consumer: Any,
    partitions: list[TopicPartition],
    begin: datetime | None,
    copied: Mapping[int, int],
) -> dict[TopicPartition, int]:
    """Return the offset to read each partition from: after the last copy, else from `begin`."""
    starts: dict[TopicPartition, int] = await consumer.beginning_offsets(partitions)
    if begin is not None:
        ends = await consumer.end_offsets(partitions)
        moment = round(begin.timestamp() * 1000)
        found = await consumer.offsets_for_times(dict.fromkeys(partitions, moment))
        starts = {tp: at.offset if at else ends[tp] for tp, at in found.items()}
    return {tp: copied.get(tp.partition, start) for tp, start in starts.items()}


async def _copied(servers: str, copy: str) -> dict[int, int]:
    """Return the offset after the last original copied, by partition, where there is a copy."""
    found: dict[int, int] = {}
    async with topic_scan.reading(servers, [copy]) as (consumer, partitions):
        first = await consumer.beginning_offsets(partitions)
        ends = await consumer.end_offsets(partitions)
        for tp in partitions:
            if ends[tp] <= first[tp]:
                continue
            consumer.seek(tp, ends[tp] - 1)
            messages: list[Any] = []
            while not messages:
                got = await consumer.getmany(tp, timeout_ms=_POLL_MS, max_records=1)
                messages = got.get(tp, [])
            origin = dict(messages[-1].headers).get(ORIGIN_HEADER, b"")
            if origin.isdigit():
                found[tp.partition] = int(origin) + 1
    return found
