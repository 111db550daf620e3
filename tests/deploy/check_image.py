"""Test the image without a container engine: `make check-image`.

The steps of the Dockerfile are run in a plain folder. The result runs on a real broker as the
image's user, with the init as process 1, on a read-only root. It is not part of `make test` because
it installs all packages again. It prints sizes and times, and writes them to
build/reports/image.json.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
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
from tests.integration.harness import LIBS, PATIENCE, Cluster, eventually, get
from tests.quality import report

ROOT = Path(__file__).parents[2]
MB = 1_000_000

pytestmark = [pytest.mark.broker, pytest.mark.timeout(7200)]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The image that the Dockerfile builds."""
    if shutil.which("tini") is None:
        pytest.skip("tini is not installed: make test-tools")
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
    image: Image,
    cluster: Cluster,
    *arguments: str,
    ends_with: tuple[int, ...] = (0,),
    **settings: str,
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the entry point with arguments as a container engine does."""
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
        yield started
        status = started.wait(PATIENCE)
        assert status in ends_with, f"{status}: {output.read_text()[-3000:]}"
    finally:
        started.kill()
        started.wait()


def init_of(started: subprocess.Popen[bytes]) -> psutil.Process:
    """Wait until the init has started its program: it awaits signals from before that on."""
    found: list[psutil.Process] = []

    def runs() -> bool:
        assert started.poll() is None, "the container has ended"
        own = psutil.Process(started.pid)
        found[:] = [one for one in (own, *own.children()) if _is_parent(one, "tini")]
        return bool(found)

    eventually(runs, "the init runs its program", every=0.005)
    return found[0]


def _is_parent(process: psutil.Process, name: str) -> bool:
    try:
        return process.name() == name and bool(process.children())
    except psutil.NoSuchProcess:
        return False


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
        eventually(lambda: len(cluster.stored(ENRICHED.name)) >= 30, "articles come out")

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
    with container(image, cluster, "run", stage, NEWSLOOM_HTTP_PORT=port) as started:
        process = init_of(started)
        eventually(lambda: get(int(port), "/livez")[0] == 200, f"{stage} lives")
        figures[f"{stage}.seconds_to_live"] = round(time.monotonic() - began, 1)
        eventually(lambda: get(int(port), "/readyz") == (200, "ok"), f"{stage} is ready")
        figures[f"{stage}.seconds_to_ready"] = round(time.monotonic() - began, 1)
        eventually(lambda: healthcheck(image, port) == 0, f"{stage} passes the health check")
        yield
        (worker,) = process.children()
        figures[f"{stage}.mb_resident"] = round(worker.memory_info().rss / MB)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        process.wait(PATIENCE)
        figures[f"{stage}.seconds_to_end"] = round(time.monotonic() - began, 1)


def test_a_dead_worker_fails_the_health_check(image: Image) -> None:
    assert healthcheck(image, str(free_port())) != 0


def _at_once(process: psutil.Process, port: int) -> bool:
    return True


def _once_it_catches_sigterm(process: psutil.Process, port: int) -> bool:
    return any(_catches(child, signal.SIGTERM) for child in process.children())


def _once_it_lives(process: psutil.Process, port: int) -> bool:
    return get(port, "/livez")[0] == 200


@pytest.mark.parametrize("moment", [_at_once, _once_it_catches_sigterm, _once_it_lives])
def test_sigterm_while_it_starts_ends_the_container(
    image: Image, cluster: Cluster, moment: Callable[[psutil.Process, int], bool]
) -> None:
    """Before Python has a handler, the signal ends it: status 143, as for any program."""
    port = free_port()
    ends_with = (0, 143) if moment is _at_once else (0,)  # a slow test may be late for 143
    settings = {"NEWSLOOM_HTTP_PORT": str(port)}
    command = ("run", "tagging")
    with container(image, cluster, *command, ends_with=ends_with, **settings) as started:
        process = init_of(started)
        eventually(lambda: moment(process, port), moment.__name__, every=0.005)
        process.send_signal(signal.SIGTERM)


def _catches(process: psutil.Process, number: int) -> bool:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    (caught,) = re.findall(r"^SigCgt:\s+([0-9a-f]+)$", status, re.MULTILINE)
    return bool(int(caught, 16) >> (number - 1) & 1)
