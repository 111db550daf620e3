"""Lease-based fencing of stalled workers.

A worker that was stalled (stopped, swapped out, a frozen machine) for longer than its session
does not know, when it continues, that another worker has taken over its partitions. What it
still wants to write may contradict the other worker's results, and its rows would overwrite
newer ones in the changelog. So each answer of the group coordinator is a lease, nothing is
written without a valid lease, and a worker that learns that it has been removed from the group
while it has messages in progress ends at once, with those messages unwritten.

Only dedup needs this, because it holds state. The output of the other stages depends on the
message alone, so a stalled worker repeats, byte for byte, what another has written.

The lease counts from when the coordinator was asked, so it ends before the coordinator's own
clock does. Method: leases (Gray and Cheriton, 1989). One write can pass the fence: the one that
the operating system has already accepted from the worker.
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

_SESSION_SHARE = 0.9
"""Share of the session for which a lease is valid; the rest allows for the way to the broker."""
_POLL_SECONDS = 0.05

_STILL_A_MEMBER = frozenset({NoError.errno, RebalanceInProgressError.errno})
_REMOVED = frozenset({UnknownMemberIdError.errno, IllegalGenerationError.errno})


def _clock() -> float:
    """Return seconds of a clock that also runs while the process or the machine is suspended."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Lease:
    """The lease of one worker on its partitions.

    It is renewed and ended in the consumer's thread and read in the main thread. `on_fenced` is
    called when the worker learns that it has been removed while `is_busy` returns True.
    """

    def __init__(
        self,
        session_seconds: float,
        is_busy: Callable[[], bool],
        on_fenced: Callable[[], None],
        clock: Callable[[], float] = _clock,
    ) -> None:
        self._seconds = session_seconds * _SESSION_SHARE
        self._is_busy = is_busy
        self._on_fenced = on_fenced
        self.clock = clock
        self._valid_until = 0.0
        self._removed = False

    @property
    def is_valid(self) -> bool:
        """Whether the partitions certainly belong to this worker."""
        return self.clock() < self._valid_until

    def renew(self, asked_at: float) -> None:
        """Extend the lease: the coordinator confirmed a request that was sent at `asked_at`."""
        self._valid_until = max(self._valid_until, asked_at + self._seconds)
        self._removed = False

    def end(self) -> None:
        """End the lease: the coordinator no longer knows this worker."""
        self._valid_until, self._removed = 0.0, True
        if self._is_busy():
            self._on_fenced()

    async def wait(self) -> None:
        """Wait until the lease is valid; call `on_fenced` if it has ended for good."""
        while not self.is_valid:
            if self._removed:
                self._on_fenced()
            await asyncio.sleep(_POLL_SECONDS)


def renew_from_coordinator(coordinator: Any, lease: Lease) -> None:
    """Make each answer of the group coordinator renew or end the lease."""
    send_request = coordinator._send_req  # noqa: SLF001 - every answer passes here

    async def observed(request: Any) -> Any:
        asked_at = lease.clock()
        answer = await send_request(request)
        if isinstance(request, (HeartbeatRequest, SyncGroupRequest)):
            if answer.error_code in _STILL_A_MEMBER:
                lease.renew(asked_at)
            elif answer.error_code in _REMOVED:
                lease.end()
        return answer

    coordinator._send_req = observed  # noqa: SLF001


def guard_producer(producer: Any, lease: Lease) -> None:
    """Make the producer wait for a valid lease before it sends anything to a broker."""
    sender = producer._sender  # noqa: SLF001 - the last place before the network
    send = sender._send_produce_req  # noqa: SLF001

    async def guarded(node_id: int, batches: Any) -> None:
        await lease.wait()
        await send(node_id, batches)

    sender._send_produce_req = guarded  # noqa: SLF001
