"""How far the caller is: what may be committed, and never more.

One message is in hand at a time; all before it, of any partition, are finished.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from aiokafka import TopicPartition


class Progress:
    """The next offset to read of each partition, as far as the caller is done."""

    def __init__(self) -> None:
        self._next: dict[TopicPartition, int] = {}
        self._committed: dict[TopicPartition, int] = {}
        self._in_hand: tuple[TopicPartition, int] | None = None

    @property
    def in_hand(self) -> TopicPartition | None:
        """The partition of the message that the caller has."""
        return self._in_hand[0] if self._in_hand else None

    def give(self, partition: TopicPartition, offset: int) -> None:
        """The caller gets the message at `offset`."""
        self._in_hand = (partition, offset)

    def finish(self) -> None:
        """The caller is done with the message in hand."""
        if self._in_hand:
            self.reach(self._in_hand[0], self._in_hand[1] + 1)
            self._in_hand = None

    def reach(self, partition: TopicPartition, offset: int) -> None:
        """All before `offset` needs no more work: it was passed over, or is where to start."""
        self._next[partition] = offset

    def due(self) -> dict[TopicPartition, int]:
        """What is to be committed."""
        return {tp: at for tp, at in self._next.items() if self._committed.get(tp) != at}

    def committed(self, offsets: Mapping[TopicPartition, int]) -> None:
        """These are committed."""
        self._committed.update(offsets)

    def lose(self, partitions: Collection[TopicPartition]) -> bool:
        """The partitions are another's now; returns whether the message in hand was of them."""
        for partition in partitions:
            self._next.pop(partition, None)
            self._committed.pop(partition, None)
        lost = self._in_hand is not None and self._in_hand[0] in partitions
        if lost:
            self._in_hand = None
        return lost
