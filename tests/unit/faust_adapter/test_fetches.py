"""Fetches are short, and none returns records of an assignment that has ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from services.faust_adapter.app import StageApp
from services.faust_adapter.consumer import FETCH_WAIT_MS, SafeConsumer, SafeConsumerThread
from tests.unit.faust_adapter.idle_app import (
    TP0,
    plain_consumer,
)


async def test_fetches_are_short(app: StageApp, safe: SafeConsumer) -> None:
    thread: Any = safe._thread
    consumer = thread._create_worker_consumer(app.transport)

    assert consumer._fetch_max_wait_ms == FETCH_WAIT_MS


class Broker:
    """The parts of aiokafka's consumer that a fetch needs, with one partition's position."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self.position = 50
        self._closed = False
        self._max_poll_records = 100
        self._meanwhile = meanwhile
        self._fetcher = SimpleNamespace(
            _closed=False,
            _subscriptions=SimpleNamespace(fetch_context=nullcontext),
            fetched_records=self._fetched,
        )

    async def _fetched(self, *_: object, **__: object) -> dict[TP, list[Any]]:
        self._meanwhile()
        begin, self.position = self.position, self.position + 2
        return {TP0: [SimpleNamespace(offset=n) for n in (begin, begin + 1)]}

    def seek(self, _: TP, offset: int) -> None:
        self.position = offset


async def fetched(
    consumer: Any, thread: Any, meanwhile: Callable[[], None], then: Callable[[], None]
) -> tuple[int, list[int]]:
    """Fetch once; return the position afterwards and the offsets of the records.

    What is to happen happens while the fetch waits, and on its way from the consumer's thread.
    """
    broker = Broker(meanwhile)

    async def getmany(*, active_partitions: set[TP], timeout: float) -> Any:
        found = await thread._fetch_records(broker, active_partitions, timeout, 100)
        then()
        return found

    consumer._getmany = getmany
    consumer._to_message = lambda _tp, record: record
    consumer.highwater = lambda _tp: 0
    consumer.seek_to_committed = _no_offsets
    consumer._set_active_tps({TP0})
    consumer.resume_flow()
    found = [message.offset async for _, message in consumer.getmany(1.0)]
    return broker.position, found


async def _no_offsets() -> dict[TP, int]:
    return {}


def rebalance(app: StageApp, consumer: Any, *, over: bool) -> Callable[[], None]:
    """Begin a rebalance; with `over` also end it."""

    def passes() -> None:
        consumer.stop_flow()
        app.consumer_generation_id += 1
        if over:
            consumer.resume_flow()

    return passes


async def test_a_fetch_during_which_the_flow_stopped_returns_nothing(
    app: StageApp, safe: SafeConsumer
) -> None:
    """Plain Faust drops the records and keeps the position after them."""
    plain: Any = plain_consumer(app)
    found = [
        await fetched(one, thread, rebalance(app, one, over=False), _nothing_at_once)
        for one, thread in (
            (plain, driver.AIOKafkaConsumerThread(plain)),
            (safe, SafeConsumerThread(safe)),
        )
    ]

    assert found == [(52, []), (50, [])]


async def test_records_fetched_before_a_rebalance_are_not_treated_as_new(
    app: StageApp, safe: SafeConsumer
) -> None:
    """Plain Faust takes it and skips everything between the committed offset and it."""
    plain: Any = plain_consumer(app)
    threads = driver.AIOKafkaConsumerThread(plain), SafeConsumerThread(safe)
    _, taken = await fetched(plain, threads[0], _nothing_at_once, rebalance(app, plain, over=True))
    _, dropped = await fetched(safe, threads[1], _nothing_at_once, rebalance(app, safe, over=True))

    assert taken == [50, 51]
    assert dropped == []


async def test_records_fetched_without_a_rebalance_are_returned(safe: SafeConsumer) -> None:
    thread = SafeConsumerThread(safe)
    assert await fetched(safe, thread, _nothing_at_once, _nothing_at_once) == (52, [50, 51])


async def test_an_empty_set_of_partitions_does_not_mean_all(safe: SafeConsumer) -> None:
    """Faust clears its set of partitions in a rebalance; aiokafka would then fetch from all."""
    thread: Any = SafeConsumerThread(safe)
    broker = Broker(_nothing_at_once)

    assert await thread._fetch_records(broker, set(), 1.0, 100) == {}
    assert broker.position == 50


def _nothing_at_once() -> None: ...


def _idle_partition(app: StageApp, thread: driver.AIOKafkaConsumerThread) -> list[str]:
    """Let a thread look at a partition with one record that is not processed yet.

    The worker started an hour ago. Returns the errors that were logged.
    """
    logged: list[str] = []
    now = time.monotonic()
    state = SimpleNamespace(highwater=1, position=0, timestamp=now * 1000)
    assignment = SimpleNamespace(active=True, state_value=lambda _: state)
    subscriptions = SimpleNamespace(subscription=SimpleNamespace(assignment=assignment))
    fetcher = SimpleNamespace(_subscriptions=subscriptions)
    made: Any = thread
    made._ensure_consumer = lambda: SimpleNamespace(_fetcher=fetcher)
    made.time_started = now - 3600
    made.log = SimpleNamespace(error=lambda text, *_: logged.append(text))
    topics: Any = app.topics
    topics.acks_enabled_for = lambda _: True
    consumer: Any = thread.consumer
    consumer._thread = thread
    consumer.verify_event_path(now, TP0)
    return logged


def test_a_record_that_is_not_processed_yet_is_no_error(app: StageApp, safe: SafeConsumer) -> None:
    assert _idle_partition(app, SafeConsumerThread(safe)) == []


def test_plain_faust_logs_an_error_about_the_first_record_of_an_idle_partition(
    app: StageApp,
) -> None:
    """If this fails, Faust has fixed it and the override can be removed."""
    (error,) = _idle_partition(app, driver.AIOKafkaConsumerThread(plain_consumer(app)))

    assert error.startswith("Stream has not started processing")
