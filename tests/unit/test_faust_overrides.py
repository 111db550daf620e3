"""Each override of Faust, with the behaviour of plain Faust that it mends."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import faust
import pytest
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from schemas.topics import RAW
from services.codec import Record
from services.faust_app import StageApp
from services.faust_transport import (
    FETCH_WAIT_MS,
    RawSchema,
    SafeConsumer,
    SafeProducer,
    SafeTransport,
)
from services.settings import Settings
from services.stage import Done, Result
from services.worker import build

TP0 = TP("t", 0)


async def _nothing(*_: Any) -> None: ...


class Message:
    """Enough of Faust's message for an acknowledgement."""

    def __init__(self, offset: int) -> None:
        self.tp, self.topic, self.offset, self.acked = TP0, TP0.topic, offset, False


class IdleStage:
    name = "idle"
    source = RAW

    def work(self, records: Sequence[Record]) -> list[Result]:
        return [Done((), "idle") for _ in records]

    def forget(self) -> None: ...


@pytest.fixture
def app(tmp_path: Path) -> Iterator[StageApp]:
    made = StageApp(IdleStage(), Settings(home=tmp_path), "127.0.0.1:1")
    yield made
    made.runner.close()


def plain_consumer(app: faust.App) -> driver.Consumer:
    return driver.Consumer(app.transport, _nothing, _nothing, _nothing)


@pytest.fixture
def safe(app: StageApp) -> SafeConsumer:
    return SafeConsumer(app.transport, _nothing, _nothing, _nothing)


def test_the_app_uses_the_overrides(app: StageApp) -> None:
    assert isinstance(app.transport, SafeTransport)
    assert isinstance(app.producer, SafeProducer)
    assert isinstance(app.consumer, SafeConsumer)


def test_the_producer_is_idempotent_and_waits_for_all_replicas(app: StageApp) -> None:
    producer: Any = app.producer
    settings = {**producer._settings_default(), **producer._settings_extra()}

    assert settings["acks"] == "all"
    assert settings["enable_idempotence"] is True


def test_plain_faust_is_neither(app: StageApp) -> None:
    """Where this fails, Faust has mended it and the override can go."""
    plain: Any = driver.Producer(app.transport)

    assert not plain._settings_extra()


def test_an_offset_in_flight_is_never_passed(safe: SafeConsumer) -> None:
    records = {offset: object() for offset in (10, 11, 12)}
    for offset, one in records.items():
        safe.trackers[TP0].deliver(offset, one)

    safe.trackers[TP0].settle(11, records[11])
    assert safe._new_offset(TP0) is None
    safe.trackers[TP0].settle(10, records[10])
    assert safe._new_offset(TP0) == 12


def test_plain_faust_commits_past_an_offset_in_flight(app: StageApp) -> None:
    """With 10 in flight and 11 acknowledged it commits 12; where this fails, it is mended."""
    plain: Any = plain_consumer(app)
    plain._acked[TP0] = [11]

    assert plain._new_offset(TP0) == 12


def test_faust_acknowledging_by_itself_moves_no_offset(app: StageApp, safe: SafeConsumer) -> None:
    """It does so for what fails and for what a rebalance makes it skip."""
    message: Any = Message(10)
    conductor: Any = app.topics
    conductor._acking_topics.add("t")
    safe.trackers[TP0].deliver(10, object())

    safe.ack(message)

    assert safe._new_offset(TP0) is None


def test_offsets_of_another_partition_are_left_alone(safe: SafeConsumer) -> None:
    safe.trackers[TP0].deliver(1, "a")

    assert list(safe._filter_tps_with_pending_acks({"other"})) == []
    assert list(safe._filter_tps_with_pending_acks()) == [TP0]


@pytest.mark.parametrize("value", [None, b"", b"\xff", b"not json"])
async def test_decoding_never_raises_and_never_skips(app: StageApp, value: bytes | None) -> None:
    message: Any = SimpleNamespace(key=None, value=value, headers=(), topic="t", partition=0)

    event = await RawSchema().decode(app, message, propagate=True)

    assert event.value is message


async def test_fetches_are_short(app: StageApp, safe: SafeConsumer) -> None:
    thread: Any = safe._thread
    consumer = thread._create_worker_consumer(app.transport)

    assert consumer._fetch_max_wait_ms == FETCH_WAIT_MS


def test_faust_makes_no_topics_and_serves_no_pages(app: StageApp) -> None:
    assert app.conf.topic_allow_declare is False
    assert app.conf.topic_disable_leader is True
    assert app.conf.web_enabled is False


def test_each_stage_is_a_consumer_group_of_its_own(tmp_path: Path) -> None:
    """A shared one would make every deploy of one stage rebalance all."""
    names = []
    for stage in ("cleaning", "dedup"):
        made = build(stage, Settings(home=tmp_path), "127.0.0.1:1")
        names.append(made.conf.id)
        made.runner.close()

    assert names == ["newsloom-cleaning", "newsloom-dedup"]


def test_an_unknown_stage_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="known: cleaning, tagging, dedup"):
        build("weaving", Settings(home=tmp_path), "127.0.0.1:1")


class CutOff:
    """A consumer of aiokafka's that stops while a fetch waits for a lost broker."""

    async def stop(self) -> None:
        raise asyncio.CancelledError


async def test_a_consumer_thread_stops_without_a_broker(app: StageApp) -> None:
    """Plain Faust's thread would end by the cancellation, and never say that it has stopped."""
    consumer = SafeConsumer(app.transport, _nothing, _nothing, _nothing)
    ours, plain = consumer._new_consumer_thread(), driver.AIOKafkaConsumerThread(consumer)
    ours._consumer = plain._consumer = CutOff()

    await ours.on_thread_stop()

    with pytest.raises(asyncio.CancelledError):
        await plain.on_thread_stop()
