"""Records in memory, with the attributes that records of aiokafka have."""

from __future__ import annotations

from dataclasses import dataclass

from ..article import EnrichedArticle
from ..base import Message
from ..dead_letter import DEAD_LETTER_HEADER, DeadLetter
from ..envelope import Envelope
from ..story import Story
from ..topics import RAW, Topic

_SOURCE = "newsloom/testing"
_ORIGINAL = b'{"url": "https://harbourpost.example/short", "source": "harbourpost.example"}'
"""The original of a dead letter, which is the value of its record."""


@dataclass(slots=True)
class StoredRecord:
    """A record of a topic; `number` is its place among all records of the broker."""

    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    message: Message | None = None
    topic: str = ""
    partition: int = 0
    offset: int = 0
    timestamp: int = 0
    number: int = 0


def to_record(topic: Topic, message: Message) -> StoredRecord:
    """Return the record of a message as the pipeline writes it: key, value and headers."""
    text = message.model_dump_json(exclude_none=True)
    if isinstance(message, DeadLetter):
        subject = message.article_id or message.id
        event = Envelope.create(RAW, identified_by=[text], source=_SOURCE, subject=subject)
        headers = (*event.to_headers(), (DEAD_LETTER_HEADER, text.encode()))
        return StoredRecord(subject.encode(), _ORIGINAL, headers, message)
    event = _event(topic, message, text)
    assert event.subject is not None
    return StoredRecord(event.subject.encode(), text.encode(), (*event.to_headers(),), message)


def _event(topic: Topic, message: Message, text: str) -> Envelope:
    """Return the envelope; its id is derived from the message, so that a repeat has the same."""
    if isinstance(message, Story):
        return Envelope.create(
            topic,
            identified_by=[text],
            source=_SOURCE,
            subject=message.story_id,
            time=message.latest_at,
            sequence=message.version,
        )
    assert isinstance(message, EnrichedArticle)
    return Envelope.create(
        topic,
        identified_by=[text],
        source=_SOURCE,
        subject=message.article_id,
        time=message.ingested_at,
        sequence=message.verdict.revision,
        correlationid=message.revision_id,
    )
