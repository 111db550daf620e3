"""How long a worker may take its partitions for its own: until its group may have given them away.

A worker that was stalled (stopped, swapped out, a frozen machine) past its session does not
know, when it goes on, that another has taken its partitions over. What it still wanted to
write may contradict the other's answers, and its rows would overwrite newer ones in the
changelog. So each answer of the group's coordinator is a lease, nothing is written
without a valid one, and a worker that hears that it was put out while it has work in hand
ends at once, with that work unwritten.

So it is for dedup, which holds state: what the other stages write depends on the message
alone, and what a stalled one still writes is there already, word for word.

The lease counts from when the coordinator was asked, so it ends before the coordinator's
own clock does. This is the fence of leases (Gray and Cheriton, 1989); one write can pass
it: that which the operating system already has from the worker.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from aiokafka.errors import (
    IllegalGenerationError,
    NoError,
    RebalanceInProgressError,
    UnknownMemberIdError,
)
from aiokafka.protocol.group import HeartbeatRequest, SyncGroupRequest

_MARGIN = 0.9
"""Share of the session for which the lease is taken; the rest is the way to the broker."""
_POLL_SECONDS = 0.05

_STILL_A_MEMBER = frozenset({NoError.errno, RebalanceInProgressError.errno})
_PUT_OUT = frozenset({UnknownMemberIdError.errno, IllegalGenerationError.errno})


def _clock() -> float:
    """Seconds that go on while the process is stopped or the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Lease:
    """The lease of one worker; `put_out` is called when it is heard to be over with work in hand.

    Renewed and ended in the consumer's thread, read in the main one.
    """

    def __init__(
        self,
        session_seconds: float,
        busy: Callable[[], bool],
        put_out: Callable[[], None],
        clock: Callable[[], float] = _clock,
    ) -> None:
        self._seconds = session_seconds * _MARGIN
        self._busy = busy
        self._put_out = put_out
        self.clock = clock
        self._until = 0.0
        self._over = False

    @property
    def valid(self) -> bool:
        """Whether the partitions are this worker's for certain."""
        return self.clock() < self._until

    def renew(self, asked_at: float) -> None:
        """The coordinator said yes to what it was asked then."""
        self._until = max(self._until, asked_at + self._seconds)
        self._over = False

    def end(self) -> None:
        """The coordinator does not know this worker any more."""
        self._until, self._over = 0.0, True
        if self._busy():
            self._put_out()

    async def wait(self) -> None:
        """Return once something may be written; where the lease has ended, it never may."""
        while not self.valid:
            if self._over:
                self._put_out()
            await asyncio.sleep(_POLL_SECONDS)


def listen(coordinator: Any, lease: Lease) -> None:
    """Make each answer of the group's coordinator renew the lease, or end it."""
    ask = coordinator._send_req  # noqa: SLF001 - the one place where all answers come in

    async def heard(request: Any) -> Any:
        asked_at = lease.clock()
        answer = await ask(request)
        if isinstance(request, (HeartbeatRequest, SyncGroupRequest)):
            if answer.error_code in _STILL_A_MEMBER:
                lease.renew(asked_at)
            elif answer.error_code in _PUT_OUT:
                lease.end()
        return answer

    coordinator._send_req = heard  # noqa: SLF001


def guard(producer: Any, lease: Lease) -> None:
    """Make the producer wait for a valid lease before anything goes to a broker."""
    sender = producer._sender  # noqa: SLF001 - the last place before the network
    send = sender._send_produce_req  # noqa: SLF001

    async def guarded(node_id: int, batches: Any) -> None:
        await lease.wait()
        await send(node_id, batches)

    sender._send_produce_req = guarded  # noqa: SLF001
