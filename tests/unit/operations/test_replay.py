"""The order in which a replay reads records, and how many it buffers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from aiokafka import TopicPartition
from hypothesis import given
from hypothesis import strategies as st

from services.operations.replay import in_time_order


@dataclass
class Message:
    """The fields of a record of aiokafka."""

    partition: int
    offset: int
    timestamp: int
    topic: str = "raw"
    key: bytes = b"k"
    value: bytes = b"v"
    headers: tuple[tuple[str, bytes], ...] = ()


@dataclass
class Log:
    """A consumer whose partitions are lists; some polls return nothing."""

    partitions: dict[TopicPartition, list[Message]]
    positions: dict[TopicPartition, int] = field(default_factory=dict)
    answers: Iterator[int] = field(default_factory=lambda: cycle((3, 0, 1, 7, 0, 0, 2)))

    async def position(self, tp: TopicPartition) -> int:
        return self.positions.get(tp, 0)

    async def getmany(
        self, tp: TopicPartition, *, max_records: int, **_: int
    ) -> Mapping[TopicPartition, list[Message]]:
        start = self.positions.get(tp, 0)
        number = next(self.answers) % (max_records + 1)
        found = self.partitions[tp][start : start + number]
        self.positions[tp] = start + len(found)
        return {tp: found} if found else {}


def log_of(times: list[list[int]]) -> Log:
    return Log(
        {
            TopicPartition("raw", number): [
                Message(number, offset, at) for offset, at in enumerate(stamps)
            ]
            for number, stamps in enumerate(times)
        }
    )


async def read(log: Log, ends: dict[TopicPartition, int]) -> list[tuple[int, int, float]]:
    consumer: Any = log
    records = in_time_order(consumer, ends)
    return [(record.partition, record.offset, record.timestamp) async for record in records]


@given(st.lists(st.lists(st.integers(0, 100_000).map(lambda n: n * 1000), max_size=30), max_size=5))
async def test_partitions_are_merged_by_time(times: list[list[int]]) -> None:
    log = log_of([sorted(stamps) for stamps in times])
    ends = {tp: len(messages) for tp, messages in log.partitions.items()}

    found = await read(log, ends)

    assert [at for _, _, at in found] == sorted(at / 1000 for stamps in times for at in stamps)


@given(st.lists(st.lists(st.integers(0, 1000), max_size=30), max_size=5))
async def test_a_partition_keeps_its_order_regardless_of_timestamps(times: list[list[int]]) -> None:
    log = log_of(times)
    ends = {tp: len(messages) for tp, messages in log.partitions.items()}

    found = await read(log, ends)

    for number, stamps in enumerate(times):
        offsets = [offset for partition, offset, _ in found if partition == number]
        assert offsets == list(range(len(stamps)))


async def test_records_that_arrive_after_the_start_are_left_out() -> None:
    log = log_of([[1, 2, 3], [1, 2, 3]])
    ends = {TopicPartition("raw", 0): 1, TopicPartition("raw", 1): 2}

    found = await read(log, ends)

    assert sorted((partition, offset) for partition, offset, _ in found) == [(0, 0), (1, 0), (1, 1)]
