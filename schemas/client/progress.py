"""Track which offsets may be committed.

The subscriber processes one message at a time; all messages delivered before it, from any
partition, are finished.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from aiokafka import TopicPartition


class Progress:
    """The next offset of each partition, up to which the subscriber has finished."""

    def __init__(self) -> None:
        self._next: dict[TopicPartition, int] = {}
        self._committed: dict[TopicPartition, int] = {}
        self._in_progress: tuple[TopicPartition, int] | None = None

    @property
    def in_progress(self) -> TopicPartition | None:
        """The partition of the message that is being processed, or None."""
        return self._in_progress[0] if self._in_progress else None

    def deliver(self, partition: TopicPartition, offset: int) -> None:
        """Record that the message at `offset` is delivered to the subscriber."""
        self._in_progress = (partition, offset)

    def finish(self) -> None:
        """Record that the subscriber has finished the message in progress."""
        if self._in_progress:
            self.advance(self._in_progress[0], self._in_progress[1] + 1)
            self._in_progress = None

    def advance(self, partition: TopicPartition, offset: int) -> None:
        """Set the next offset: the messages before it were skipped or are before the start."""
        self._next[partition] = offset

    def offsets_to_commit(self) -> dict[TopicPartition, int]:
        """Return the offsets to commit: those that have changed since the last commit."""
        return {tp: at for tp, at in self._next.items() if self._committed.get(tp) != at}

    def committed(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Record that the offsets are committed."""
        self._committed.update(offsets)

    def revoke(self, partitions: Collection[TopicPartition]) -> bool:
        """Forget partitions; returns whether the message in progress is from one of them."""
        for partition in partitions:
            self._next.pop(partition, None)
            self._committed.pop(partition, None)
        lost = self._in_progress is not None and self._in_progress[0] in partitions
        if lost:
            self._in_progress = None
        return lost
