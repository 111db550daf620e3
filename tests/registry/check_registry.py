"""`newsloom schemas register` with a real registry: `make check-registry`.

It is not part of `make test`, because the registry is a large download.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.contract import schema_registry
from services.contract.json_schemas import schema
from services.kafka.ports import free_port
from tests.integration.harness import PATIENCE, eventually

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".newsloom" / "registry"

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start an empty registry on a free loopback port, with its data in memory."""
    (jar,) = FOLDER.glob("apicurio-registry-app-*-runner.jar")
    port = free_port()
    log = tmp_path_factory.mktemp("registry") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [  # noqa: S607 - the system's java
                "java",
                "-Xmx400m",
                "-Dquarkus.http.host=127.0.0.1",
                f"-Dquarkus.http.port={port}",
                "-jar",
                str(jar),
            ],
            cwd=FOLDER,
            stdout=output,
            stderr=output,
        )
    url = f"http://127.0.0.1:{port}/apis/ccompat/v7"
    try:
        eventually(lambda: ask(f"{url}/subjects") is not None, "the registry answers")
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def ask(url: str) -> Any:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own address
            return json.load(answer)
    except OSError:
        return None


def newsloom(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_every_schema_is_registered_unchanged_and_once_and_a_refusal_is_reported(
    registry: str,
) -> None:
    first = newsloom("schemas", "register", "--registry", registry, "--compatibility", "BACKWARD")
    again = newsloom("schemas", "register", "--registry", registry)

    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    wanted = dict(schema_registry.subjects())
    assert set(ask(f"{registry}/subjects")) == set(wanted)
    for subject, topic in wanted.items():
        assert f"{subject} registered, id" in first.stdout
        assert f"{subject} is there already, id" in again.stdout
        assert ask(f"{registry}/subjects/{subject}/versions") == [1]
        stored = ask(f"{registry}/subjects/{subject}/versions/1")
        assert stored["schemaType"] == "JSON"
        assert json.loads(stored["schema"]) == schema(topic)
        level = ask(f"{registry}/config/{subject}")
        assert "BACKWARD" in level.values()

    # A request that the registry refuses is reported in one sentence.
    refused = newsloom("schemas", "register", "--registry", registry, "--compatibility", "SOMEHOW")

    assert refused.returncode == 1
    assert "The registry at" in refused.stderr
    assert "Traceback" not in refused.stderr
