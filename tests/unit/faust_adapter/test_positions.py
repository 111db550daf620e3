"""A partition without the wanted offset: the worker reads on, says where, and notes the gap."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaTimeoutError, NoOffsetForPartitionError, OffsetOutOfRangeError
from aiokafka.structs import OffsetAndMetadata
from faust.types import TP

from services.faust_adapter.app import StageApp
from services.faust_adapter.consumer import SafeConsumer
from services.faust_adapter.positions import GapNotes, LogReplacedError
from services.messaging.records import Record
from services.observability import metrics
from services.processing.stage import Processed, Result
from services.processing.unread_gaps import decode
from services.settings import Settings

TP0 = TopicPartition("t", 0)


async def _nothing(*_: Any) -> None: ...


class IdleStage:
    name = "idle"

    def process(self, records: Sequence[Record]) -> list[Result]:
        return [Processed((), "idle") for _ in records]

    def on_assign(self, partitions: Collection[int]) -> None: ...


@pytest.fixture
def app(tmp_path: Path) -> Iterator[StageApp]:
    made = StageApp(IdleStage(), Settings(home=tmp_path), "127.0.0.1:1")
    yield made
    made.runner.close()


@pytest.fixture
def safe(app: StageApp) -> SafeConsumer:
    consumer = SafeConsumer(app.transport, _nothing, _nothing, _nothing)
    consumer.resume_flow()
    return consumer


class Log:
    """The parts of aiokafka's consumer that a fetch needs: a fetch fails as it is told to."""

    def __init__(self, start: int, end: int, error: Exception) -> None:
        self.position: int | None = None
        self.committed: dict[TopicPartition, OffsetAndMetadata] = {}
        self.ends_fail = False
        self._closed = False
        self._start, self._end, self._error = start, end, error
        self._fetcher = SimpleNamespace(
            _closed=False,
            _subscriptions=SimpleNamespace(fetch_context=nullcontext),
            fetched_records=self._fail,
        )
        self._coordinator = SimpleNamespace(fetch_committed_offsets=self._fetch_committed)

    async def _fail(self, *_: object, **__: object) -> None:
        raise self._error

    async def _fetch_committed(self, tps: Sequence[TopicPartition]) -> Mapping[Any, Any]:
        return {tp: self.committed.get(tp, OffsetAndMetadata(-1, "")) for tp in tps}

    async def beginning_offsets(self, tps: Sequence[TopicPartition]) -> Mapping[Any, int]:
        if self.ends_fail:
            raise KafkaTimeoutError
        return dict.fromkeys(tps, self._start)

    async def end_offsets(self, tps: Sequence[TopicPartition]) -> Mapping[Any, int]:
        return dict.fromkeys(tps, self._end)

    async def commit(self, offsets: Mapping[TopicPartition, OffsetAndMetadata]) -> None:
        self.committed.update(offsets)

    def seek(self, _: TopicPartition, offset: int) -> None:
        self.position = offset


async def fetch(safe: SafeConsumer, log: Log) -> Any:
    thread: Any = safe._thread
    return await thread._fetch_records(log, {TP0}, 1.0, 100)


def expired() -> float:
    return float(metrics.EXPIRED.labels("idle")._value.get())


async def test_after_deleted_messages_the_first_one_left_is_read(safe: SafeConsumer) -> None:
    before, log = expired(), Log(60, 90, OffsetOutOfRangeError({TP0: 50}))

    assert await fetch(safe, log) == {}

    assert log.position == 60
    assert expired() - before == 10


async def test_without_a_committed_offset_the_first_message_is_read(safe: SafeConsumer) -> None:
    before, log = expired(), Log(60, 90, NoOffsetForPartitionError(TP0))

    await fetch(safe, log)

    assert log.position == 60
    assert expired() == before


async def test_a_topic_that_was_made_again_before_the_start_is_read_from_its_beginning(
    safe: SafeConsumer,
) -> None:
    log = Log(0, 9, OffsetOutOfRangeError({TP0: 50}))

    await fetch(safe, log)

    assert log.position == 0


async def test_offsets_of_a_topic_that_was_made_again_are_committed_below_those_of_the_old_one(
    safe: SafeConsumer,
) -> None:
    safe._committed_offset[TP(*TP0)] = 50

    await fetch(safe, Log(0, 9, OffsetOutOfRangeError({TP0: 50})))

    assert safe._should_commit(TP(*TP0), 1)


async def test_a_topic_that_is_made_again_under_a_worker_ends_it_without_a_commit(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[BaseException] = []

    async def crash(error: BaseException) -> None:
        crashes.append(error)

    async def getmany(**_: Any) -> Any:
        return await fetch(safe, Log(0, 9, OffsetOutOfRangeError({TP0: 50})))

    monkeypatch.setattr(app, "crash", crash)
    monkeypatch.setattr(safe, "_getmany", getmany)
    tp, record = TP(*TP0), object()
    safe._set_active_tps({tp})
    safe.fetched.add(tp)
    safe.trackers[tp].deliver(49, record)

    assert [one async for one in safe.getmany(1.0)] == []
    safe.trackers[tp].acknowledge(49, record)

    assert [type(error) for error in crashes] == [LogReplacedError]
    assert safe._new_offset(tp) is None, "50 is an offset of the old log"


async def test_nothing_is_done_if_the_flow_was_stopped_meanwhile(safe: SafeConsumer) -> None:
    """The partition may belong to another worker by now."""
    log = Log(60, 90, OffsetOutOfRangeError({TP0: 50}))
    ends = log.end_offsets

    async def end_offsets(tps: Any) -> Mapping[Any, int]:
        safe.stop_flow()
        return await ends(tps)

    log.end_offsets = end_offsets  # type: ignore[method-assign]

    await fetch(safe, log)

    assert log.position is None


async def test_nothing_is_done_while_the_broker_does_not_state_the_ends(safe: SafeConsumer) -> None:
    log = Log(60, 90, OffsetOutOfRangeError({TP0: 50}))
    log.ends_fail = True

    assert await fetch(safe, log) == {}
    assert log.position is None


class Changelogs:
    changelog_topics = frozenset({TP0.topic})


async def test_an_empty_copy_is_restored_from_the_first_record(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faust seeks to the offset before the changelog's first one."""
    monkeypatch.setattr(type(app), "tables", Changelogs())
    log = Log(60, 90, OffsetOutOfRangeError({TP0: 59}))

    await fetch(safe, log)

    assert log.position == 60


@pytest.mark.parametrize("wanted", [58, 91])
async def test_a_changelog_that_changes_during_the_recovery_ends_the_worker(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch, wanted: int
) -> None:
    """Plain Faust would wait for ever for records that do not exist, or skip some."""
    monkeypatch.setattr(type(app), "tables", Changelogs())

    with pytest.raises(LogReplacedError):
        await fetch(safe, Log(60, 90, OffsetOutOfRangeError({TP0: wanted})))


async def test_a_gap_is_committed_and_kept_by_the_next_worker(safe: SafeConsumer) -> None:
    log = Log(60, 90, OffsetOutOfRangeError({TP0: 50}))
    await fetch(safe, log)
    plain_commit = log.commit
    safe.gaps.commit_with(log)
    await log.commit({TP0: OffsetAndMetadata(61, "")})

    log.commit = plain_commit  # type: ignore[method-assign]
    GapNotes().commit_with(log)
    await log.commit({TP0: OffsetAndMetadata(62, "")})

    assert log.committed[TP0].offset == 62
    ((first, after, count),) = [
        (gap.first, gap.after, gap.count) for gap in decode(log.committed[TP0].metadata)
    ]
    assert (first, after, count) == (50, 60, 10)
