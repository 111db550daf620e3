"""The code of docs/subscribing.md runs on a real broker with the messages that the page shows."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from services.kafka.clients import producer
from tests.docs import messages
from tests.docs.snippets import Snippet, snippets
from tests.integration.harness import LIBS, PATIENCE, ROOT, Cluster

SNIPPETS = snippets()
MODULES = ROOT / ".newsloom" / "node"


@pytest.fixture(scope="module")
def filled(cluster: Cluster) -> Cluster:
    async def work() -> None:
        async with producer(cluster.bootstrap) as client:
            for one in messages.run():
                await client.send_and_wait(
                    one.topic.name, one.value, key=one.key, headers=list(one.headers)
                )

    asyncio.run(work())
    return cluster


def command(snippet: Snippet, code: str, folder: Path) -> list[str]:
    """Return the command that runs a snippet; skip the test if a program is missing."""
    if snippet.language == "python":
        return [sys.executable, "-u", "-c", code]
    if snippet.language == "sh":
        if not shutil.which("kcat"):
            pytest.skip("kcat is not installed: make test-tools")
        return ["sh", "-c", f"exec {code}"]
    if snippet.language == "java":
        if not shutil.which("javac"):
            pytest.skip("javac is not installed: make test-tools")
        (folder / "Subscriber.java").write_text(code)
        subprocess.run(
            ["javac", "-cp", f"{LIBS}/*", "Subscriber.java"],  # noqa: S607 - the installed Java
            cwd=folder,
            check=True,
        )
        return ["java", "-cp", f"{LIBS}/*:{folder}", "Subscriber"]
    assert snippet.language == "javascript"
    if not shutil.which("node") or not (MODULES / ".installed").exists():
        pytest.skip("kafkajs is not installed: make test-tools")
    script = MODULES / f"snippet-{os.getpid()}.mjs"  # beside the packages it imports
    script.write_text(code)
    return ["node", str(script)]


@pytest.mark.parametrize(
    "snippet", SNIPPETS, ids=[f"{n}-{one.language}" for n, one in enumerate(SNIPPETS)]
)
def test_the_code_on_the_page_prints_what_the_page_shows(
    filled: Cluster, snippet: Snippet, tmp_path: Path
) -> None:
    code = snippet.code.replace("localhost:9092", filled.bootstrap)
    program = subprocess.Popen(
        command(snippet, code, tmp_path),
        cwd=tmp_path,
        env={
            **os.environ,
            "NEWSLOOM_KAFKA": filled.bootstrap,
            "KAFKAJS_NO_PARTITIONER_WARNING": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []

    def listen() -> None:
        assert program.stdout is not None
        said.extend(iter(program.stdout.readline, ""))

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    deadline = time.monotonic() + PATIENCE
    while not any(snippet.prints in line for line in said):
        ended = program.poll() is not None and not listener.is_alive()
        assert not ended, f"it ended: {''.join(said)}"
        assert time.monotonic() < deadline, f"it did not print {snippet.prints!r}: {''.join(said)}"
        time.sleep(0.05)
    program.send_signal(signal.SIGKILL)
    program.wait(PATIENCE)
    listener.join(PATIENCE)
    for script in MODULES.glob(f"snippet-{os.getpid()}.mjs"):
        script.unlink()


def test_every_language_of_the_page_is_run() -> None:
    assert {one.language for one in SNIPPETS} == {"python", "sh", "java", "javascript"}
