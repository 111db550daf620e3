"""Start, kill and restart workers under load, and check the results at the end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from aiokafka import AIOKafkaProducer

from schemas.topics import CLEAN, DEAD_LETTER_BYTES, ENRICHED, RAW, STORIES, TAGGED, app_id
from services.dedup.stage import DedupStage
from services.dedup.storage.row_store import InMemoryTables
from services.kafka import development_broker, topic_admin, topic_scan
from services.messaging.raw_records import raw_record
from services.messaging.records import BROADCAST_HEADER, OutgoingRecord, Record
from services.processing.stage import DeadLettered
from services.processing.stages import STAGES
from services.settings import Settings
from tests.faults import invented_articles, run_size
from tests.integration.harness import LIBS, PATIENCE, Cluster, Worker, eventually

WORKER_MODULE = "tests.faults.fault_worker"
CATCH_UP_SECONDS = run_size.sized(PATIENCE, 1800.0)
"""How long the workers may take to process their backlog: `PATIENCE`, or more in a full run."""
_BATCH = 32


class LoadGenerator:
    """A context manager that publishes records at a steady rate in a thread.

    Leaving the block waits until `least` records have been sent, by default all of them. A test
    that injects a fault under load passes an endless iterator together with `least`, so that the
    load outlasts the fault on a machine of any speed. The test fails if a record that was sent has
    not been acknowledged at the end.
    """

    def __init__(
        self,
        bootstrap: str,
        records: Iterable[OutgoingRecord],
        per_second: float,
        *,
        least: int | None = None,
    ) -> None:
        self._bootstrap = bootstrap
        self._records = records
        self._pause = 1 / per_second
        self._least = least
        self._sent = 0
        self._ended = threading.Event()
        self._failed = threading.Event()
        self._acknowledged = False
        self._thread = threading.Thread(target=lambda: asyncio.run(self._send()), daemon=True)

    def wait_until_sent(self, number: int) -> None:
        """Wait until `number` records of the load have been sent."""

        def sent() -> bool:
            assert self._sent >= number or self._thread.is_alive(), "the load generator has failed"
            return self._sent >= number

        eventually(sent, f"{number} articles are sent", 2 * number * self._pause + PATIENCE)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is not None:
            self._failed.set()
            self._thread.join(60)
            return
        self._ended.set()
        self._thread.join()  # pytest's time limit ends a test that hangs here
        assert self._acknowledged, "not all articles were acknowledged"

    def _enough(self) -> bool:
        due = self._least is not None and self._sent >= self._least and self._ended.is_set()
        return due or self._failed.is_set()

    async def _send(self) -> None:
        client = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap,
            acks="all",
            enable_idempotence=True,
            linger_ms=5,
            max_request_size=DEAD_LETTER_BYTES,
            request_timeout_ms=300_000,  # also how long an article waits for a broker
        )
        await client.start()
        began, futures = time.monotonic(), []
        for record in self._records:
            if self._enough():
                break
            future = await client.send(
                record.topic.name, record.value, key=record.key, headers=list(record.headers)
            )
            futures.append(future)
            self._sent += 1
            await asyncio.sleep(max(0.0, began + self._sent * self._pause - time.monotonic()))
        await asyncio.gather(*futures)
        self._acknowledged = True
        await client.stop()


@dataclass
class WorkerPool:
    """The workers of all stages on a cluster, any number for each stage."""

    cluster: Cluster
    restarts: int = 0
    """How often a worker ended without being stopped and was restarted."""
    ended: list[str] = field(default_factory=list)
    """The stages of the workers that ended without being stopped."""

    def start(self, *stages: str, **settings: str) -> list[Worker]:
        """Run one worker of each stage (by default all) with these settings; wait until ready.

        A worker that already runs with these settings is kept; others of the stage are stopped.
        """
        workers = []
        for stage in stages or STAGES:
            same = [worker for worker in self.of(stage) if worker.settings == settings]
            self.end(stage, but=same[:1])
            workers.append(same[0] if same else self.launch(stage, **settings))
        self.wait_until_ready()
        return workers

    def end(self, stage: str, but: Sequence[Worker] = ()) -> None:
        """Stop the workers of a stage in order (SIGTERM)."""
        for worker in self.of(stage):
            if worker not in but:
                assert worker.end() == 0, worker.log_tail()

    def launch(self, stage: str, **settings: str) -> Worker:
        """Start another worker without waiting for it."""
        return self.cluster.launch(stage, module=WORKER_MODULE, **settings)

    def wait_until_ready(self) -> None:
        """Wait until all running workers have their partitions."""
        for worker in self.cluster.workers:
            if worker.process.poll() is None:
                eventually(worker.ready, f"{worker.stage} is ready", worker=worker)

    def of(self, stage: str) -> list[Worker]:
        """Return the running workers of a stage."""
        return [w for w in self.cluster.workers if w.stage == stage and w.process.poll() is None]

    def end_and_replace(self, stage: str, how: signal.Signals) -> None:
        """End the workers of a stage with a signal, wait for the end, and start a new one."""
        for worker in self.of(stage):
            status = worker.end(how)
            expected = [-how]
            if how is signal.SIGTERM:  # without its handler yet, the signal kills the process
                expected = [0] if log_text(worker) else [0, -how]
            assert status in expected, f"{stage} ended with {status}: {worker.log_tail()}"
        self.launch(stage)

    def restart_ended(self) -> None:
        """Restart the workers that ended without being stopped, as a supervisor does."""
        for stage in STAGES:
            if self.cluster.started(stage) and not self.of(stage):
                self.restarts += 1
                self.ended.append(stage)
                ended = [w for w in self.cluster.workers if w.stage == stage][-1]
                print(f"{stage} ended with {ended.process.returncode}: {ended.log_tail()}")  # noqa: T201 - shown on failure
                self.launch(stage)

    def members(self, stage: str) -> int:
        """Return how many workers the consumer group of a stage has; 0 during a rebalance."""

        async def work() -> int:
            async with topic_admin.admin(self.cluster.bootstrap) as admin:
                (answer,) = await admin.describe_consumer_groups([app_id(stage)])
            (_, _, state, _, _, members, *_), *_ = answer.groups
            return len(members) if state == "Stable" else 0

        return asyncio.run(work())

    def lag(self) -> dict[tuple[str, int], int]:
        """Return the messages not yet committed, by topic and partition, without zeros."""

        async def work() -> dict[tuple[str, int], int]:
            async with topic_admin.admin(self.cluster.bootstrap) as admin:
                done: dict[tuple[str, int], int] = {}
                for stage in STAGES:
                    done |= await topic_admin.committed(admin, app_id(stage))
            ends = await topic_scan.ends(
                self.cluster.bootstrap, [RAW.name, CLEAN.name, TAGGED.name]
            )
            behind = {at: end - done.get(at, 0) for at, end in ends.items()}
            return {at: number for at, number in behind.items() if number}

        return asyncio.run(work())

    def wait_until_caught_up(self) -> float:
        """Wait until the lag of all stages is zero; return how long that took, in seconds."""
        began = time.monotonic()

        def done() -> bool:
            self.restart_ended()
            return not self.lag()

        try:
            eventually(done, "all stages have caught up", CATCH_UP_SECONDS, every=0.5)
        except AssertionError as error:
            error.add_note(f"lag: {self.lag()}")
            for worker in self.cluster.workers:
                error.add_note(f"{worker.stage}: {worker.log_tail()}")
            raise
        return time.monotonic() - began

    def check(self) -> dict[str, Any]:
        """Run `newsloom check`, which must find no violation and nothing in flight.

        Returns its report; `messages` and `redelivered` count from the previous check.
        """
        done = self.cluster.newsloom("check", "--json", "--settle", "30", timeout=900)
        report: dict[str, Any] = json.loads(done.stdout or "{}")
        assert done.returncode == 0, f"seed {run_size.SEED}: {done.stdout} {done.stderr}"
        assert report["holds"], report
        assert report["in_flight"] == 0, report
        # The cluster may be shared, so the counts of earlier tests are subtracted.
        for name in ("messages", "redelivered"):
            report[name] -= self.cluster.counted[name]
            self.cluster.counted[name] += report[name]
        return report


def raw_records(number: int, row: str) -> list[OutgoingRecord]:
    """Return the raw records of `number` invented articles, different ones for each row."""
    return [
        raw_record(article)
        for article in invented_articles.articles(number, f"{run_size.SEED} {row}")
    ]


def endless_records(row: str) -> Iterator[OutgoingRecord]:
    """Yield raw records of invented articles without end, different ones for each row."""
    return map(raw_record, invented_articles.endless(f"{run_size.SEED} {row}"))


def wait_for_more(worker: Worker, number: int) -> None:
    """Wait until the worker has acknowledged `number` more messages."""
    before = worker.counted("newsloom_messages_out_total")
    eventually(
        lambda: worker.counted("newsloom_messages_out_total") >= before + number,
        f"{worker.stage} processes {number} messages",
        worker=worker,
    )


def assert_same_results_as_without_faults(cluster: Cluster) -> None:
    """Compare enriched messages and stories with those of a dedup stage without faults.

    The results are compared byte for byte.
    """
    expected_articles, expected_stories = undisturbed_results(cluster)
    articles: dict[bytes, bytes] = {}
    for record in cluster.stored(ENRICHED.name):
        articles.setdefault(dict(record.headers)["ce_id"], record.value or b"")
    stories = {record.key or b"": record.value or b"" for record in cluster.stored(STORIES.name)}

    _assert_same("verdicts", articles, expected_articles)
    _assert_same("stories", stories, expected_stories)


def undisturbed_results(cluster: Cluster) -> tuple[dict[bytes, bytes], dict[bytes, bytes]]:
    """Return the enriched messages by id and the last stories of a dedup stage without faults.

    Its input is the first occurrence of each message on the topic, in the order of the topic.
    """
    partitions: dict[int, list[Record]] = defaultdict(list)
    for record in cluster.stored(TAGGED.name):
        partitions[record.partition].append(record)
    articles: dict[bytes, bytes] = {}
    stories: dict[bytes, bytes] = {}
    for records in partitions.values():
        _undisturbed(records, articles, stories)
    return articles, stories


def _assert_same(what: str, found: Mapping[bytes, bytes], expected: Mapping[bytes, bytes]) -> None:
    keys = [key for key in {**found, **expected} if found.get(key) != expected.get(key)]
    for key in keys[:3]:
        print(key, "\n found   ", found.get(key), "\n expected", expected.get(key))  # noqa: T201
    assert not keys, f"{len(keys)} {what} of {len(expected)} differ, seed {run_size.SEED}"


def _undisturbed(
    tagged: list[Record], articles: dict[bytes, bytes], stories: dict[bytes, bytes]
) -> None:
    """Process the records of one partition and add the results to the two dictionaries."""
    rows = InMemoryTables()
    stage = DedupStage(Settings(), rows)
    first: dict[tuple[bytes | None, ...], Record] = {}
    for record in tagged:
        headers = dict(record.headers)
        name = (headers["ce_id"], headers["ce_sequence"], headers.get(BROADCAST_HEADER))
        first.setdefault(name, record)
    records = list(first.values())
    for start in range(0, len(records), _BATCH):
        for result in stage.process(records[start : start + _BATCH]):
            rows.apply(result.changes)
            assert not isinstance(result, DeadLettered) or result.rejected.reason == "unchanged"
            for sent in result.outgoing:
                value = sent.value or b""
                if sent.topic is ENRICHED:
                    articles.setdefault(dict(sent.headers)["ce_id"], value)
                else:
                    stories[sent.key or b""] = value


def log_text(worker: Worker) -> str:
    """Return the whole log of a worker."""
    return worker.log.read_text(errors="replace")


def kill_broker(home: Path) -> None:
    """Kill the broker of `home` as a crash would (SIGKILL)."""
    broker = development_broker.running(home)
    assert broker is not None, "no broker is running"
    os.kill(broker.pid, signal.SIGKILL)
    development_broker.await_end(broker.pid)


def restart_broker(cluster: Cluster, *, how: signal.Signals, away: float) -> None:
    """Stop or kill the broker, wait `away` seconds, and start it again on its port."""
    home = Path(cluster.broker.home)
    if how is signal.SIGKILL:
        kill_broker(home)
    else:
        development_broker.stop(home)
    time.sleep(away)
    development_broker.start(home, LIBS, cluster.broker.port)
