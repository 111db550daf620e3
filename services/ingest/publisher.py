"""Publish raw articles, and wait until the broker has acknowledged them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from schemas.topics import RAW, Topic
from services.ingest.files import Loaded
from services.kafka.clients import producer
from services.kafka.confirmed_sender import ConfirmedSender, Sent
from services.kafka.topic_admin import admin, partition_counts
from services.messaging.errors import Rejected
from services.messaging.raw_records import raw_record


async def publish(
    bootstrap: str,
    loaded: Iterable[Loaded],
    progress: Callable[[], None] = lambda: None,
    topic: Topic = RAW,
) -> Sent:
    """Publish the articles in order on a raw topic; `progress` is called once for each.

    Raises `UsageError` if no broker answers or the topic does not exist.
    """
    async with admin(bootstrap) as cluster:
        await partition_counts(cluster, [topic.name])
    async with producer(bootstrap) as client, ConfirmedSender(client, progress) as sender:
        for item in loaded:
            if item.article is None:
                sender.refuse(item.origin, item.refusal or "refused")
                continue
            try:
                record = raw_record(item.article)
            except Rejected as rejected:
                sender.refuse(item.origin, rejected.detail)
                continue
            await sender.send(item.origin, topic.name, record.value, record.key, record.headers)
    return sender.result
