"""Workers under load: started, hurt, started again; and what must hold in the end."""

from __future__ import annotations

import asyncio
import json
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from tests.faults import load, plan
from tests.integration.harness import LIBS, Cluster, Worker, eventually

STUB = "tests.faults.stub"
_BATCH = 32


class Load:
    """Publishes articles at a steady rate in a thread; leaving the block waits for the last.

    Where the fault takes as long as it takes, `enough` ends the load before its last article.
    All that was sent is acknowledged at the end, whatever the broker went through: else it
    fails.
    """

    def __init__(
        self, bootstrap: str, records: Sequence[OutgoingRecord], per_second: float
    ) -> None:
        self._bootstrap = bootstrap
        self._records = records
        self._pause = 1 / per_second
        self._thread = threading.Thread(target=lambda: asyncio.run(self._send()))
        self._enough = threading.Event()
        self._acknowledged = False

    def enough(self) -> None:
        """The fault is over: send no more. It fails where the load was over before that."""
        assert self._thread.is_alive(), "the load was over before the fault"
        self._enough.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is not None:
            self._enough.set()
            self._thread.join(60)
            return
        self._thread.join(900)
        assert self._acknowledged, "not all articles were acknowledged"

    async def _send(self) -> None:
        client = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap,
            acks="all",
            enable_idempotence=True,
            linger_ms=5,
            max_request_size=DEAD_LETTER_BYTES,
            request_timeout_ms=300_000,  # also how long an article may wait for a lost broker
        )
        await client.start()
        began, futures = time.monotonic(), []
        for number, record in enumerate(self._records):
            future = await client.send(
                record.topic.name, record.value, key=record.key, headers=list(record.headers)
            )
            futures.append(future)
            await asyncio.sleep(max(0.0, began + number * self._pause - time.monotonic()))
            if self._enough.is_set():
                break
        await asyncio.gather(*futures)
        self._acknowledged = True
        await client.stop()


@dataclass
class Crew:
    """The workers of all stages on a cluster, any number of each."""

    cluster: Cluster
    restarts: int = 0
    """How often a worker ended by itself and was started anew."""
    ended: list[str] = field(default_factory=list)
    """The stages of those workers."""

    def start(self, *stages: str, **settings: str) -> list[Worker]:
        """Have one worker of each stage (default all) with these settings, and wait for them.

        One that runs with them already is kept, others of the stage end.
        """
        found = []
        for stage in stages or STAGES:
            same = [worker for worker in self.of(stage) if worker.settings == settings]
            self.end(stage, but=same[:1])
            found.append(same[0] if same else self.launch(stage, **settings))
        self.wait_until_ready()
        return found

    def end(self, stage: str, but: Sequence[Worker] = ()) -> None:
        """End the stage's workers in good order."""
        for worker in self.of(stage):
            if worker not in but:
                assert worker.end() == 0, worker.last_words()

    def launch(self, stage: str, **settings: str) -> Worker:
        """Start a further worker and do not wait."""
        return self.cluster.launch(stage, module=STUB, **settings)

    def wait_until_ready(self) -> None:
        """All workers that run have their partitions."""
        for worker in self.cluster.workers:
            if worker.process.poll() is None:
                eventually(worker.ready, f"{worker.stage} is ready", 120, worker)

    def of(self, stage: str) -> list[Worker]:
        """The stage's workers that run."""
        return [w for w in self.cluster.workers if w.stage == stage and w.process.poll() is None]

    def hurt(self, stage: str, how: signal.Signals) -> None:
        """Send a signal that ends a worker, wait until it has, and start another."""
        for worker in self.of(stage):
            status = worker.end(how)
            expected = [-how]
            if how is signal.SIGTERM:  # before it has begun, and says so, the signal just ends it
                expected = [0] if said_by(worker) else [0, -how]
            assert status in expected, f"{stage} ended with {status}: {worker.last_words()}"
        self.launch(stage)

    def tend(self) -> None:
        """What a supervisor does: start anew what ended by itself."""
        for stage in STAGES:
            if self.cluster.started(stage) and not self.of(stage):
                self.restarts += 1
                self.ended.append(stage)
                ended = [w for w in self.cluster.workers if w.stage == stage][-1]
                print(f"{stage} ended with {ended.process.returncode}: {ended.last_words()}")  # noqa: T201 - shown on failure
                self.launch(stage)

    def lag(self) -> dict[tuple[str, int], int]:
        """Messages that a stage has not committed, by topic and partition; those without none."""

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

    def caught_up(self, seconds: float = 240) -> float:
        """Wait until all stages have committed all there is; how long it took, in seconds."""
        began = time.monotonic()

        def done() -> bool:
            self.tend()
            return not self.lag()

        try:
            eventually(done, "all stages have caught up", seconds, every=0.5)
        except AssertionError as error:
            error.add_note(f"lag: {self.lag()}")
            for worker in self.cluster.workers:
                error.add_note(f"{worker.stage}: {worker.last_words()}")
            raise
        return time.monotonic() - began

    def check(self) -> dict[str, Any]:
        """What `newsloom check` says; it must say that the promise holds and all has ended.

        `messages` and `redelivered` are those since the check before.
        """
        done = self.cluster.newsloom("check", "--json", "--settle", "30", timeout=900)
        report: dict[str, Any] = json.loads(done.stdout or "{}")
        assert done.returncode == 0, f"seed {plan.SEED}: {done.stdout} {done.stderr}"
        assert report["holds"], report
        assert report["in_flight"] == 0, report
        for name in ("messages", "redelivered"):  # on a shared cluster: what is new
            report[name] -= self.cluster.counted[name]
            self.cluster.counted[name] += report[name]
        return report


def raw_records(number: int, row: str) -> list[OutgoingRecord]:
    """The raw records of so many invented articles, others for each row of the table."""
    return [raw_record(article) for article in load.articles(number, f"{plan.SEED} {row}")]


def assert_answers_as_without_faults(cluster: Cluster) -> None:
    """Every enriched message and every story is what an undisturbed dedup makes of its input.

    The input is what lies on its topic, each message the first time it came, in that order;
    what it makes is compared byte for byte.
    """
    partitions: dict[int, list[Record]] = defaultdict(list)
    for record in cluster.stored(TAGGED.name):
        partitions[record.partition].append(record)
    expected_articles: dict[bytes, bytes] = {}
    expected_stories: dict[bytes, bytes] = {}
    for records in partitions.values():
        _undisturbed(records, expected_articles, expected_stories)
    articles: dict[bytes, bytes] = {}
    for record in cluster.stored(ENRICHED.name):
        articles.setdefault(dict(record.headers)["ce_id"], record.value or b"")
    stories = {record.key or b"": record.value or b"" for record in cluster.stored(STORIES.name)}

    _assert_same("verdicts", articles, expected_articles)
    _assert_same("stories", stories, expected_stories)


def _assert_same(what: str, found: Mapping[bytes, bytes], expected: Mapping[bytes, bytes]) -> None:
    keys = [key for key in {**found, **expected} if found.get(key) != expected.get(key)]
    for key in keys[:3]:
        print(key, "\n found   ", found.get(key), "\n expected", expected.get(key))  # noqa: T201
    assert not keys, f"{len(keys)} {what} of {len(expected)} differ, seed {plan.SEED}"


def _undisturbed(
    tagged: list[Record], articles: dict[bytes, bytes], stories: dict[bytes, bytes]
) -> None:
    """Add what comes of the records of one partition."""
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


def said_by(worker: Worker) -> str:
    """All that a worker has logged."""
    return worker.log.read_text(errors="replace")


def restart_broker(cluster: Cluster, *, how: signal.Signals, away: float) -> None:
    """End the broker, wait, and start it again on its port."""
    home = cluster.home / "broker"
    if how is signal.SIGKILL:
        development_broker.kill(home)
    else:
        development_broker.stop(home)
    time.sleep(away)
    development_broker.start(home, LIBS, cluster.broker.port)
