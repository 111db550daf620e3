"""Each override of Faust, beside the behaviour of plain Faust that it corrects."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import faust
import pytest
from aiokafka import TopicPartition
from aiokafka.structs import OffsetAndMetadata
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from schemas.topics import CLEAN
from services.dedup.storage.row_store import RowStore
from services.faust_adapter import consumer as consumer_module
from services.faust_adapter import producer as producer_module
from services.faust_adapter.app import StageApp
from services.faust_adapter.consumer import FETCH_WAIT_MS, SafeConsumer, SafeConsumerThread
from services.faust_adapter.producer import SafeProducer
from services.faust_adapter.raw_schema import RawSchema
from services.faust_adapter.rocksdb_store import RebuildingStore
from services.faust_adapter.transport import SafeTransport
from services.faust_adapter.worker import build
from services.messaging.errors import TransientError
from services.messaging.records import Record
from services.processing.stage import Processed, Result, RowChange
from services.settings import Settings

TP0 = TP("t", 0)


async def _nothing(*_: Any) -> None: ...


class Message:
    """The parts of Faust's message that an acknowledgement needs."""

    def __init__(self, offset: int) -> None:
        self.tp, self.topic, self.offset, self.acked = TP0, TP0.topic, offset, False


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


def test_the_producer_of_plain_faust_is_not_idempotent(app: StageApp) -> None:
    """If this fails, Faust has fixed it and the override can be removed."""
    plain: Any = driver.Producer(app.transport)

    assert not plain._settings_extra()


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


@pytest.mark.parametrize("value", [None, b"", b"\xff", b"not json"])
async def test_decoding_never_raises_and_never_skips(app: StageApp, value: bytes | None) -> None:
    message: Any = SimpleNamespace(key=None, value=value, headers=(), topic="t", partition=0)

    event = await RawSchema().decode(app, message, propagate=True)

    assert event.value is message


async def test_fetches_are_short(app: StageApp, safe: SafeConsumer) -> None:
    thread: Any = safe._thread
    consumer = thread._create_worker_consumer(app.transport)

    assert consumer._fetch_max_wait_ms == FETCH_WAIT_MS


def test_faust_creates_no_topics_and_serves_no_pages(app: StageApp) -> None:
    assert app.conf.topic_allow_declare is False
    assert app.conf.topic_disable_leader is True
    assert app.conf.web_enabled is False


def test_each_stage_has_a_separate_consumer_group(tmp_path: Path) -> None:
    """With a shared group, every deployment of one stage would rebalance all stages."""
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
    """An aiokafka consumer that is stopped while a fetch waits for a lost broker."""

    async def stop(self) -> None:
        raise asyncio.CancelledError


async def test_a_consumer_thread_stops_without_a_broker(app: StageApp) -> None:
    """The thread of plain Faust would be cancelled and never report that it has stopped."""
    consumer = SafeConsumer(app.transport, _nothing, _nothing, _nothing)
    ours, plain = consumer._new_consumer_thread(), driver.AIOKafkaConsumerThread(consumer)
    ours._consumer = plain._consumer = CutOff()

    await ours.on_thread_stop()

    with pytest.raises(asyncio.CancelledError):
        await plain.on_thread_stop()


async def test_a_consumer_thread_that_a_crash_has_ended_is_stopped_without_an_error(
    app: StageApp,
) -> None:
    """That of plain Faust fails, because its event loop is closed, and logs a traceback."""
    consumer = SafeConsumer(app.transport, _nothing, _nothing, _nothing)
    ours, plain = consumer._new_consumer_thread(), driver.AIOKafkaConsumerThread(consumer)
    for thread in (ours, plain):
        thread.thread_loop.close()

    ours._stopped_set()

    with pytest.raises(RuntimeError, match="closed"):
        plain._stopped_set()


class Connections:
    """The connections of an aiokafka consumer; notes where each part of it is closed."""

    def __init__(self) -> None:
        self._client = self._coordinator = self
        self.closed_in: list[object] = []

    async def close(self) -> None:
        self.closed_in.append(asyncio.get_running_loop())


async def test_a_rebalance_during_a_stop_closes_no_connection_from_the_main_thread(
    app: StageApp,
) -> None:
    """Plain Faust does, and connections of uvloop that belong to another thread may crash."""
    app.loop = asyncio.get_running_loop()
    app._stopped.set()
    closed_in = []
    for consumer in (
        SafeConsumer(app.transport, _nothing, _nothing, _nothing),
        plain_consumer(app),
    ):
        connections: Any = Connections()
        consumer._thread._consumer = connections
        app.consumer = consumer

        await app._on_partitions_revoked({TP0})
        await app._on_partitions_assigned({TP0})
        await asyncio.sleep(0.01)
        closed_in.append(set(connections.closed_in))

    assert closed_in == [set(), {app.loop}]


class Order:
    """Records the calls, in order."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def note(self, name: str) -> Any:
        async def noted(*_: Any, **__: Any) -> bool:
            self.calls.append(name)
            return True

        return noted


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


async def test_a_revocation_forgets_the_old_assignment(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does so after the last commit, and what the runner holds is dropped too."""
    order = Order()
    safe.trackers[TP0].deliver(10, "a")

    async def revoke(_: object, __: object) -> None:
        assert safe.trackers, "forgotten before it was committed"
        order.calls.append("revoke")

    monkeypatch.setattr(driver.Consumer, "on_partitions_revoked", revoke)
    monkeypatch.setattr(app.runner, "on_revoke", lambda: order.calls.append("on_revoke"))

    await safe.on_partitions_revoked({TP0})

    assert order.calls == ["revoke", "on_revoke"]
    assert not safe.trackers


async def test_the_stage_learns_its_partitions_before_the_tables_are_recovered(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of changelogs, its own and those it only keeps a copy of, are not among them."""
    order = Order()

    async def recover(*_: object) -> None:
        order.calls.append("recover")

    app.channel_of(CLEAN)
    monkeypatch.setattr(driver.Consumer, "on_partitions_assigned", recover)
    monkeypatch.setattr(app.runner, "on_assign", order.calls.append)
    monkeypatch.setattr(safe._thread, "committed_metadata", order.note("metadata"))
    monkeypatch.setattr(app.runner, "resume_failure_counts", lambda _: None)

    await safe.on_partitions_assigned({TP(CLEAN.name, 1), TP(CLEAN.name, 4), TP("changelog", 2)}, 7)

    assert order.calls == [{1, 4}, "metadata", "recover"]


async def test_a_revocation_during_a_stop_waits_for_the_work_in_hand(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain Faust returns at once. What is in hand would be processed and not committed."""
    order = Order()
    app._stopped.set()
    app.consumer = safe
    monkeypatch.setattr(app.runner, "drain", order.note("drain"))
    monkeypatch.setattr(safe, "commit", order.note("commit"))
    monkeypatch.setattr(app.runner, "on_revoke", lambda: order.calls.append("on_revoke"))

    await safe.on_partitions_revoked({TP0})

    assert order.calls == ["drain", "commit", "on_revoke"]


async def test_plain_faust_forgets_what_was_acknowledged_before_it_commits(app: StageApp) -> None:
    """Uncommitted records are processed again. If this fails, Faust has fixed it."""
    plain: Any = plain_consumer(app)
    plain._acked[TP0] = [10]
    left: list[bool] = []

    async def revoked(_: object) -> None:
        left.append(TP0 in plain._acked)

    plain._on_partitions_revoked = revoked
    await plain.on_partitions_revoked({TP0})

    assert left == [False]


@pytest.fixture
def dedup(tmp_path: Path) -> StageApp:
    """The app of the stage that holds state."""
    made = build("dedup", Settings(home=tmp_path), "127.0.0.1:1")
    made.runner.close()
    return made


def test_a_stage_with_state_guards_its_producer(
    app: StageApp, dedup: StageApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stage without state only repeats the same output."""
    guarded: list[object] = []
    monkeypatch.setattr(producer_module, "guard_producer", lambda _, lease: guarded.append(lease))
    monkeypatch.setattr(producer_module, "roll_back_refused_batches", lambda _: None)
    made = SimpleNamespace(_message_accumulator=SimpleNamespace())
    monkeypatch.setattr(driver.Producer, "_new_producer", lambda *_: made)
    for one in (app, dedup):
        producer: Any = one.producer
        producer._new_producer()

    assert guarded == [dedup.lease]
    assert dedup.lease is not None


async def test_records_wait_for_a_lost_broker_as_long_as_the_delivery_timeout(
    app: StageApp,
) -> None:
    """The producer of plain Faust gives up after one request timeout, which ends the worker."""
    safe: Any = app.producer
    plain: Any = driver.Producer(app.transport)
    limits = []
    for producer in (plain, safe):
        client = producer._new_producer()
        limits.append((client._message_accumulator._batch_ttl, client._request_timeout_ms / 1000))

    assert limits == [(30.0, 30.0), (app.produce_timeout, app.produce_timeout)]


async def test_a_stage_with_state_renews_its_lease_from_its_group(
    dedup: StageApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    coordinator = object()

    async def start(thread: Any) -> None:
        thread._consumer = SimpleNamespace(_coordinator=coordinator)

    monkeypatch.setattr(driver.AIOKafkaConsumerThread, "on_start", start)
    monkeypatch.setattr(
        consumer_module, "renew_from_coordinator", lambda *arguments: heard.extend(arguments)
    )

    consumer = SafeConsumer(dedup.transport, _nothing, _nothing, _nothing)
    await SafeConsumerThread(consumer).on_start()

    assert heard == [coordinator, dedup.lease]


def test_the_tables_use_the_rebuilding_store(dedup: StageApp) -> None:
    assert all(isinstance(table.data, RebuildingStore) for table in dedup.tables.values())


async def test_the_tables_are_closed_after_the_worker_thread_has_ended(tmp_path: Path) -> None:
    """Until then it reads from open tables, also after Faust has stopped them."""
    dedup = build("dedup", Settings(home=tmp_path), "127.0.0.1:1")
    rows: Any = dedup._rows
    for table in dedup.tables.values():
        table.data.partition_path(0).parent.mkdir(parents=True, exist_ok=True)
    closing, reading = threading.Event(), threading.Event()
    read: list[bytes | None] = []

    def read_on() -> None:
        rows.get("articles", "en|a", 0)
        reading.set()
        closing.wait(30)
        read.extend(rows.get("articles", "en|a", 0) for _ in range(200))

    done = dedup.runner._executor.submit(read_on)
    await asyncio.to_thread(reading.wait, 30)
    for table in dedup.tables.values():
        await table.data.stop()
    closing.set()
    dedup.close()

    done.result(0)
    assert read == [None] * 200
    assert not any(table.data._dbs for table in dedup.tables.values())
    with pytest.raises(TransientError, match="closed"):
        rows.get("articles", "en|a", 0)


async def test_rows_are_on_disk_only_once_the_changelog_has_them(dedup: StageApp) -> None:
    """The local copy is therefore never ahead of what another worker would restore."""
    rows: Any = dedup._rows
    confirmed: list[asyncio.Future[Any]] = []

    class Producer:
        async def send(self, *_: object) -> asyncio.Future[Any]:
            confirmed.append(asyncio.get_running_loop().create_future())
            return confirmed[-1]

    record = Record("t", 3, 0, 0.0, b"k", b"v")
    changes = [(record, RowChange("articles", "en|a", b"row"))]
    storing = asyncio.create_task(rows.store(changes, Producer()))
    await asyncio.sleep(0.05)
    assert rows.get("articles", "en|a", 3) is None

    confirmed[0].set_result(SimpleNamespace(topic_partition=TP("c", 3), offset=7))
    await storing
    assert rows.get("articles", "en|a", 3) == b"row"
    assert rows._tables["articles"].data.persisted_offset(TP("c", 3)) == 7


class NumberingProducer:
    """Acknowledges at once, with offsets from 7 on."""

    def __init__(self) -> None:
        self.offset = 6

    async def send(self, topic: str, *_: object) -> asyncio.Future[Any]:
        self.offset += 1
        sent = asyncio.get_running_loop().create_future()
        sent.set_result(SimpleNamespace(topic_partition=TP(topic, 3), offset=self.offset))
        return sent


def _change(key: str) -> tuple[Record, RowChange]:
    return Record("t", 3, 0, 0.0, b"k", b"v"), RowChange("articles", key, b"row of " + key.encode())


async def test_rows_are_unchanged_until_another_worker_writes_some(dedup: StageApp) -> None:
    rows: Any = dedup._rows
    store = rows._tables["articles"].data
    producer = NumberingProducer()
    assert not rows.is_unchanged(3), "nothing was remembered"
    rows.remember(3)
    assert rows.is_unchanged(3)

    await rows.store([_change("en|a")], producer)
    assert rows.is_unchanged(3), "the row is this worker's own"

    producer.offset = 20
    store.set_persisted_offset(TP("c", 3), 20)  # as recovery does with each row that it reads
    assert not rows.is_unchanged(3)
    await rows.store([_change("en|b")], producer)
    assert not rows.is_unchanged(3), "an own row must not hide another worker's"
    rows.remember(3)
    assert rows.is_unchanged(3)


async def test_rows_of_a_language_are_read_from_its_partition_in_their_order(
    dedup: StageApp,
) -> None:
    rows: Any = dedup._rows
    keys = ["en|b", "de|a", "en|a", "enm|a", "zz|z"]
    await rows.store([_change(key) for key in keys], NumberingProducer())

    assert [key for key, _row in rows.items("articles", 3, "en|")] == ["en|a", "en|b"]
    assert list(rows.items("articles", 2, "en|")) == []
    assert list(rows.items("stories", 3, "en|")) == []
    assert RowStore(rows).languages(3) == ["de", "en", "enm", "zz"]
    assert rows.first_key("articles", 3, "zz}") is None


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


async def test_faust_does_not_seek_after_an_assignment(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain Faust seeks to the committed offset while later records are being processed."""
    plain = plain_consumer(app)
    sought: list[object] = []

    async def seek(consumer: object) -> dict[TP, int]:
        sought.append(consumer)
        return {TP0: 50}

    monkeypatch.setattr(driver.Consumer, "seek_to_committed", seek)
    for consumer in (plain, safe):
        await consumer.perform_seek()
        consumer._read_offset[TP0] = 60  # noted late, of the assignment before

    assert sought == [plain]
    assert plain._read_offset[TP0] == 60  # what lies before it would be passed over
    assert safe._read_offset[TP0] is None


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


def test_new_topics_and_partitions_are_looked_for_every_few_seconds(app: StageApp) -> None:
    assert app.conf.consumer_metadata_max_age_ms <= 10_000
    assert app.conf.producer_metadata_max_age_ms <= 10_000
