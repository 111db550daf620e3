"""A message as a subscriber gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schemas.base import Message
from schemas.envelope import Envelope


@dataclass(frozen=True, slots=True)
class Received[M: Message]:
    """A message with its CloudEvents attributes and its place on the topic.

    `data` is the message. `event` holds the CloudEvents attributes: a repeat carries the
    same `event.id`; None where the writer gave none. `value` is the record's value as it
    lies on the topic; of a dead letter, the original's.
    """

    data: M
    event: Envelope | None
    topic: str
    partition: int
    offset: int
    timestamp: datetime
    key: str | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]

    @property
    def place(self) -> str:
        """Where the record lies: `topic/partition/offset`."""
        return f"{self.topic}/{self.partition}/{self.offset}"
