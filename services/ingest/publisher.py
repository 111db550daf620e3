"""Put raw articles on the raw topic, and wait until the broker has them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from schemas.article import RawArticle
from schemas.envelope import Envelope, deterministic_id
from schemas.topics import DEAD_LETTER_BYTES, RAW, Topic
from services.ingest.files import Loaded
from services.kafka import security
from services.kafka.clients import connected
from services.kafka.topic_admin import admin, partition_counts
from services.messaging import identity
from services.messaging.codec import Outgoing, encode
from services.messaging.errors import Rejected

_IN_FLIGHT = 200


@dataclass(slots=True)
class Published:
    """What a publication came to; `refused` pairs each origin with its reason."""

    delivered: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


@asynccontextmanager
async def producer(bootstrap: str) -> AsyncIterator[AIOKafkaProducer]:
    """An idempotent producer; raises `UsageError` where no broker answers."""
    client = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        enable_idempotence=True,
        linger_ms=5,
        max_request_size=DEAD_LETTER_BYTES,
        **security.options(bootstrap),
    )
    async with connected(client, client.stop, bootstrap):
        yield client


def raw_record(article: RawArticle) -> Outgoing:
    """The record of a raw article, with a new trace.

    Raises `Rejected` (`too_large`) where it exceeds the topic's limit.
    """
    article_id, revision_id = identity.article_id(article), identity.revision_id(article)
    envelope = Envelope(
        id=deterministic_id(RAW.event_type, revision_id),
        source="newsloom/publish",
        type=RAW.event_type,
        subject=article_id,
        dataschema=RAW.schema_uri,
        traceparent=f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01",
        partitionkey=article_id,
        correlationid=revision_id,
    )
    return encode(RAW, article_id, article, envelope)


async def publish(
    bootstrap: str,
    loaded: Iterable[Loaded],
    progress: Callable[[], None] = lambda: None,
    topic: Topic = RAW,
) -> Published:
    """Publish the articles in order on a raw topic; `progress` is called once for each.

    Raises `UsageError` where no broker answers or the topic is not there.
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
