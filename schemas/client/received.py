"""A message as the subscriber receives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..base import Message
from ..envelope import Envelope


@dataclass(frozen=True, slots=True)
class Received[M: Message]:
    """A message with its CloudEvents attributes and its position on the topic.

    `data` is the message. `event` holds the CloudEvents attributes, or None if the record has
    none; a repeat of a message has the same `event.id`. `value` is the value of the record as
    it is on the topic; for a dead letter it is the value of the original.
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
        """The position of the record: `topic/partition/offset`."""
        return f"{self.topic}/{self.partition}/{self.offset}"
