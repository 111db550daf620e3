"""The disk of dedup is lost, damaged, closed or full: no wrong answer, and all is rebuilt."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import plan, results
from tests.faults.crew import (
    Crew,
    Load,
    assert_answers_as_without_faults,
    raw_records,
    said_by,
)
from tests.faults.plan import sized
from tests.integration.harness import eventually

DISK_MIB = 32
"""Room for the empty tables of all partitions, and for what this load adds."""


def delete(state: Path, _: random.Random) -> None:
    shutil.rmtree(state)


def truncate(state: Path, rng: random.Random) -> None:
    """Every file of the tables ends somewhere in its middle."""
    for path in state.rglob("*"):
        if path.is_file() and ".db" in str(path) and path.stat().st_size:
            os.truncate(path, rng.randrange(path.stat().st_size))


def garble(state: Path, rng: random.Random) -> None:
    """Bytes in the middle of every file are others."""
    for path in state.rglob("*"):
        if path.is_file() and ".db" in str(path) and path.stat().st_size > 100:
            content = bytearray(path.read_bytes())
            at = rng.randrange(len(content) - 50)
            content[at : at + 50] = rng.randbytes(50)
            path.write_bytes(content)


@pytest.mark.parametrize(
    "damages",
    sized([[delete, truncate, garble]], [[how] * 5 for how in (delete, truncate, garble)]),
    ids=lambda damages: damages[0].__name__ if plan.FULL else "all",
)
def test_a_damaged_state_is_rebuilt_from_the_changelog(
    crew: Crew, damages: list[Callable[[Path, random.Random], None]]
) -> None:
    began = time.monotonic()
    number, names = 6000, " ".join(dict.fromkeys(how.__name__ for how in damages))
    rng = plan.chance(names)
    *_, worker = crew.start()
    with Load(crew.cluster.bootstrap, raw_records(number, names), 60.0) as load:
        for damage in damages:
            time.sleep(sized(1, 5) * rng.uniform(0.5, 1.5))
            worker.end(signal.SIGKILL)
            damage(crew.cluster.home / "state" / "dedup", rng)
            (worker,) = crew.start("dedup")
        load.enough()
    crew.caught_up(sized(120, 300))

    report = crew.check()
    assert crew.restarts == 0, "a worker ended by itself"
    assert_answers_as_without_faults(crew.cluster)
    results.note(f"dedup's state: {names} × {len(damages)}", began, report)


def test_a_state_folder_that_cant_be_written_is_said(crew: Crew) -> None:
    """A file lies in the folder's place: root may write anywhere else. Then it is cleared."""
    began = time.monotonic()
    crew.start("cleaning", "tagging")
    crew.end("dedup")
    folder = crew.cluster.home / "state" / "dedup"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("in the way")
    closed = crew.launch("dedup")
    assert closed.process.wait(60) != 0
    said = closed.last_words()
    assert "Traceback" not in said
    assert str(folder) in said

    folder.unlink()
    crew.start("dedup")
    with Load(crew.cluster.bootstrap, raw_records(sized(60, 1000), "closed"), 60.0):
        pass
    crew.caught_up(120)
    report = crew.check()
    assert_answers_as_without_faults(crew.cluster)
    results.note("dedup's state: a folder that can't be written", began, report)


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system of a few MiB in memory."""
    folder = tmp_path_factory.mktemp("disk")
    options = ["-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs"]
    mounted = subprocess.run(
        ["mount", *options, str(folder)],  # noqa: S607 - whatever mount there is
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small file system can't be mounted here: it needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 - as above


def test_a_full_disk_stops_dedup_and_nothing_wrong_is_sent(crew: Crew, small_disk: Path) -> None:
    began = time.monotonic()
    crew.end("dedup")
    state = crew.cluster.home / "state"
    state.mkdir(exist_ok=True)
    subprocess.run(["mount", "--bind", str(small_disk), str(state)], check=True)  # noqa: S607 - as above
    try:
        ballast = state / "ballast"
        *_, worker = crew.start()
        with Load(crew.cluster.bootstrap, raw_records(6000, "full disk"), 60.0) as load:
            time.sleep(sized(1, 10))
            fill(ballast)
            eventually(lambda: worker.process.poll() is not None, "it stops", 60)
            assert "No space left on device" in said_by(worker)
            ballast.unlink()
            crew.start("dedup")
            load.enough()
        crew.caught_up(sized(120, 300))
        report = crew.check()
        assert_answers_as_without_faults(crew.cluster)
    finally:
        try:
            crew.end("dedup")
        finally:
            for worker in crew.of("dedup"):  # one that did not end in good order
                worker.end(signal.SIGKILL)
            subprocess.run(["umount", "-l", str(state)], check=True)  # noqa: S607 - as above
    results.note("dedup's state: disk full", began, report, worker_restarts=crew.restarts)


def fill(ballast: Path) -> None:
    """Write until the disk is full."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return
