"""The command line on the real broker, and the demo as a whole."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from typer.testing import CliRunner

from schemas.topics import ALL, RAW
from services.cli import app
from services.kafka import topic_admin
from tests.integration.harness import LIBS, PATIENCE, ROOT, Cluster, as_settings, eventually

LONG = "The ferry to the island sails again from Sunday, and the council paid for it. " * 8


@pytest.fixture(scope="module")
def published(pipeline: Cluster) -> Cluster:
    lines = [
        {"url": "https://a.example/good", "source": "a.example", "text": LONG, "title": "Ferry"},
        {"url": "https://a.example/short", "source": "a.example", "text": "Too short."},
    ]
    done = pipeline.newsloom("publish", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    assert done.returncode == 0, done.stderr
    assert "Published 2 articles, refused 0." in done.stdout
    assert done.stderr == ""
    pipeline.wait_for(lambda seen: len(seen.articles) == 2, "both have ended")
    return pipeline


def test_topics_are_listed_as_registered(cluster: Cluster) -> None:
    done = cluster.newsloom("topics", "list")

    assert done.returncode == 0
    assert done.stdout.count("as registered") == len(ALL)
    listed = cluster.newsloom("topics", "list", "--json")
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    assert {row["topic"] for row in rows if row["exists"]} == {topic.name for topic in ALL}


def test_creating_topics_again_changes_nothing(cluster: Cluster) -> None:
    done = cluster.newsloom("topics", "create")

    assert (done.returncode, done.stdout.strip()) == (0, "All topics exist already.")


def test_a_topic_that_differs_from_the_registry_is_reported_and_not_changed(
    cluster: Cluster,
) -> None:
    async def keep_raw_for(milliseconds: int) -> None:
        async with topic_admin.admin(cluster.bootstrap) as client:
            wanted = {**RAW.config(), "retention.ms": str(milliseconds)}
            resource = ConfigResource(ConfigResourceType.TOPIC, RAW.name, wanted)
            await client.alter_configs([resource])

    asyncio.run(keep_raw_for(1234))
    try:
        done = cluster.newsloom("topics", "create")
        again = cluster.newsloom("topics", "list")
    finally:
        asyncio.run(keep_raw_for(int(RAW.config()["retention.ms"])))

    assert done.returncode == 1
    assert "newsloom.articles.raw differs: retention.ms=1234, registry says" in done.stdout
    assert "retention.ms=1234" in again.stdout


def test_doctor_finds_no_fault(cluster: Cluster) -> None:
    (cluster.home / "kafka").mkdir(exist_ok=True)
    link = cluster.home / "kafka" / "libs"
    if not link.exists():
        link.symlink_to(LIBS)

    done = cluster.newsloom("doctor")

    assert done.returncode == 0, done.stdout
    assert "✗" not in done.stdout


def test_watch_prints_messages_as_json(published: Cluster) -> None:
    done = published.newsloom("watch", "--json", "--from-start", "--count", "2")

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["topic"] for row in rows} == {"newsloom.articles.enriched", "newsloom.stories"}
    (article,) = [row for row in rows if row["topic"].endswith("enriched")]
    assert article["value"]["title"] == "Ferry"
    assert article["headers"]["ce_id"]
    assert done.stderr == ""


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_watch_ends_quietly_when_its_reader_ends(published: Cluster, form: list[str]) -> None:
    """As in `newsloom watch | head -1`; a second message finds the pipe closed."""
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "services", "watch", "--from-start", *form],
        env=published.environment(),
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writer)
    os.close(reader)
    _, errors = process.communicate(timeout=PATIENCE)

    assert (process.returncode, errors) == (1, "")


def test_watch_prints_messages_as_text(published: Cluster) -> None:
    done = published.newsloom("watch", "--from-start", "--count", "2")

    assert "original" in done.stdout
    assert "Ferry" in done.stdout
    assert done.stderr == ""


def test_dead_letters_are_listed_shown_and_redriven_once(published: Cluster) -> None:
    listed = published.newsloom("dead-letters", "list", "--since", "1h")
    assert "too_short" in listed.stdout
    assert (
        "There are no such dead letters."
        in published.newsloom("dead-letters", "list", "--until", "1d").stdout
    )
    letter_id = listed.stdout.split()[-1]
    (group,) = published.newsloom("dead-letters", "list", "--json").stdout.splitlines()
    assert json.loads(group)["example"] == letter_id
    assert json.loads(group)["count"] == 1

    shown = published.newsloom("dead-letters", "show", letter_id)
    assert "Too short." in shown.stdout
    assert shown.stderr == ""
    assert "ce_type: newsloom.article.raw.v1" in shown.stdout
    original = published.newsloom("dead-letters", "show", letter_id, "--original")
    assert json.loads(original.stdout)["text"] == "Too short."

    redrive = ("dead-letters", "redrive", "--reason", "too_short", "--stage", "cleaning")
    dry = published.newsloom(*redrive)
    assert "1 would be sent" in dry.stdout
    sent = published.newsloom(*redrive, "--id", letter_id, "--send")
    assert "Sent 1 message." in sent.stdout

    found = published.wait_for(lambda seen: len(seen.dead_letters) == 2, "it ended again")
    first, second = (letter for letter, _ in found.dead_letters)
    assert (first.attempts, second.attempts) == (1, 2)
    assert found.dead_letters[0][1].value == found.dead_letters[1][1].value
    assert first.partition == second.partition
    dry = published.newsloom(*redrive)
    assert "1 would be sent" in dry.stdout, "the second; the first went already"
    assert "Not sent: 1 sent by an earlier redrive" in dry.stderr


def test_a_missing_dead_letter_is_reported(published: Cluster) -> None:
    done = published.newsloom("dead-letters", "show", "nothing")

    assert done.returncode == 1
    assert "There is no dead letter 'nothing'" in done.stderr


def test_newsloom_run_supervises_all_stages_and_stops_cleanly(cluster: Cluster) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "services", "run", "cleaning", "dedup"],
        env=cluster.environment(NEWSLOOM_HTTP_PORT="0"),
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )
    supervisor = psutil.Process(process.pid)
    eventually(lambda: len(supervisor.children()) == 2, "both stages start")
    children = supervisor.children()
    process.send_signal(signal.SIGTERM)

    assert process.wait(PATIENCE) == 0
    assert not [child for child in children if child.is_running()]


def _ours(home: Path) -> list[str]:
    """Return the processes whose command line contains the demo's folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        words = " ".join(process.info["cmdline"] or [])
        environment = (process.info["environ"] or {}).get("NEWSLOOM_HOME", "")
        if str(home) in words or str(home) in environment:
            found.append(words)
    return found


@pytest.mark.parametrize("ending", ["by itself", "Ctrl-C", "kept"])
def test_the_demo_leaves_no_process_and_no_folder_behind(tmp_path: Path, ending: str) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in (
        "001-ferry-reopens-skarholm.html",
        "003-ferry-islandtimes.html",
        "037-login-page.html",
    ):
        (articles / name).write_bytes((ROOT / "samples" / "articles" / name).read_bytes())
    home = tmp_path / "tmp"
    home.mkdir()
    keep = ["--keep"] if ending == "kept" else []
    process = subprocess.Popen(
        [sys.executable, "-m", "services", "demo", str(articles), *keep],
        env={**os.environ, "TMPDIR": str(home), "COLUMNS": "160", "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = ""
    if ending == "Ctrl-C":
        eventually(lambda: len(_ours(home)) >= 4, "broker and workers run", every=0.2)
        process.send_signal(signal.SIGINT)
    elif ending == "kept":
        assert process.stdout
        while "newsloom check" not in said and (line := process.stdout.readline()):
            said += line
        (address,) = re.findall("export NEWSLOOM_KAFKA=(.*)", said)
        with as_settings({"NEWSLOOM_KAFKA": address.split()[0], "NEWSLOOM_HOME": str(home)}):
            checked = CliRunner().invoke(app, ["check"])
        assert "The delivery guarantee holds." in checked.output
        process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=PATIENCE)
    said += rest

    assert process.returncode == (130 if ending == "Ctrl-C" else 0), errors
    assert "Traceback" not in errors
    assert _ours(home) == []
    assert list(home.iterdir()) == []
    if ending != "Ctrl-C":
        assert "articles in   3 articles" in said
        assert "Ferry line to Skarholm reopens" in said
        assert "The delivery guarantee holds" in said
