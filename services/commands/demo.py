"""`newsloom demo`: run the whole pipeline on a temporary broker."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from schemas.article import EnrichedArticle
from schemas.story import Story
from schemas.topics import DEAD_LETTERS, ENRICHED, STORIES
from services.commands import check
from services.commands.broker import download_missing_jars
from services.commands.terminal import render
from services.commands.terminal.demo_summary import Received, summary
from services.commands.terminal.output import errors, out, print_line, waiting
from services.commands.terminal.wording import counted
from services.ingest import files, publisher
from services.kafka import development_broker, topic_admin, topic_scan
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
_SUMMARY_WIDTH = 120


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
        bool,
        typer.Option("--keep", help="Leave the pipeline running after the summary, until Ctrl-C."),
    ] = False,
) -> None:
    """Run the whole pipeline on sample articles and check the result.

    Starts a Kafka broker on a free port, creates the topics, starts the workers, publishes the
    articles, shows the articles as they arrive and runs `newsloom check`. Everything runs in a
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
    with tempfile.TemporaryDirectory(prefix="newsloom-demo-") as folder:
        _run(Path(folder), paths, keep=keep)


def _run(home: Path, paths: list[Path], *, keep: bool) -> None:
    began = time.monotonic()
    supervisor = Supervisor()
    received = Received()
    try:
        download_missing_jars(settings())
        with _step("Starting Apache Kafka"):
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
        with _step("Starting the workers") as waits_for:
            _wait_ready(supervisor, ports, home, waits_for)
        loaded = [item for path in files.files(paths) for item in files.load(path)]
        published = asyncio.run(publisher.publish(own.bootstrap, loaded))
        asyncio.run(_watch(own.bootstrap, published.delivered, received, supervisor))
        seconds = time.monotonic() - began
        out.print(
            summary(received, published.delivered, published.refused, seconds),
            width=min(out.width, _SUMMARY_WIDTH),
        )
        if published.delivered > received.outcomes:
            lost = published.delivered - received.outcomes
            raise UsageError(f"{counted(lost, 'article')} without an outcome.")
        report = asyncio.run(check.settled(own.bootstrap, settle=_SETTLE_SECONDS))
        if report.holds:
            out.print("The delivery guarantee holds: no article is lost, doubled or out of order.")
        else:
            check.show(report)
        _say_what_next(own.bootstrap if keep else None)
        if keep:
            _keep_running(supervisor)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # it is stopping already
        with waiting("Stopping …"):
            supervisor.stop()
            development_broker.stop(home / "broker")
    if not report.holds:
        raise UsageError("The audit found that the delivery guarantee is broken.")
    if supervisor.restarts:
        raise UsageError(f"Workers ended unexpectedly: {counted(supervisor.restarts, 'restart')}.")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _step(what: str) -> Iterator[Callable[[str], None]]:
    """Show what the demo waits for, and afterwards how long it took.

    Yields a function that shows what the step itself waits for.
    """
    began = time.monotonic()
    with waiting(f"{what} …") as status:
        yield lambda detail: status.update(f"{what} ({detail}) …")
    errors.print(f"{what}: {time.monotonic() - began:.1f} s", style="dim", highlight=False)


def _say_what_next(running: str | None) -> None:
    """Print commands that work from here; `running` is the address of a broker that is kept."""
    own = Path(sys.argv[0])
    command = str(own) if own.name == "newsloom" and not shutil.which(own.name) else "newsloom"
    if running:
        title = "The pipeline is running. Ctrl-C stops it. In another terminal, here:"
        steps = {
            f"export NEWSLOOM_KAFKA={running}": "the address of its broker",
            f"{command} publish FILE…": "your own .html, .txt, .json or .jsonl files",
            f"{command} watch --from-start": "articles and stories, as they arrive",
            f"{command} check": "is anything lost?",
        }
    else:
        title = "What next:"
        steps = {
            f"{command} demo --keep": "leave the pipeline running, to publish and to watch",
            f"{command} demo FILE…": "with your own articles",
            "docs/subscribing.md": "receive the messages in a service of yours",
        }
    width = max(map(len, steps))
    lines = [f"  {step:<{width}}  # {why}" for step, why in steps.items()]
    out.print(Text("\n".join(["", title, *lines])), soft_wrap=True)


def _keep_running(supervisor: Supervisor) -> None:
    try:
        while True:
            supervisor.ensure_running()
            time.sleep(0.2)
    except KeyboardInterrupt:
        errors.print()


async def _create_topics(bootstrap: str) -> None:
    async with topic_admin.admin(bootstrap) as client:
        await topic_admin.create(client, replication=1)


def _wait_ready(
    supervisor: Supervisor, ports: dict[str, int], home: Path, show: Callable[[str], None]
) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    waiting = dict.fromkeys(ports, "")
    while waiting:
        supervisor.ensure_running()
        for stage in sorted(waiting):
            waiting[stage] = _get(ports[stage], "/readyz") or "loading its models"
            if waiting[stage] == "ok":
                del waiting[stage]
        show("; ".join(f"{stage}: {reason}" for stage, reason in waiting.items()))
        if supervisor.restarts or supervisor.stopped or time.monotonic() > deadline:
            stage = min(waiting)
            log = home / f"{stage}.log"
            last = log.read_text().strip().splitlines()[-1:] if log.exists() else []
            raise UsageError(f"The {stage} worker did not become ready: {' '.join(last)}")
        time.sleep(0.1)


async def _watch(bootstrap: str, expected: int, received: Received, supervisor: Supervisor) -> None:
    """Print the articles until each has an outcome and no more story updates arrive."""
    topics = [ENRICHED.name, STORIES.name, DEAD_LETTERS.name]
    last = time.monotonic()
    async with aclosing(topic_scan.follow(bootstrap, topics, from_start=True)) as records:
        pending = asyncio.ensure_future(anext(records))
        while True:
            done, _ = await asyncio.wait({pending}, timeout=0.2)
            supervisor.ensure_running()
            if done:
                _take(pending.result(), received)
                last = time.monotonic()
                pending = asyncio.ensure_future(anext(records))
            quiet = time.monotonic() - last
            if received.outcomes >= expected and quiet > _SETTLE_SECONDS:
                break
            if quiet > _PATIENCE_SECONDS or supervisor.stopped:
                errors.print(
                    f"Only {received.outcomes} of {expected} articles have an outcome.", style="red"
                )
                break
        pending.cancel()
        await asyncio.gather(pending, return_exceptions=True)


def _take(record: Record, received: Received) -> None:
    """Count a record, and print it unless it is a story: those are in the summary."""
    if record.topic == ENRICHED.name:
        article = EnrichedArticle.model_validate_json(record.value or b"")
        received.add_article(article, record.timestamp)
        print_line(render.enriched(article, out.width))
    elif record.topic == STORIES.name:
        received.add_story(Story.model_validate_json(record.value or b""))
    elif letter := dead_letters.parse(record):
        received.add_letter(letter)
        print_line(render.dead_letter(letter))


def _get(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            text: str = answer.read().decode()
            return text
    except urllib.error.HTTPError as error:  # not ready: the text says why
        return error.read().decode()
    except OSError:
        return ""
