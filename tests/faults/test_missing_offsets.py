"""Offsets that no longer exist: each worker reports them and continues at a documented offset.

The committed offset has expired, retention has deleted the records after it, or the topic was
recreated. The same faults are tested for dedup's changelogs and the checkpoint of its local
tables.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rocksdict import AccessType, Options, Rdict

from schemas.topics import CHANGELOGS, CLEAN, DEAD_LETTERS, ENRICHED, RAW, TAGGED, app_id
from services.cleaning.stage import CleaningStage
from services.kafka.clients import producer
from services.messaging import dead_letters
from services.messaging.records import OutgoingRecord, Record
from services.processing.stage import Stage
from services.settings import Settings
from tests.faults.fault_worker import tagging_of_invented_names
from tests.faults.worker_pool import LoadGenerator, WorkerPool, log_text, raw_records
from tests.integration.harness import Worker, eventually, lent_cluster
from tests.support import lost_logs

CLEANING, DEDUP = app_id("cleaning"), app_id("dedup")
MADE_AGAIN = "the changelog ends before its checkpoint: it was made again, or cut off"
NUMBER = 200
"""Number of articles of one load: enough for every partition of the raw topic to get some."""


@pytest.fixture
def pool(tmp_path_factory: pytest.TempPathFactory, broker_home: Path) -> Iterator[WorkerPool]:
    """Lend each test new topics, so that offsets and the counts of the audit start at zero."""
    with lent_cluster(tmp_path_factory.mktemp("offsets"), broker_home) as cluster:
        yield WorkerPool(cluster)


def publish(pool: WorkerPool, name: str) -> list[OutgoingRecord]:
    records = raw_records(NUMBER, name)
    with LoadGenerator(pool.cluster.bootstrap, records, 2000.0):
        pass
    return records


def clean(pool: WorkerPool) -> Worker:
    """Run cleaning until it has read the raw topic to its end and committed it."""
    worker = pool.launch("cleaning")
    until_cleaned(pool)
    return worker


def until_cleaned(pool: WorkerPool) -> None:
    bootstrap = pool.cluster.bootstrap

    def done() -> bool:
        pool.restart_ended()
        ends = {at: end for at, end in lost_logs.log_ends(bootstrap, RAW.name).items() if end}
        return lost_logs.committed(bootstrap, CLEANING, RAW.name) == ends

    eventually(done, "cleaning has caught up", 240, every=0.5)


def cleaned(pool: WorkerPool) -> Counter[tuple[object, ...]]:
    """Count the results of cleaning (clean articles and dead letters) of each raw message."""
    sent = [dict(record.headers) for record in pool.cluster.stored(CLEAN.name)]
    counts: Counter[tuple[object, ...]] = Counter(
        (headers["ce_correlationid"], headers["ce_sequence"]) for headers in sent
    )
    for record in pool.cluster.stored(DEAD_LETTERS.name):
        letter = dead_letters.parse(record)
        assert letter is not None
        counts[letter.revision_id, letter.partition, letter.offset] += 1
    return counts


def events(worker: Worker, name: str) -> list[dict[str, Any]]:
    """Return the log events of a worker that have this name."""
    lines = [json.loads(line) for line in log_text(worker).splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == name]


def audit(pool: WorkerPool) -> tuple[int, dict[str, Any]]:
    done = pool.cluster.newsloom("check", "--json")
    return done.returncode, json.loads(done.stdout)


def test_messages_that_retention_deleted_unread_are_reported_and_counted(pool: WorkerPool) -> None:
    bootstrap = pool.cluster.bootstrap
    publish(pool, "read")
    clean(pool)
    pool.end("cleaning")
    read = lost_logs.log_ends(bootstrap, RAW.name)
    publish(pool, "half deleted")
    ends = lost_logs.log_ends(bootstrap, RAW.name)
    before = {at: (read[at] + ends[at] + 1) // 2 for at in ends}
    gaps = {f"{RAW.name}/{at}": before[at] - read[at] for at in ends if before[at] > read[at]}
    lost_logs.delete_records(bootstrap, RAW.name, before)

    status, report = audit(pool)
    assert (status, report["expired"]) == (1, gaps), "the audit before cleaning restarts"

    worker = clean(pool)
    resets = events(worker, "position_reset")
    assert {f"{one['topic']}/{one['partition']}" for one in resets} == set(gaps)
    assert {one["cause"] for one in resets} == {"expired"}
    assert sum(one["expired_before_being_read"] for one in resets) == sum(gaps.values())
    assert worker.counted("newsloom_messages_expired_total") == sum(gaps.values())
    assert set(cleaned(pool).values()) == {1}, "a message was read twice"
    assert sum(cleaned(pool).values()) == 2 * NUMBER - sum(gaps.values())

    pool.end("cleaning")
    publish(pool, "after it")
    clean(pool)
    status, report = audit(pool)
    assert (status, report["expired"]) == (1, gaps), "the audit after new commits"
    assert not report["holds"]


def test_a_group_whose_offsets_expired_begins_at_the_first_message_left(pool: WorkerPool) -> None:
    bootstrap = pool.cluster.bootstrap
    publish(pool, "read")
    clean(pool)
    pool.end("cleaning")
    deleted = {at: end // 2 for at, end in lost_logs.log_ends(bootstrap, RAW.name).items()}
    lost_logs.delete_records(bootstrap, RAW.name, deleted)
    lost_logs.forget_offsets(bootstrap, CLEANING)

    worker = clean(pool)

    resets = events(worker, "position_reset")
    assert {one["partition"]: one["reads_on_at"] for one in resets} == deleted
    assert {one["cause"] for one in resets} == {"no_commit"}
    times = Counter(cleaned(pool).values())
    assert times == {1: sum(deleted.values()), 2: NUMBER - sum(deleted.values())}
    _, report = audit(pool)
    assert report["expired"] == {}
    assert report["perhaps_expired"] == {f"{RAW.name}/{at}": n for at, n in deleted.items()}


def test_a_topic_that_ends_before_the_committed_offset_is_read_from_its_beginning(
    pool: WorkerPool,
) -> None:
    bootstrap = pool.cluster.bootstrap
    lost_logs.commit(bootstrap, CLEANING, RAW.name, dict.fromkeys(range(RAW.partitions), 5000))
    publish(pool, "on the new topic")

    _, report = audit(pool)
    assert (report["in_flight"], report["lost"]) == (NUMBER, 0)

    worker = clean(pool)

    assert {one["cause"] for one in events(worker, "position_reset")} == {"beyond_end"}
    assert sorted(cleaned(pool).values()) == [1] * NUMBER


def test_a_topic_that_is_recreated_under_a_worker_is_read_from_its_beginning(
    pool: WorkerPool,
) -> None:
    bootstrap = pool.cluster.bootstrap
    publish(pool, "old")
    clean(pool)
    before = cleaned(pool)

    lost_logs.make_again(bootstrap, RAW.name)
    records = publish(pool, "new")
    until_cleaned(pool)

    assert len(cleaned(pool) - before) == len(records), "an article of the new topic is missing"


@pytest.fixture(scope="module")
def stateless() -> tuple[Stage, ...]:
    """Return cleaning and tagging stages that run in this process, to prepare dedup's input."""
    settings = Settings()
    return CleaningStage(settings), tagging_of_invented_names(settings)


@pytest.fixture
def publish_tagged(pool: WorkerPool, stateless: tuple[Stage, ...]) -> Callable[[str], None]:
    """Return a function that publishes tagged articles to the topic that dedup reads."""
    offsets = itertools.count()

    def publish_them(name: str) -> None:
        records = [
            Record(RAW.name, 0, next(offsets), time.time(), raw.key, raw.value, raw.headers)
            for raw in raw_records(NUMBER, name)
        ]
        for stage in stateless:
            results = zip(records, stage.process(records), strict=True)
            sent = [(one, made) for one, result in results for made in result.outgoing]
            records = [replace(one, value=made.value, **moved(made)) for one, made in sent]
        asyncio.run(send([made for _, made in sent]))

    async def send(made: list[OutgoingRecord]) -> None:
        async with producer(pool.cluster.bootstrap) as client:
            futures = [
                await client.send(
                    one.topic.name, one.value, one.key, one.partition, headers=list(one.headers)
                )
                for one in made
            ]
            await asyncio.gather(*futures)

    return publish_them


def moved(made: OutgoingRecord) -> dict[str, Any]:
    return {"topic": made.topic.name, "key": made.key, "headers": made.headers}


def dedup(pool: WorkerPool) -> Worker:
    """Run dedup until it has read the tagged topic to its end and committed it."""
    if not pool.of("dedup"):
        pool.launch("dedup")
    bootstrap = pool.cluster.bootstrap

    def done() -> bool:
        pool.restart_ended()
        ends = {at: end for at, end in lost_logs.log_ends(bootstrap, TAGGED.name).items() if end}
        return lost_logs.committed(bootstrap, DEDUP, TAGGED.name) == ends and all(
            worker.ready() for worker in pool.of("dedup")
        )

    eventually(done, "dedup has caught up", 240, every=0.5)
    (worker,) = pool.of("dedup")
    return worker


def state_of(pool: WorkerPool) -> Path:
    return pool.cluster.home / "state" / "dedup"


def local_rows(pool: WorkerPool) -> dict[tuple[str, int], dict[bytes, bytes]]:
    """Return the rows on the disk of the stopped dedup worker, by table and partition."""
    rows_of_tables = {}
    for path in state_of(pool).rglob("*.db"):
        table, _, partition = path.stem.rpartition("-")
        database: Any = Rdict(str(path), Options(raw_mode=True), access_type=AccessType.read_only())
        rows = {key: row for key, row in database.items() if not key.startswith(b"__faust")}
        database.close()
        rows_of_tables[table, int(partition)] = rows
    return {at: rows for at, rows in rows_of_tables.items() if rows}


def changelog_rows(pool: WorkerPool) -> dict[tuple[str, int], dict[bytes, bytes]]:
    """Return the rows that a worker with an empty disk restores, by table and partition."""
    rows_of_tables: dict[tuple[str, int], dict[bytes, bytes]] = {}
    for record in pool.cluster.stored(*(topic.name for topic in CHANGELOGS)):
        table = record.topic.removeprefix(f"{DEDUP}-").removesuffix("-changelog")
        rows = rows_of_tables.setdefault((table, record.partition), {})
        rows.pop(record.key or b"", None)
        if record.value is not None:
            rows[record.key or b""] = record.value
    return {at: rows for at, rows in rows_of_tables.items() if rows}


def assert_rebuilt(
    pool: WorkerPool, worker: Worker, why: str, publish_tagged: Callable[[str], None]
) -> None:
    """Assert that dedup logged the reason, enriches new articles, and has its changelog's rows."""
    misfits = events(worker, "state_misfit")
    assert {one["why"] for one in misfits} == {why}
    assert worker.counted("newsloom_state_misfits_total") == len(misfits)
    before = len(pool.cluster.stored(ENRICHED.name))
    publish_tagged("after it")
    dedup(pool)
    assert len(pool.cluster.stored(ENRICHED.name)) > before
    pool.end("dedup")
    assert local_rows(pool) == changelog_rows(pool)


def test_a_changelog_that_was_recreated_replaces_the_local_rows(
    pool: WorkerPool, publish_tagged: Callable[[str], None]
) -> None:
    publish_tagged("first")
    dedup(pool)
    pool.end("dedup")
    lost_logs.make_again(pool.cluster.bootstrap, *(topic.name for topic in CHANGELOGS))

    worker = dedup(pool)

    assert pool.restarts == 0
    assert_rebuilt(pool, worker, MADE_AGAIN, publish_tagged)


def test_a_changelog_that_lost_records_after_the_checkpoint_replaces_the_local_rows(
    pool: WorkerPool, publish_tagged: Callable[[str], None]
) -> None:
    """The local tables lack the last articles, as on a worker that was stopped for some time."""
    saved = pool.cluster.home / "saved"
    publish_tagged("first")
    dedup(pool)
    pool.end("dedup")
    shutil.copytree(state_of(pool), saved)
    publish_tagged("second")
    dedup(pool)
    pool.end("dedup")
    shutil.rmtree(state_of(pool))
    shutil.copytree(saved, state_of(pool))
    delete_from_changelogs(pool, lambda end: max(0, end - 2))

    worker = dedup(pool)

    why = "the changelog has lost records that come after its checkpoint"
    assert_rebuilt(pool, worker, why, publish_tagged)


def test_a_changelog_that_is_recreated_under_a_worker_replaces_the_local_rows(
    pool: WorkerPool, publish_tagged: Callable[[str], None]
) -> None:
    """The worker restarts, or recovers in the rebalance that the new topic causes."""
    publish_tagged("first")
    dedup(pool)
    lost_logs.make_again(pool.cluster.bootstrap, *(topic.name for topic in CHANGELOGS))
    publish_tagged("second")

    worker = dedup(pool)

    assert_rebuilt(pool, worker, MADE_AGAIN, publish_tagged)


def test_dedup_with_an_empty_disk_restores_a_changelog_without_its_first_records(
    pool: WorkerPool, publish_tagged: Callable[[str], None]
) -> None:
    """Faust seeks one offset before the first record of the changelog."""
    publish_tagged("first")
    dedup(pool).end(signal.SIGKILL)
    shutil.rmtree(state_of(pool))
    delete_from_changelogs(pool, lambda end: end // 2)
    publish_tagged("second")

    worker = dedup(pool)

    assert pool.restarts == 0
    assert not events(worker, "state_misfit")
    pool.end("dedup")
    assert local_rows(pool) == changelog_rows(pool)


def delete_from_changelogs(pool: WorkerPool, before: Callable[[int], int]) -> None:
    """Delete each changelog partition's records before the offset `before(end of the log)`."""
    for topic in CHANGELOGS:
        ends = lost_logs.log_ends(pool.cluster.bootstrap, topic.name)
        offsets = {at: before(end) for at, end in ends.items()}
        lost_logs.delete_records(pool.cluster.bootstrap, topic.name, offsets)
