"""Track which offset of a partition may be committed while its records are being processed."""

from __future__ import annotations

import heapq


class OffsetTracker:
    """The delivered records of one partition, and which of them are acknowledged.

    A committed offset means that everything below it is done, so it may only rise to the
    lowest record that is not acknowledged, and it never falls: what is below it was done once,
    also if it is delivered again. The tracker follows the delivered records and does not count
    offsets, so gaps in them (compaction, transaction markers) do no harm.

    Each acknowledgement may bring metadata to commit with the offset once it is committable.
    """

    def __init__(self) -> None:
        self._offsets: list[int] = []  # a heap: records may be delivered again after later ones
        self._pending: dict[int, object] = {}
        self._acknowledged: dict[int, str] = {}
        self._committable: int | None = None
        self.metadata = ""
        """The metadata to commit with `committable`: that of the last message below it."""

    def deliver(self, offset: int, record: object) -> None:
        """Note that a record was handed to the stage."""
        heapq.heappush(self._offsets, offset)
        self._pending[offset] = record

    def is_pending(self, offset: int, record: object) -> bool:
        """Return whether this very record is delivered and not acknowledged."""
        return self._pending.get(offset) is record

    def acknowledge(self, offset: int, record: object, metadata: str = "") -> bool:
        """Note that a record is done; return False if it is not of this assignment.

        After a rebalance the same offset can be delivered again while the record of the old
        assignment is still being processed. Only the record delivered last counts.
        """
        if not self.is_pending(offset, record):
            return False
        del self._pending[offset]
        self._acknowledged[offset] = metadata
        while self._offsets and self._offsets[0] not in self._pending:
            self._pass(heapq.heappop(self._offsets))
        return True

    def _pass(self, offset: int) -> None:
        metadata = self._acknowledged.pop(offset, None)  # None: delivered twice, and passed before
        if metadata is not None and offset >= (self._committable or 0):
            self._committable, self.metadata = offset + 1, metadata

    @property
    def committable(self) -> int | None:
        """The offset to commit, from which a restarted worker reads; None before the first."""
        return self._committable

    @property
    def pending(self) -> int:
        """How many records are delivered and not acknowledged."""
        return len(self._pending)
