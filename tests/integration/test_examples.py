"""The services in examples/ do on a real broker what their descriptions say."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schemas import testing
from schemas.article import EnrichedArticle
from schemas.testing.records import to_record
from schemas.topics import ENRICHED
from services.kafka.clients import producer
from tests.integration.harness import PATIENCE, ROOT, Cluster, eventually

EXAMPLES = ROOT / "examples"

FIRST = testing.article(
    title="NATO opens rescue centre near Oslo",
    body="NATO opened a rescue centre near Oslo on Sunday.",
    entities=["NATO", testing.entity("Oslo", "place")],
)
COPY = testing.copy_of(FIRST, source="coastradio.example")
REVISED_COPY = testing.revision_of(COPY, title="A rescue centre near Oslo")
REVISION = testing.revision_of(FIRST, title="NATO opens rescue centre with 40 people near Oslo")
FERRY = testing.article(source="islandtimes.example")
MISTAKEN = testing.article(title="NATO leaves Oslo", entities=["NATO"])
RETRACTION = testing.retraction_of(MISTAKEN)
MESSAGES = (FIRST, COPY, REVISION, REVISED_COPY, FERRY, MISTAKEN, RETRACTION)


def publish(cluster: Cluster, *messages: EnrichedArticle) -> None:
    async def work() -> None:
        async with producer(cluster.bootstrap) as client:
            for message in messages:
                record = to_record(ENRICHED, message)
                await client.send_and_wait(
                    ENRICHED.name, record.value, key=record.key, headers=[*record.headers]
                )

    asyncio.run(work())


@pytest.fixture(scope="module")
def filled(cluster: Cluster) -> Cluster:
    publish(cluster, *MESSAGES)
    return cluster


@contextmanager
def running(cluster: Cluster, name: str, *arguments: object) -> Iterator[None]:
    """Run an example until the end of the block, and end it as Ctrl-C does."""
    program = subprocess.Popen(
        [sys.executable, EXAMPLES / name, *map(str, arguments)],
        env=cluster.environment(),
        stderr=subprocess.PIPE,
        text=True,
        # SIGINT is ignored below a job in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads
    )
    try:
        yield
        assert program.poll() is None, program.communicate()[1]
    finally:
        program.send_signal(signal.SIGINT)
        _, complaints = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0, complaints
    assert "Traceback" not in complaints


class Webhook:
    """A webhook on a free loopback port, which refuses the first request of each `refuse`."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[str] = []
        self.refuse = 0
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                key = self.headers["idempotency-key"]
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                if webhook.refuse:
                    webhook.refuse -= 1
                    webhook.refused.append(key)
                    self.send_response(503)
                else:
                    webhook.accepted.append((key, body))
                    self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def texts(self) -> list[str]:
        return sorted({body["text"] for _, body in self.accepted})


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    started = Webhook()
    thread = threading.Thread(target=started.server.serve_forever)
    thread.start()
    yield started
    started.server.shutdown()
    started.server.server_close()
    thread.join()


def test_each_alert_has_one_key_also_after_a_failure_and_a_restart(
    filled: Cluster, webhook: Webhook
) -> None:
    webhook.refuse = 1
    expected = sorted(
        f"{text} (harbourpost.example)"
        for text in (FIRST.title, MISTAKEN.title, f"Withdrawn: {MISTAKEN.title}")
    )
    with running(filled, "alert_webhook.py", webhook.url, "nato", "Ida Falk"):
        eventually(lambda: webhook.texts() == expected, "all alerts are posted")
    later = testing.article(title="NATO returns", entities=["NATO"])
    text = f"{later.title} (harbourpost.example)"
    publish(filled, later)
    with running(filled, "alert_webhook.py", webhook.url, "nato"):
        eventually(lambda: text in webhook.texts(), "the later alert is posted")

    keys = {key for key, _ in webhook.accepted}
    assert len(keys) == 4, "an alert that is sent again after the restart has the same key"
    assert webhook.refused[0] in keys  # it was sent again under the same key
    assert all(body["entities"] == ["NATO"] for _, body in webhook.accepted)


def test_the_archive_has_the_last_revision_of_each_original(
    filled: Cluster, tmp_path: Path
) -> None:
    def titles() -> set[str]:
        if not [*tmp_path.glob("*/*.parquet")]:
            return set()
        found = duckdb.read_parquet(f"{tmp_path}/*/*.parquet", hive_partitioning=True)
        return {row[0] for row in found.filter("day = '2025-05-04'").select("title").fetchall()}

    publish(filled, FIRST, COPY)  # repeats, older than what follows them
    with running(filled, "archive_parquet.py", "run", tmp_path):
        eventually(lambda: {REVISION.title, FERRY.title} <= titles(), "all is archived")
        publish(filled, *MESSAGES)
        eventually(lambda: MISTAKEN.title not in titles(), "the retraction is archived")
    done = subprocess.run(
        [sys.executable, EXAMPLES / "archive_parquet.py", "report", tmp_path],
        capture_output=True,
        text=True,
        check=True,
    )

    assert not {FIRST.title, COPY.title, REVISED_COPY.title} & titles() - {REVISION.title}
    assert "islandtimes.example" in done.stdout
    assert "coastradio.example" not in done.stdout
    assert "NATO" in done.stdout


def test_the_index_finds_the_last_revision_and_no_withdrawn_article(
    filled: Cluster, tmp_path: Path
) -> None:
    index = tmp_path / "index.db"

    def found(*words: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, EXAMPLES / "search_index.py", "find", index, *words],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()

    with running(filled, "search_index.py", "run", index):
        eventually(lambda: len(found("NEAR(rescue oslo)")) == 2, "both articles are found")
        eventually(lambda: len(found("40 people")) == 1, "the revision is found")
        eventually(lambda: not found("leaves"), "the withdrawn article is not found")
        (copy, original) = found("rescue", "oslo")  # the shorter title is the better match

    assert copy.startswith(f"{REVISED_COPY.title} (coastradio.example) https://")
    assert original.startswith(f"{REVISION.title} (harbourpost.example) https://")
    assert "[rescue] centre near [Oslo]" in original
    assert "Ferry" in found("skarholm")[0]
