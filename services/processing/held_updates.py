"""Hold back updates of a compacted topic, so that a busy key does not flood it.

On a compacted topic only the last state of a key counts. An update that follows the last one
sent too soon is held, and a newer one replaces it, so the last state is always sent. The
messages that caused a held update are acknowledged only after it has been delivered: a worker
that dies loses nothing, because they are consumed again and produce the state anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from services.messaging.records import OutgoingRecord
from services.processing.message_observer import MessageContext

MAX_WAITING: Final = 2000
"""Messages that may wait for held updates; beyond this all are sent, to bound memory."""

Key = tuple[str, bytes | None]
"""Topic and record key."""


@dataclass(slots=True)
class PendingMessage:
    """A consumed message that is not acknowledged yet; `metadata` is committed with its offset."""

    context: MessageContext
    metadata: str = ""
    deliveries_left: int = 1
    """What must still be delivered: its own outputs count as one, each held update as one."""


@dataclass(slots=True)
class HeldUpdate:
    """The latest update of a key, and the messages that wait for its delivery."""

    outgoing: OutgoingRecord
    due: float
    sources: list[PendingMessage] = field(default_factory=list)


class HeldUpdates:
    """Lets an update of each key pass at most once an interval."""

    def __init__(self, interval: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold updates for `interval` seconds; 0 holds nothing back."""
        self._interval = interval
        self._clock = clock
        self._sent_at: dict[Key, float] = {}
        self._held: dict[Key, HeldUpdate] = {}
        self._waiting = 0

    def __bool__(self) -> bool:
        return bool(self._held)

    def admit(self, outgoing: OutgoingRecord, source: PendingMessage) -> bool:
        """Return whether to send a record now; if not, it is held and `source` waits for it."""
        if not self._interval or not outgoing.topic.compact:
            return True
        now = self._clock()
        key = outgoing.topic.name, outgoing.key
        held = self._held.get(key)
        if held is None:
            self._drop_expired(now)
            last = self._sent_at.get(key)
            if last is None:
                self._sent_at[key] = now
                return True
            held = self._held[key] = HeldUpdate(outgoing, last + self._interval)
        held.outgoing = outgoing
        held.sources.append(source)
        source.deliveries_left += 1
        self._waiting += 1
        return False

    def take_due(self, *, everything: bool = False) -> list[HeldUpdate]:
        """Remove and return the updates that are due now, or all of them; the caller sends them."""
        now = self._clock()
        everything = everything or self._waiting > MAX_WAITING
        due = [key for key, held in self._held.items() if everything or held.due <= now]
        taken = [self._held.pop(key) for key in due]
        for key, held in zip(due, taken, strict=True):
            self._sent_at.pop(key, None)  # keeps the dictionary in the order of sending
            self._sent_at[key] = now
            self._waiting -= len(held.sources)
        return taken

    def discard(self) -> int:
        """Drop all held updates; return how many messages waited for them."""
        waiting = {id(source) for held in self._held.values() for source in held.sources}
        self._held.clear()
        self._sent_at.clear()
        self._waiting = 0
        return len(waiting)

    def _drop_expired(self, now: float) -> None:
        while self._sent_at:
            key, sent = next(iter(self._sent_at.items()))
            if sent + self._interval > now:
                break
            del self._sent_at[key]
