"""Run a broker and worker processes for tests."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiokafka.errors import KafkaError
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner, Result

from schemas.article import EnrichedArticle
from schemas.dead_letter import DeadLetter
from schemas.story import Story
from schemas.topics import ALL, DEAD_LETTERS, ENRICHED, RAW, STORIES, Topic, app_id
from services.cli import app
from services.faust_adapter.consumer_groups import delete_group
from services.kafka import development_broker, topic_admin, topic_scan
from services.kafka.clients import producer
from services.kafka.development_broker import Broker
from services.kafka.ports import free_port
from services.messaging import dead_letters
from services.messaging.errors import UsageError
from services.messaging.records import Record
from services.processing.stages import STAGES
from services.settings import settings

ROOT = Path(__file__).parents[2]
LIBS = ROOT / ".newsloom" / "kafka" / "libs"
QUICK = {"NEWSLOOM_SESSION_TIMEOUT": "10", "NEWSLOOM_REBALANCE_TIMEOUT": "12"}
"""Timeouts for a broker on the same machine; with the defaults a rebalance takes half a minute.

A worker that gets no CPU for the session timeout loses its partitions, so it can't be much shorter.
"""


PATIENCE = 600.0
"""Seconds that a test waits for a condition; they are only used up where a test fails."""


def create_topics(bootstrap: str, topics: Sequence[Topic] = ALL) -> None:
    async def work() -> None:
        async with topic_admin.admin(bootstrap) as client:
            await topic_admin.create(client, 1, topics)

    asyncio.run(work())


@dataclass
class Worker:
    """A worker process of one stage."""

    stage: str
    process: subprocess.Popen[bytes]
    port: int
    log: Path
    settings: dict[str, str] = field(default_factory=dict)

    def ready(self) -> bool:
        return get(self.port, "/readyz") == (200, "ok")

    def counted(self, name: str) -> int:
        """Return the sum of a counter over all label values."""
        _, text = get(self.port, "/metrics")
        families = text_string_to_metric_families(text)
        samples = (sample for family in families for sample in family.samples)
        return int(sum(sample.value for sample in samples if sample.name == name))

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


@dataclass
class Cluster:
    """A broker, and the workers started on it."""

    home: Path
    broker: Broker
    workers: list[Worker] = field(default_factory=list)
    bootstrap_servers: str = ""
    """Set if there are several brokers."""
    counted: Counter[str] = field(default_factory=Counter)
    """The counts of previous checks."""

    @property
    def bootstrap(self) -> str:
        return self.bootstrap_servers or self.broker.bootstrap

    def environment(self, **settings: str) -> dict[str, str]:
        own = {"NEWSLOOM_HOME": str(self.home), "NEWSLOOM_KAFKA": self.bootstrap}
        return {**os.environ, **QUICK, **own, **settings}

    def start(self, *stages: str, module: str = "services", **settings: str) -> list[Worker]:
        """Start one worker of each stage and wait until all are ready."""
        begun = [self.launch(stage, module=module, **settings) for stage in stages or STAGES]
        for worker in begun:
            eventually(worker.ready, f"{worker.stage} is ready", worker=worker)
        return begun

    def launch(self, stage: str, *, module: str = "services", **settings: str) -> Worker:
        """Start a worker without waiting for it."""
        return self.launch_from(ROOT, stage, module, settings)

    def launch_from(
        self, source: Path, stage: str, module: str, settings: dict[str, str]
    ) -> Worker:
        """Start a worker of the source in a folder, with the installed packages."""
        port = free_port()
        log = self.home / f"{stage}-{port}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", module, "run", stage],
                env=self.environment(NEWSLOOM_HTTP_PORT=str(port), **settings),
                cwd=source,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
            )
        worker = Worker(stage, process, port, log, settings)
        self.workers.append(worker)
        return worker

    def started(self, stage: str) -> bool:
        """Return whether a worker of the stage was ever started."""
        return any(worker.stage == stage for worker in self.workers)

    def stop(self) -> None:
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.process.terminate()
                worker.process.send_signal(signal.SIGCONT)  # a test may have stopped it
        for worker in self.workers:
            try:
                worker.process.wait(30)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()

    def command(self, *arguments: str, stdin: str = "", **settings: str) -> Result:
        """Run a command in this process, which saves loading the libraries again."""
        own = {**QUICK, "NEWSLOOM_HOME": str(self.home), "NEWSLOOM_KAFKA": self.bootstrap}
        with as_settings({**own, **settings}):
            return CliRunner().invoke(app, arguments, input=stdin)

    def newsloom(
        self, *arguments: str, stdin: bytes = b"", timeout: float = PATIENCE, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `newsloom` with arguments in a new process."""
        done = subprocess.run(
            [sys.executable, "-m", "services", *arguments],
            env=self.environment(COLUMNS="160", **settings),
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    def send(self, records: Iterable[tuple[bytes | None, bytes | None, list[Any]]]) -> None:
        """Send records (key, value, headers) to the raw topic without checking them."""

        async def work() -> None:
            async with producer(self.bootstrap) as client:
                futures = [
                    await client.send(RAW.name, value, key=key, headers=headers)
                    for key, value, headers in records
                ]
                await asyncio.gather(*futures)

        asyncio.run(work())

    def stored(self, *topics: str) -> list[Record]:
        async def work() -> list[Record]:
            return [record async for record in topic_scan.stored(self.bootstrap, topics)]

        return asyncio.run(work())

    def outcomes(self) -> Outcomes:
        found = Outcomes()
        for record in self.stored(ENRICHED.name, STORIES.name, DEAD_LETTERS.name):
            found.add(record)
        return found

    def wait_for(self, condition: Callable[[Outcomes], bool], what: str) -> Outcomes:
        """Read the output topics repeatedly until the condition holds."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = self.outcomes()
            if condition(found):
                return found
            dead = [w.stage for w in self.workers if w.process.poll() not in (None, 0, -9)]
            assert not dead, f"workers ended: {dead}: {self._log_tails()}"
            assert time.monotonic() < deadline, f"not met in time: {what}; {found.summary()}"
            time.sleep(0.3)

    def _log_tails(self) -> str:
        return "\n".join(worker.log.read_text()[-2000:] for worker in self.workers)


@contextmanager
def running_cluster(home: Path) -> Iterator[Cluster]:
    """Start a broker with all topics; stop it and its workers at the end."""
    cluster = Cluster(home, development_broker.start(home / "broker", LIBS))
    try:
        create_topics(cluster.bootstrap)
        yield cluster
    finally:
        cluster.stop()
        development_broker.stop(home / "broker")


@contextmanager
def lent_cluster(home: Path, broker_home: Path) -> Iterator[Cluster]:
    """Start the broker of `broker_home` unless it runs, and lend it with all topics, empty.

    At the end the workers are stopped and all topics and consumer groups are deleted, so that the
    next borrower finds nothing. A new broker each time would cost seconds of CPU time.
    """
    cluster = Cluster(home, development_broker.start(broker_home, LIBS))
    try:
        create_topics(cluster.bootstrap)
        yield cluster
    finally:
        cluster.stop()
        development_broker.start(broker_home, LIBS)  # a test may have stopped it
        delete_everything(cluster.bootstrap)


def delete_everything(bootstrap: str) -> None:
    """Delete all topics and consumer groups; wait until they are gone.

    The group of a subscriber that was killed may stay: its offsets go with the topics.
    """
    ours = {app_id(stage) for stage in STAGES}
    deadline = time.monotonic() + PATIENCE

    async def work() -> None:
        async with topic_admin.admin(bootstrap) as admin:
            while True:
                topics = [name for name in await admin.list_topics() if not name.startswith("__")]
                if topics:
                    await admin.delete_topics(topics)
                groups = [name for name, *_ in await admin.list_consumer_groups()]
                for group in groups:  # one with members that were killed stays for their session
                    await delete_group(admin, group, await topic_admin.coordinator_of(admin, group))
                if not topics and not ours.intersection(groups):
                    return
                assert time.monotonic() < deadline, f"not deleted: {topics} {groups}"
                await asyncio.sleep(0.3)

    asyncio.run(work())


@dataclass
class Outcomes:
    """The messages of the output topics."""

    enriched: list[EnrichedArticle] = field(default_factory=list)
    enriched_ids: list[str] = field(default_factory=list)
    dead_letters: list[tuple[DeadLetter, Record]] = field(default_factory=list)
    stories: dict[str, Story] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        if record.topic == ENRICHED.name:
            self.enriched.append(EnrichedArticle.model_validate_json(record.value or b""))
            self.enriched_ids.append(dict(record.headers)["ce_id"].decode())
        elif record.topic == STORIES.name:
            story = Story.model_validate_json(record.value or b"")
            self.stories[story.story_id] = story
        else:
            letter = dead_letters.parse(record)
            assert letter is not None
            self.dead_letters.append((letter, record))

    @property
    def articles(self) -> set[str]:
        """The articles of which a message has an outcome."""
        ended = {letter.article_id for letter, _ in self.dead_letters if letter.article_id}
        return ended | {article.article_id for article in self.enriched}

    def summary(self) -> str:
        return json.dumps(
            {
                "enriched": len(self.enriched),
                "dead_letters": [letter.reason for letter, _ in self.dead_letters],
                "stories": len(self.stories),
            }
        )


@contextmanager
def as_settings(environment: dict[str, str]) -> Iterator[None]:
    """Make the settings of this process those of the environment variables."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        settings.cache_clear()
        try:
            yield
        finally:
            settings.cache_clear()


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def eventually(
    condition: Callable[[], bool],
    what: str,
    seconds: float = PATIENCE,
    worker: Worker | None = None,
    every: float = 0.05,
) -> None:
    """Wait until the condition holds; a broker that does not answer in time is asked again."""
    deadline = time.monotonic() + seconds
    while not _holds(condition):
        if worker is not None and worker.process.poll() is not None:
            raise AssertionError(f"{worker.stage} ended: {worker.log.read_text()[-3000:]}")
        if time.monotonic() > deadline:
            last = worker.log.read_text()[-3000:] if worker else ""
            raise AssertionError(f"the condition was not met in time: {what} {last}")
        time.sleep(every)


def _holds(condition: Callable[[], bool]) -> bool:
    try:
        return condition()
    except (UsageError, KafkaError):  # as the broker's clients give up on a busy machine
        return False
