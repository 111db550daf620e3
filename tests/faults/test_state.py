"""Dedup rebuilds its state and sends correct results after its disk is lost, damaged or full."""

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

from tests.faults import results, run_size
from tests.faults.run_size import sized
from tests.faults.worker_pool import (
    LoadGenerator,
    WorkerPool,
    assert_same_results_as_without_faults,
    endless_records,
    log_text,
    raw_records,
    wait_for_more,
)
from tests.integration.harness import PATIENCE, eventually

DISK_MIB = 32
"""Space for the empty tables of all partitions and for the rows of this load, in MiB."""


def delete(state: Path, _: random.Random) -> None:
    shutil.rmtree(state)


def truncate(state: Path, rng: random.Random) -> None:
    """Truncate every file of the tables to a random size."""
    for path in state.rglob("*"):
        if path.is_file() and ".db" in str(path) and path.stat().st_size:
            os.truncate(path, rng.randrange(path.stat().st_size))


def garble(state: Path, rng: random.Random) -> None:
    """Overwrite 50 bytes at a random position of every file of the tables."""
    for path in state.rglob("*"):
        if path.is_file() and ".db" in str(path) and path.stat().st_size > 100:
            content = bytearray(path.read_bytes())
            at = rng.randrange(len(content) - 50)
            content[at : at + 50] = rng.randbytes(50)
            path.write_bytes(content)


@pytest.mark.parametrize(
    "damages",
    sized([[delete, truncate, garble]], [[how] * 5 for how in (delete, truncate, garble)]),
    ids=lambda damages: damages[0].__name__ if run_size.FULL else "all",
)
def test_a_damaged_state_is_rebuilt_from_the_changelog(
    pool: WorkerPool, damages: list[Callable[[Path, random.Random], None]]
) -> None:
    began = time.monotonic()
    names = " ".join(dict.fromkeys(how.__name__ for how in damages))
    rng = run_size.chance(names)
    *_, worker = pool.start()
    with LoadGenerator(pool.cluster.bootstrap, endless_records(names), 60.0, least=0):
        for damage in damages:
            wait_for_more(worker, int(sized(60, 300) * rng.uniform(0.5, 1.5)))
            worker.end(signal.SIGKILL)
            damage(pool.cluster.home / "state" / "dedup", rng)
            (worker,) = pool.start("dedup")
    pool.wait_until_caught_up()

    report = pool.check()
    assert pool.restarts == 0, "a worker ended without being stopped"
    assert_same_results_as_without_faults(pool.cluster)
    results.note(f"dedup's state: {names} × {len(damages)}", began, report)


def test_a_state_folder_that_cant_be_written_is_reported(pool: WorkerPool) -> None:
    """A file takes the place of the folder, because root may write to any folder."""
    began = time.monotonic()
    pool.start("cleaning", "tagging")
    pool.end("dedup")
    folder = pool.cluster.home / "state" / "dedup"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("in the way")
    closed = pool.launch("dedup")
    assert closed.process.wait(PATIENCE) != 0
    log = closed.log_tail()
    assert "Traceback" not in log
    assert str(folder) in log

    folder.unlink()
    pool.start("dedup")
    with LoadGenerator(pool.cluster.bootstrap, raw_records(sized(60, 1000), "closed"), 60.0):
        pass
    pool.wait_until_caught_up()
    report = pool.check()
    assert_same_results_as_without_faults(pool.cluster)
    results.note("dedup's state: a folder that can't be written", began, report)


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Mount a file system of `DISK_MIB` MiB in memory."""
    folder = tmp_path_factory.mktemp("disk")
    options = ["-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs"]
    mounted = subprocess.run(
        ["mount", *options, str(folder)],  # noqa: S607 - the system's mount
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small file system can't be mounted here: it needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 - as above


def test_a_full_disk_stops_dedup_and_nothing_wrong_is_sent(
    pool: WorkerPool, small_disk: Path
) -> None:
    began = time.monotonic()
    pool.end("dedup")
    state = pool.cluster.home / "state"
    state.mkdir(exist_ok=True)
    subprocess.run(["mount", "--bind", str(small_disk), str(state)], check=True)  # noqa: S607 - as above
    try:
        ballast = state / "ballast"
        *_, worker = pool.start()
        with LoadGenerator(pool.cluster.bootstrap, endless_records("full disk"), 60.0, least=0):
            wait_for_more(worker, sized(60, 600))
            fill_disk(ballast)
            eventually(lambda: worker.process.poll() is not None, "it stops")
            assert "No space left on device" in log_text(worker)
            ballast.unlink()
            pool.start("dedup")
        pool.wait_until_caught_up()
        report = pool.check()
        assert_same_results_as_without_faults(pool.cluster)
    finally:
        try:
            pool.end("dedup")
        finally:
            for worker in pool.of("dedup"):  # workers that are still running after a failed test
                worker.end(signal.SIGKILL)
            subprocess.run(["umount", "-l", str(state)], check=True)  # noqa: S607 - as above
    results.note("dedup's state: disk full", began, report, worker_restarts=pool.restarts)


def fill_disk(ballast: Path) -> None:
    """Write to the file until the disk is full."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return
