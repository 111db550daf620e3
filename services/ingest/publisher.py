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
from services.messaging.records import OutgoingRecord


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
            record = _record_or_refusal(item)
            if isinstance(record, str):
                sender.refuse(item.origin, record)
                continue
            await sender.send(item.origin, topic.name, record.value, record.key, record.headers)
    return sender.result


def check(loaded: Iterable[Loaded], progress: Callable[[], None] = lambda: None) -> Sent:
    """Return what `publish` would deliver and refuse, without a broker."""
    result = Sent()
    for item in loaded:
        record = _record_or_refusal(item)
        if isinstance(record, str):
            result.refused.append((item.origin, record))
        else:
            result.delivered += 1
        progress()
    return result


def _record_or_refusal(item: Loaded) -> OutgoingRecord | str:
    if item.article is None:
        return item.refusal or "refused"
    try:
        return raw_record(item.article)
    except Rejected as rejected:
        return rejected.detail
