"""Which offset of a partition may be committed while its records are in work."""

from __future__ import annotations

from collections import deque


class OffsetTracker:
    """The records of one partition that were delivered, in order, and which are settled.

    A committed offset says "everything below is done", so it may only rise to the
    lowest record that is not settled. Counting delivered records, and not numbers,
    makes gaps in the offsets (compaction, transaction markers) harmless.
    """

    def __init__(self) -> None:
        self._order: deque[int] = deque()
        self._open: dict[int, object] = {}
        self._next: int | None = None

    def deliver(self, offset: int, record: object) -> None:
        """Note that a record was handed to the stage."""
        self._order.append(offset)
        self._open[offset] = record

    def holds(self, offset: int, record: object) -> bool:
        """Whether this very record is delivered and not settled."""
        return self._open.get(offset) is record

    def settle(self, offset: int, record: object) -> bool:
        """Note that this very record is done; False where it is not of this assignment.

        The same offset can be delivered anew after a rebalance while the old one is
        still in work: only the record that is tracked now counts.
        """
        if not self.holds(offset, record):
            return False
        del self._open[offset]
        while self._order and self._order[0] not in self._open:
            self._next = self._order.popleft() + 1
        return True

    @property
    def committable(self) -> int | None:
        """The offset to commit: the next one to read after a restart; None before the first."""
        return self._next

    @property
    def unsettled(self) -> int:
        """How many records are delivered and not settled."""
        return len(self._open)
