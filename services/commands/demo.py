"""`newsloom demo`: run the whole pipeline on a temporary broker."""

from __future__ import annotations

import asyncio
import signal
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import aclosing
from pathlib import Path
from typing import Annotated

import typer
from prometheus_client.parser import text_string_to_metric_families
from rich.table import Table

from schemas.article import EnrichedArticle
from schemas.dead_letter import Outcome
from schemas.story import Story
from schemas.topics import DEAD_LETTERS, ENRICHED, STORIES
from services.commands import check
from services.commands.broker import download_missing_jars
from services.commands.terminal import render
from services.commands.terminal.output import errors, out
from services.ingest import files, publisher
from services.kafka import development_broker, topic_admin, topic_scan
from services.kafka.confirmed_sender import Sent
from services.kafka.ports import free_port
from services.messaging import dead_letters
from services.messaging.errors import UsageError
from services.messaging.records import Record
from services.operations.supervisor import Supervisor
from services.processing.stages import STAGES
from services.settings import settings

_SAMPLES = Path("samples/articles")
_PATIENCE_SECONDS = 120.0
_SETTLE_SECONDS = 1.5


def demo(
    articles: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files or folders with articles. The default is the sample articles.",
            show_default=False,
        ),
    ] = None,
    *,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the data folder for inspection.")
    ] = False,
) -> None:
    """Run the whole pipeline on sample articles and check the result.

    Starts a Kafka broker on a free port, creates the topics, starts the workers, publishes the
    articles, shows the messages as they arrive and runs `newsloom check`. Everything runs in a
    temporary folder that is deleted at the end, also after Ctrl-C.
    """
    paths = articles or [_SAMPLES]
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}.")
    if settings().topic_suffix:
        raise UsageError("The demo creates its own topics; unset NEWSLOOM_TOPIC_SUFFIX.")
    # A handler of our own: asyncio's turns Ctrl-C into a cancellation, which a library may
    # swallow, and then the demo would just go on.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    with tempfile.TemporaryDirectory(prefix="newsloom-demo-", delete=not keep) as folder:
        if keep:
            errors.print(f"The data is kept in {folder}.", highlight=False)
        _run(Path(folder), paths)


def _run(home: Path, paths: list[Path]) -> None:
    began = time.monotonic()
    supervisor = Supervisor()
    seen = _Seen()
    try:
        download_missing_jars(settings())
        with errors.status("starting Apache Kafka"):
            own = development_broker.start(home / "broker", settings().kafka_libs)
            asyncio.run(_create_topics(own.bootstrap))
        ports = {stage: free_port() for stage in STAGES}
        for stage in STAGES:
            environment = {
                "NEWSLOOM_HOME": str(home),
                "NEWSLOOM_KAFKA": own.bootstrap,
                "NEWSLOOM_KAFKA_SECURITY": "plaintext",
                "NEWSLOOM_TOPIC_SUFFIX": "",
                "NEWSLOOM_HTTP_PORT": str(ports[stage]),
                "NEWSLOOM_SESSION_TIMEOUT": "6",
                "NEWSLOOM_REBALANCE_TIMEOUT": "12",
            }
            supervisor.add(stage, environment, home / f"{stage}.log")
        with errors.status("starting the workers"):
            _wait_ready(supervisor, ports, home)
        errors.print(f"Ready after {time.monotonic() - began:.1f} s.", style="dim")
        loaded = [item for path in files.files(paths) for item in files.load(path)]
        published = asyncio.run(publisher.publish(own.bootstrap, loaded))
        asyncio.run(_watch(own.bootstrap, published.delivered, seen, supervisor))
        work = {stage: _work_seconds(port) for stage, port in ports.items()}
        _summary(published, seen, work, time.monotonic() - began)
        report = asyncio.run(check.settled(own.bootstrap, settle=_SETTLE_SECONDS))
        check.show(report)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # it is stopping already
        with errors.status("stopping"):
            supervisor.stop()
            development_broker.stop(home / "broker")
    if not report.holds:
        raise UsageError("The audit found that the delivery guarantee is broken.")
    if supervisor.restarts:
        raise UsageError(
            f"Workers ended unexpectedly and were restarted {supervisor.restarts} time(s)."
        )


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


class _Seen:
    """The outcomes and stories received so far."""

    def __init__(self) -> None:
        self.verdicts: Counter[str] = Counter()
        self.reasons: Counter[tuple[str, str]] = Counter()
        self.stories: dict[str, Story] = {}

    @property
    def outcomes(self) -> int:
        """Return the number of articles that have an outcome."""
        return self.verdicts.total() + self.reasons.total()

    def take(self, record: Record) -> None:
        """Count a record and print it."""
        if record.topic == ENRICHED.name:
            article = EnrichedArticle.model_validate_json(record.value or b"")
            self.verdicts[article.verdict.kind] += 1
            out.print(render.enriched(article))
        elif record.topic == STORIES.name:
            state = Story.model_validate_json(record.value or b"")
            self.stories[state.story_id] = state
            out.print(render.story(state))
        else:
            letter = dead_letters.parse(record)
            if letter is not None:
                self.reasons[letter.outcome, letter.reason] += 1
                out.print(render.dead_letter(letter))


async def _create_topics(bootstrap: str) -> None:
    async with topic_admin.admin(bootstrap) as client:
        await topic_admin.create(client, replication=1)


def _wait_ready(supervisor: Supervisor, ports: dict[str, int], home: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    waiting = set(ports)
    while waiting:
        supervisor.ensure_running()
        for stage in sorted(waiting):
            if _get(ports[stage], "/readyz") == "ok":
                waiting.discard(stage)
        if supervisor.restarts or supervisor.stopped or time.monotonic() > deadline:
            stage = min(waiting)
            log = home / f"{stage}.log"
            last = log.read_text().strip().splitlines()[-1:] if log.exists() else []
            raise UsageError(f"The {stage} worker did not become ready: {' '.join(last)}")
        time.sleep(0.1)


async def _watch(bootstrap: str, expected: int, seen: _Seen, supervisor: Supervisor) -> None:
    """Print records until each article has an outcome and no more story updates arrive."""
    topics = [ENRICHED.name, STORIES.name, DEAD_LETTERS.name]
    last = time.monotonic()
    async with aclosing(topic_scan.follow(bootstrap, topics, from_start=True)) as records:
        pending = asyncio.ensure_future(anext(records))
        while True:
            done, _ = await asyncio.wait({pending}, timeout=0.2)
            supervisor.ensure_running()
            if done:
                seen.take(pending.result())
                last = time.monotonic()
                pending = asyncio.ensure_future(anext(records))
            quiet = time.monotonic() - last
            if seen.outcomes >= expected and quiet > _SETTLE_SECONDS:
                break
            if quiet > _PATIENCE_SECONDS or supervisor.stopped:
                errors.print(
                    f"Only {seen.outcomes} of {expected} articles have an outcome.", style="red"
                )
                break
        pending.cancel()
        await asyncio.gather(pending, return_exceptions=True)


def _get(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            text: str = answer.read().decode()
            return text
    except OSError:
        return ""


def _work_seconds(port: int) -> tuple[int, float]:
    """Return how many messages a worker has processed, and in how many seconds."""
    found = {
        sample.name: sample.value
        for family in text_string_to_metric_families(_get(port, "/metrics"))
        for sample in family.samples
    }
    messages = found.get("newsloom_batch_messages_sum", 0.0)
    return int(messages), found.get("newsloom_batch_work_seconds_sum", 0.0)


def _summary(
    published: Sent,
    seen: _Seen,
    work: dict[str, tuple[int, float]],
    seconds: float,
) -> None:
    if seen.stories:
        table = Table("Story", "Articles", "Outlets", "About", title="Stories", box=None)
        for state in sorted(seen.stories.values(), key=lambda s: (-s.article_count, s.headline)):
            names = ", ".join(entity.name for entity in state.entities[:4])
            outlets = ", ".join(dict.fromkeys(article.source for article in state.articles))
            table.add_row(state.headline[:70], str(state.article_count), outlets, names)
        out.print(table)
    ended = {
        outcome: sum(n for (kind, _), n in seen.reasons.items() if kind == outcome)
        for outcome in Outcome
    }
    rows = [
        ("articles in", published.delivered),
        ("refused at publishing", len(published.refused)),
        *((f"{kind}s", seen.verdicts[kind]) for kind in ("original", "revision", "retraction")),
        ("copies", seen.verdicts["copy"]),
        ("filtered", ended[Outcome.FILTERED]),
        ("dead-lettered", ended[Outcome.FAILED]),
        ("stories", len(seen.stories)),
    ]
    table = Table(title="Summary", box=None, show_header=False)
    for name, number in rows:
        table.add_row(name, str(number))
    for stage, (count, total) in work.items():
        each = f"{1000 * total / count:.1f} ms each" if count else "-"
        table.add_row(f"{stage} worked", f"{total:.2f} s, {each}")
    table.add_row("total time", f"{seconds:.1f} s")
    out.print(table)
    for origin, reason in published.refused:
        out.print(f"refused {origin}: {reason}", style="yellow", markup=False)
    for (outcome, reason), number in sorted(seen.reasons.items()):
        out.print(f"{outcome}: {reason}: {number}", style="yellow", markup=False)
    lost = published.delivered - seen.outcomes
    if lost > 0:
        raise UsageError(f"{lost} articles have no outcome.")
