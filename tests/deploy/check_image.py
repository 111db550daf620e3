"""Test the image without a container engine: `make check-image`.

The steps of the Dockerfile are run in a plain folder. The result runs on a real broker as the
image's user, as process 1, on a read-only root. It is not part of `make test` because it
installs all packages again. It prints sizes and times, and writes them to
build/reports/image.json.
"""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest

from schemas.topics import ENRICHED
from services.kafka import development_broker
from services.kafka.ports import free_port
from services.kafka.topic_admin import admin, states
from services.processing.stages import PARTS
from tests.deploy import dockerfile, plain_folder
from tests.deploy.plain_folder import Image
from tests.integration.harness import LIBS, Cluster, eventually, get
from tests.quality import report

ROOT = Path(__file__).parents[2]
MB = 1_000_000

pytestmark = [pytest.mark.broker, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The image that the Dockerfile builds."""
    stages = dockerfile.parse((ROOT / "deploy" / "Dockerfile").read_text())
    return plain_folder.build(stages, ROOT, tmp_path_factory.mktemp("image"))


@pytest.fixture(scope="module")
def cluster(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A broker with the topics that `topics create` of the image has created."""
    assert LIBS.is_dir(), "the jars of Kafka are missing: run `make kafka`"
    home = tmp_path_factory.mktemp("cluster")
    started = Cluster(home, development_broker.start(home / "broker", LIBS))
    try:
        with container(image, started, "topics", "create"):
            pass
        yield started
    finally:
        development_broker.stop(home / "broker")


@contextmanager
def container(
    image: Image, cluster: Cluster, *arguments: str, **settings: str
) -> Iterator[psutil.Process]:
    """Start the entry point with arguments as a container engine does; yield process 1."""
    home, tmp = image.path("/var/lib/newsloom"), image.path("/tmp")
    command = [*image.command("ENTRYPOINT"), *arguments]
    confined = plain_folder.confined(image, command, [home, tmp])
    environment = {
        **image.environment,
        "NEWSLOOM_HTTP_HOST": "127.0.0.1",
        "NEWSLOOM_KAFKA": cluster.bootstrap,
        **settings,
    }
    output = cluster.home / f"{arguments[0]}.log"
    with output.open("ab") as log:
        started = subprocess.Popen(
            confined or command, env=environment, cwd=home, stdout=log, stderr=log
        )
    try:
        yield _first_process(started.pid) if confined else psutil.Process(started.pid)
        status = started.wait(30)
        assert status == 0, output.read_text()[-3000:]
    finally:
        started.kill()
        started.wait()


def _first_process(outside: int) -> psutil.Process:
    """Return the child of `unshare`, which is process 1 in its namespace."""
    deadline = time.monotonic() + 10
    while not (children := psutil.Process(outside).children()):
        assert time.monotonic() < deadline, "the confined process did not start"
        time.sleep(0.005)
    return children[0]


def healthcheck(image: Image, port: str) -> int:
    """Return the exit status of the image's HEALTHCHECK."""
    step = image.stage.of("HEALTHCHECK")[-1]
    check = dockerfile.Step("CMD", step.rest.split("CMD ", 1)[1])
    done = subprocess.run(
        check.words(),
        env={**image.environment, "NEWSLOOM_HTTP_PORT": port},
        capture_output=True,
        check=False,
    )
    return done.returncode


def test_the_image_creates_the_topics(cluster: Cluster) -> None:
    async def look() -> list[str]:
        async with admin(cluster.bootstrap) as client:
            return [state.topic.name for state in await states(client) if not state.exists]

    assert asyncio.run(look()) == []


def test_the_stages_of_the_image_process_articles_and_end_on_sigterm(
    image: Image, cluster: Cluster
) -> None:
    """Only the state folder and /tmp are written."""
    figures: dict[str, float | int | str] = {}
    if plain_folder.confined(image, ["true"], []) is None:
        report.progress("not confined: this machine allows no mount namespaces")
    pages = [str(path) for path in (ROOT / "samples" / "articles").glob("*.html")]
    with ExitStack() as running:
        for stage in (*PARTS, "dedup"):  # two dedup workers share the volume
            running.enter_context(_stage(image, cluster, stage, figures))
        with container(image, cluster, "publish", *pages):
            pass
        eventually(lambda: len(cluster.stored(ENRICHED.name)) >= 30, "articles come out", 60)

    state = image.path("/var/lib/newsloom/state/dedup")
    assert {path.name for path in state.iterdir() if path.is_dir()} == {"0", "1"}

    figures["mb_without_base"] = round(sum(image.bytes().values()) / MB)
    report.show("The image", ("figure", "value"), list(figures.items()))
    report.write("image", figures)


def test_a_container_can_write_only_its_state_and_tmp(image: Image) -> None:
    """The other tests rely on this."""
    places = ["/opt/newsloom", "/var/lib", "/var/lib/newsloom", "/tmp"]
    home, tmp = image.path("/var/lib/newsloom"), image.path("/tmp")

    def writes(place: str) -> bool:
        command = ["touch", str(image.path(place) / "probe")]
        confined = plain_folder.confined(image, command, [home, tmp])
        if confined is None:
            pytest.skip("this machine allows no mount namespaces")
        return subprocess.run(confined, capture_output=True, check=False).returncode == 0

    assert [place for place in places if writes(place)] == ["/var/lib/newsloom", "/tmp"]


@contextmanager
def _stage(
    image: Image, cluster: Cluster, stage: str, figures: dict[str, float | int | str]
) -> Iterator[None]:
    port = str(free_port())
    began = time.monotonic()
    with container(image, cluster, "run", stage, NEWSLOOM_HTTP_PORT=port) as process:
        eventually(lambda: get(int(port), "/livez")[0] == 200, f"{stage} lives", 60)
        figures[f"{stage}.seconds_to_live"] = round(time.monotonic() - began, 1)
        eventually(lambda: get(int(port), "/readyz") == (200, "ok"), f"{stage} is ready", 60)
        figures[f"{stage}.seconds_to_ready"] = round(time.monotonic() - began, 1)
        assert healthcheck(image, port) == 0
        yield
        figures[f"{stage}.mb_resident"] = round(process.memory_info().rss / MB)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        process.wait(30)
        figures[f"{stage}.seconds_to_end"] = round(time.monotonic() - began, 1)


def test_a_dead_worker_fails_the_health_check(image: Image) -> None:
    assert healthcheck(image, str(free_port())) != 0


@pytest.mark.parametrize("seconds", [0, 0.8, 2])
def test_sigterm_while_models_load_ends_the_container(
    image: Image, cluster: Cluster, seconds: float
) -> None:
    """Process 1 ignores a signal that it has no handler for."""
    with container(image, cluster, "run", "tagging", NEWSLOOM_HTTP_PORT="0") as process:
        eventually(lambda: _catches(process, signal.SIGTERM), "SIGTERM is caught", 10)
        time.sleep(seconds)
        process.send_signal(signal.SIGTERM)


def _catches(process: psutil.Process, number: int) -> bool:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    (caught,) = re.findall(r"^SigCgt:\s+([0-9a-f]+)$", status, re.MULTILINE)
    return bool(int(caught, 16) >> (number - 1) & 1)
