"""Publish raw articles, and wait until the broker has acknowledged them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from aiokafka.errors import KafkaError

from schemas.topics import RAW, Topic
from services.ingest.files import Loaded
from services.kafka.clients import producer
from services.kafka.topic_admin import admin, partition_counts
from services.messaging.errors import Rejected
from services.messaging.raw_records import raw_record

_IN_FLIGHT = 200


@dataclass(slots=True)
class Published:
    """The result of a publication; `refused` pairs each origin with the reason."""

    delivered: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


async def publish(
    bootstrap: str,
    loaded: Iterable[Loaded],
    progress: Callable[[], None] = lambda: None,
    topic: Topic = RAW,
) -> Published:
    """Publish the articles in order on a raw topic; `progress` is called once for each.

    Raises `UsageError` if no broker answers or the topic does not exist.
    """
    result = Published()
    async with admin(bootstrap) as cluster:
        await partition_counts(cluster, [topic.name])
    async with producer(bootstrap) as client:
        pending: set[asyncio.Task[None]] = set()
        for item in loaded:
            if item.article is None:
                result.refused.append((item.origin, item.refusal or "refused"))
                progress()
                continue
            try:
                record = raw_record(item.article)
            except Rejected as rejected:
                result.refused.append((item.origin, rejected.detail))
                progress()
                continue
            future = await client.send(
                topic.name, record.value, key=record.key, headers=list(record.headers)
            )
            pending.add(asyncio.create_task(_confirm(future, item.origin, result, progress)))
            if len(pending) >= _IN_FLIGHT:
                _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        if pending:
            await asyncio.wait(pending)
    return result


async def _confirm(
    future: asyncio.Future[object], origin: str, result: Published, progress: Callable[[], None]
) -> None:
    try:
        await future
    except KafkaError as error:
        result.refused.append((origin, f"the broker did not take it: {error}"))
    else:
        result.delivered += 1
    progress()
