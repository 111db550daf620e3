"""Collect consumed records into batches."""

from __future__ import annotations

import asyncio
import time

from services.messaging.records import Record

MAX_BATCH_BYTES = 16 * 1024 * 1024
"""A batch is closed when its values pass this size, so that large pages can't pile up."""


class BatchQueue:
    """A bounded queue of records that is read in batches."""

    def __init__(self, size: int, wait: float) -> None:
        """Make batches of at most `size` records; a batch waits `wait` seconds to fill."""
        self._size = size
        self._wait = wait
        self._queue: asyncio.Queue[Record] = asyncio.Queue(size)
        self.collecting = False
        """Whether a batch has been begun that `next_batch` has not returned yet."""

    async def put(self, record: Record) -> None:
        """Add a record; waits while the queue is full (back-pressure)."""
        await self._queue.put(record)

    @property
    def is_empty(self) -> bool:
        """Whether no record waits."""
        return self._queue.empty()

    def clear(self) -> None:
        """Drop every record that waits."""
        while not self._queue.empty():
            self._queue.get_nowait()

    async def next_batch(self, timeout: float | None) -> list[Record]:
        """Return the next batch, of at least one record.

        Raises `TimeoutError` if no record comes within `timeout` seconds; None waits for ever.
        """
        first = await asyncio.wait_for(self._queue.get(), timeout)
        self.collecting = True  # no await since the record left the queue: see `StageRunner.drain`
        try:
            return await self._fill(first)
        finally:
            self.collecting = False

    async def _fill(self, first: Record) -> list[Record]:
        batch, size = [first], len(first.value or b"")
        deadline = time.monotonic() + self._wait
        while len(batch) < self._size and size < MAX_BATCH_BYTES:
            try:
                record = self._queue.get_nowait()
            except asyncio.QueueEmpty:
                if time.monotonic() >= deadline:
                    break
                await asyncio.sleep(self._wait / 4)
                continue
            batch.append(record)
            size += len(record.value or b"")
        return batch
