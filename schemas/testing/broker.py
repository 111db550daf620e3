"""A broker in memory, from which subscriptions read instead of from Kafka."""

from __future__ import annotations

import time
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from ..article import EnrichedArticle
from ..base import Message
from ..client import connection
from ..client.kinds import KINDS
from ..dead_letter import DeadLetter
from ..story import Story
from ..topics import DEAD_LETTERS, ENRICHED, STORIES, Topic, registry, with_suffix
from .consumer import InMemoryConsumer
from .records import StoredRecord, to_record

_TOPICS: dict[type[Message], Topic] = {
    EnrichedArticle: ENRICHED,
    Story: STORIES,
    DeadLetter: DEAD_LETTERS,
}


class InMemoryBroker:
    """Topics in memory; inside its `with` block, `subscribe` reads from them.

    Everything else about a subscription is as with Kafka: the options, the filters, when a
    message is finished, what is committed, and what is delivered again to the same `group` by the
    next subscription. Different from Kafka are these: the iteration ends after the last
    message instead of waiting for the next one; each topic has one partition, so messages arrive
    in the order in which they were published; and one group has one process.

    `suffix` is that of the topics, for code that subscribes with a `suffix`.
    """

    def __init__(self, *messages: Message, suffix: str = "") -> None:
        self._suffix = suffix
        self._records: dict[str, list[StoredRecord]] = {
            topic.name: [] for topic in registry(suffix)
        }
        self._committed: dict[tuple[str, str], int] = {}
        self._replaced: Any = None
        self.publish(*messages)

    def __enter__(self) -> Self:
        self._replaced = connection.new_consumer
        connection.new_consumer = self._consumer
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        connection.new_consumer = self._replaced

    def publish(self, *messages: Message, at: datetime | None = None) -> None:
        """Publish articles, stories and dead letters, each on its topic.

        A message that is published again is a repeat: it has the same `event.id`. `at` is the
        time of the records, by default the present.

        Raises `TypeError` for messages that no subscription delivers.
        """
        for message in messages:
            if type(message) not in _TOPICS:
                names = ", ".join(one.__name__ for one in _TOPICS)
                raise TypeError(f"{type(message).__name__} is none of {names}.")
            topic = _TOPICS[type(message)]
            self._append(topic, to_record(topic, message), at)

    def publish_record(
        self,
        kind: str,
        key: str | None,
        value: bytes | None,
        headers: tuple[tuple[str, bytes], ...] = (),
        at: datetime | None = None,
    ) -> None:
        """Publish a record as it is, such as a broken one; `kind` is the name for `subscribe`.

        A story whose value is None is removed.
        """
        raw_key = None if key is None else key.encode()
        self._append(KINDS[kind], StoredRecord(raw_key, value, headers), at)

    def finished(self, group: str) -> list[Message]:
        """Return the messages whose offsets the group has committed, in the order of publishing.

        They include those that its filters have excluded.
        """
        done = (
            record
            for topic, records in self._records.items()
            for record in records[: self._committed.get((group, topic), 0)]
        )
        return [one.message for one in sorted(done, key=lambda one: one.number) if one.message]

    def _append(self, topic: Topic, record: StoredRecord, at: datetime | None) -> None:
        topic = with_suffix(topic, self._suffix)
        stored = self._records[topic.name]
        record.topic, record.offset = topic.name, len(stored)
        record.number = sum(map(len, self._records.values()))
        record.timestamp = int((time.time() if at is None else at.timestamp()) * 1000)
        stored.append(record)

    def _consumer(self, *, group_id: str | None, **_settings: Any) -> InMemoryConsumer:
        return InMemoryConsumer(self._records, self._committed, group_id)
