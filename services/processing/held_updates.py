"""Updates of a compacted topic's keys, held back so that a busy key does not flood it.

On a compacted topic only the last state of a key counts. A state that comes too soon
after the last one sent waits, and a newer one takes its place, so that the last is always
the one sent. The messages it came of are not settled before it is delivered: a worker
that dies loses nothing, for they are read again and give the state anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from services.messaging.records import OutgoingRecord
from services.processing.message_observer import Hop

MOST_WAITING: Final = 2000
"""Messages that wait for held updates at most; then all are sent, so that memory is bounded."""

Key = tuple[str, bytes | None]


@dataclass(slots=True)
class Open:
    """A message that is not settled yet."""

    hop: Hop
    parts: int = 1
    """What is still to be delivered: its own outputs, and updates held back."""


@dataclass(slots=True)
class Held:
    """The last state of a key, and the messages that wait for its delivery."""

    outgoing: OutgoingRecord
    due: float
    waiting: list[Open] = field(default_factory=list)


class Coalescer:
    """Lets an update of each key pass at most once an interval."""

    def __init__(self, interval: float, clock: Callable[[], float] = time.monotonic) -> None:
        """``interval`` in seconds; 0 holds nothing back."""
        self._interval = interval
        self._clock = clock
        self._sent: dict[Key, float] = {}
        self._held: dict[Key, Held] = {}
        self._waiting = 0

    def __bool__(self) -> bool:
        return bool(self._held)

    def passes(self, outgoing: OutgoingRecord, cause: Open) -> bool:
        """Whether to send a record now; else it is held, and ``cause`` waits for it."""
        if not self._interval or not outgoing.topic.compact:
            return True
        now = self._clock()
        key = outgoing.topic.name, outgoing.key
        held = self._held.get(key)
        if held is None:
            self._forget_sent(now)
            last = self._sent.get(key)
            if last is None:
                self._sent[key] = now
                return True
            held = self._held[key] = Held(outgoing, last + self._interval)
        held.outgoing = outgoing
        held.waiting.append(cause)
        cause.parts += 1
        self._waiting += 1
        return False

    def take(self, *, every: bool = False) -> list[Held]:
        """Return what is due now, or all there is; to be sent by the caller."""
        now = self._clock()
        every = every or self._waiting > MOST_WAITING
        due = [key for key, held in self._held.items() if every or held.due <= now]
        taken = [self._held.pop(key) for key in due]
        for key, held in zip(due, taken, strict=True):
            self._sent.pop(key, None)  # the latest sent is the last
            self._sent[key] = now
            self._waiting -= len(held.waiting)
        return taken

    def clear(self) -> int:
        """Forget all that is held, and return how many messages waited: they stay unsettled."""
        waiting = {id(one) for held in self._held.values() for one in held.waiting}
        self._held.clear()
        self._sent.clear()
        self._waiting = 0
        return len(waiting)

    def _forget_sent(self, now: float) -> None:
        while self._sent:
            key, sent = next(iter(self._sent.items()))
            if sent + self._interval > now:
                break
            del self._sent[key]
