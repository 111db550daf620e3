"""Offsets are committed only for what is done, also before a revocation."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.structs import OffsetAndMetadata
from faust.types import TP

from services.faust_adapter import consumer as consumer_module
from services.faust_adapter.app import StageApp
from services.faust_adapter.consumer import SafeConsumer
from services.processing.poison_limit import PoisonLimitError
from tests.unit.faust_adapter.idle_app import (
    TP0,
    Message,
    Order,
    plain_consumer,
)


def test_an_offset_in_flight_is_never_passed(safe: SafeConsumer) -> None:
    records = {offset: object() for offset in (10, 11, 12)}
    for offset, one in records.items():
        safe.trackers[TP0].deliver(offset, one)

    safe.trackers[TP0].acknowledge(11, records[11])
    assert safe._new_offset(TP0) is None
    safe.trackers[TP0].acknowledge(10, records[10])
    assert safe._new_offset(TP0) == 12


def test_plain_faust_commits_past_an_offset_in_flight(app: StageApp) -> None:
    """With 10 in progress and 11 acknowledged it commits 12. If this fails, Faust has fixed it."""
    plain: Any = plain_consumer(app)
    plain._acked[TP0] = [11]

    assert plain._new_offset(TP0) == 12


def test_an_acknowledgement_by_faust_moves_no_offset(app: StageApp, safe: SafeConsumer) -> None:
    """Faust acknowledges messages that failed and messages that a rebalance skipped."""
    message: Any = Message(10)
    conductor: Any = app.topics
    conductor._acking_topics.add("t")
    safe.trackers[TP0].deliver(10, object())

    safe.ack(message)

    assert safe._new_offset(TP0) is None


def test_offsets_of_another_partition_are_not_changed(safe: SafeConsumer) -> None:
    safe.trackers[TP0].deliver(1, "a")

    assert list(safe._filter_tps_with_pending_acks({"other"})) == []
    assert list(safe._filter_tps_with_pending_acks()) == [TP0]


async def test_messages_in_progress_are_finished_and_committed_before_a_revocation(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Order()
    monkeypatch.setattr(app.runner, "drain", order.note("drain"))
    monkeypatch.setattr(safe, "commit", order.note("commit"))

    await safe.wait_empty()

    assert order.calls == ["drain", "commit"]


async def test_a_commit_in_progress_does_not_replace_the_last_one(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It began before the drain: later acknowledgements would not be committed."""
    committed: list[int | None] = []

    async def commit_now(*_: Any, **__: Any) -> bool:
        committed.append(safe._new_offset(TP0))
        return True

    async def drain() -> bool:
        safe.trackers[TP0].acknowledge(10, "a")
        return True

    safe.trackers[TP0].deliver(10, "a")
    under_way = asyncio.get_running_loop().create_future()
    safe._commit_fut = under_way
    asyncio.get_running_loop().call_later(0.05, under_way.set_result, None)
    asyncio.get_running_loop().call_later(0.05, setattr, safe, "_commit_fut", None)
    monkeypatch.setattr(app.runner, "drain", drain)
    monkeypatch.setattr(safe, "force_commit", commit_now)

    await safe.wait_empty()

    assert committed == [11]


async def test_what_is_acknowledged_is_committed_before_the_poison_limit_ends_the_app(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash of the app ends the consumer's thread, which may then never answer."""
    order = Order()
    app._consumer = safe
    monkeypatch.setattr(safe, "commit", order.note("commit"))
    monkeypatch.setattr("faust.App.crash", order.note("crash"))

    await app.crash(PoisonLimitError("100 messages in a row failed"))

    assert order.calls == ["commit", "crash"]


async def test_the_poison_limit_ends_the_app_also_if_the_last_commit_fails(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away() -> bool:
        raise KafkaError("the broker is away")

    order = Order()
    app._consumer = safe
    monkeypatch.setattr(safe, "commit", away)
    monkeypatch.setattr("faust.App.crash", order.note("crash"))

    await app.crash(PoisonLimitError("100 messages in a row failed"))

    assert order.calls == ["crash"]


async def test_after_a_crash_no_commit_is_awaited(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Order()
    monkeypatch.setattr(app.runner, "drain", order.note("drain"))
    monkeypatch.setattr(safe, "commit", order.note("commit"))
    app._crashed.set()

    await safe.wait_empty()

    assert order.calls == ["drain"]


GAP = [3, 7, 4, int(time.time()), True]


GAP_NOTE = json.dumps({"unread": [GAP]})
"""The metadata of an offset before which four messages were deleted unread."""


async def test_what_the_runner_says_of_a_message_is_committed_with_its_offset(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed: dict[Any, Any] = {}

    async def commit(_: object, offsets: dict[Any, Any]) -> None:
        committed.update(offsets)

    monkeypatch.setattr("aiokafka.AIOKafkaConsumer.commit", commit)
    thread: Any = safe._thread
    thread._consumer = thread._create_worker_consumer(app.transport)

    async def fetch(partitions: list[Any]) -> dict[Any, Any]:
        return {one: OffsetAndMetadata(9, GAP_NOTE) for one in partitions}

    coordinator = SimpleNamespace(fetch_committed_offsets=fetch)
    monkeypatch.setattr(thread._consumer, "_coordinator", coordinator)
    monkeypatch.setattr(thread, "assignment", lambda: {TP0})
    for offset in (10, 11):
        safe.trackers[TP0].deliver(offset, offset)
    safe.trackers[TP0].acknowledge(10, 10, '{"failed_in_a_row":10}')
    offsets = safe._filter_committable_offsets([TP0])
    safe.trackers[TP0].acknowledge(11, 11, '{"failed_in_a_row":11}')  # too late for this commit

    await thread._commit(offsets)

    assert list(committed) == [TopicPartition("t", 0)]
    assert committed[TP0].offset == 11
    assert json.loads(committed[TP0].metadata) == {"failed_in_a_row": 10, "unread": [GAP]}


@pytest.mark.parametrize("broker_answers", [True, False])
async def test_the_runner_gets_the_committed_metadata_of_its_assignment(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch, *, broker_answers: bool
) -> None:
    """Without an answer the assignment goes on: it must not be held up."""
    thread: Any = safe._thread
    given_to_runner: list[list[str]] = []

    async def fetch(partitions: list[Any]) -> dict[Any, Any]:
        if not broker_answers:
            await asyncio.Event().wait()
        return {one: OffsetAndMetadata(7, f"of {one.partition}") for one in partitions}

    async def call_thread(function: Callable[..., Any], *args: Any) -> Any:
        return await function(*args)

    assigned: list[set[TP]] = []

    async def on_assigned(partitions: set[TP], _: int) -> None:
        assigned.append(partitions)

    thread._consumer = SimpleNamespace(_coordinator=SimpleNamespace(fetch_committed_offsets=fetch))
    monkeypatch.setattr(thread, "call_thread", call_thread)
    monkeypatch.setattr(
        app.runner, "resume_failure_counts", lambda found: given_to_runner.append(list(found))
    )
    monkeypatch.setattr(safe, "_on_partitions_assigned", on_assigned)
    monkeypatch.setattr(app, "on_rebalance_return", lambda: None)
    monkeypatch.setattr(consumer_module, "METADATA_SECONDS", 5 if broker_answers else 0.05)

    await safe.on_partitions_assigned({TP0}, 1)

    assert given_to_runner == ([["of 0"]] if broker_answers else [])
    assert assigned == [{TP0}]


async def test_a_commit_that_never_ends_does_not_block_a_revocation(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It flushes the producer first, which may retry for ever; its records are consumed again."""

    async def never(*_: Any, **__: Any) -> bool:
        return await asyncio.Event().wait()

    monkeypatch.setattr(safe, "force_commit", never)
    monkeypatch.setattr("services.faust_adapter.consumer.COMMIT_SECONDS", 0.05)

    await safe.wait_empty()

    assert app.runner.in_progress == 0


async def test_plain_faust_treats_a_commit_in_progress_as_the_last_one(app: StageApp) -> None:
    """If this fails, Faust has fixed it."""
    plain: Any = plain_consumer(app)
    plain._commit_fut = asyncio.get_running_loop().create_future()
    plain._commit_fut.set_result(None)

    assert await plain.maybe_wait_for_commit_to_finish() is True
