"""Damaged table files neither hang nor crash a worker, and no row is lost without an error.

A probe process first opens each table, with a limit of `PROBE_SECONDS`. Tables that pass the
probe are opened for writing and read completely, as a worker does.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from services.faust_adapter.rocksdb_probe import find_unopenable
from tests.faults import garbled_tables, run_size
from tests.faults.run_size import sized
from tests.integration.harness import ROOT

PROBE_SECONDS = 5.0
READ_SECONDS = 60.0
"""Time limit for reading a table of 400 rows. A read that takes longer counts as endless."""


def test_garbled_tables_are_dropped_or_read_without_a_hang(tmp_path: Path) -> None:
    chance = run_size.chance("garbled")
    base = garbled_tables.make_table(tmp_path / "base")
    damages: dict[Path, str] = {}
    shortened: set[Path] = set()
    for number in range(sized(20, 100)):
        folder = tmp_path / "garbled" / f"{number:03}"
        shutil.copytree(base, folder)
        damages[folder] = garbled_tables.garble(folder, number, chance)
        if damages[folder] == "MANIFEST* truncate" or garbled_tables.has_shortened_manifest(folder):
            shortened.add(folder)

    dropped = find_unopenable(tmp_path / "garbled", PROBE_SECONDS)
    opened = [folder for folder in damages if not any(folder in at.parents for at in dropped)]
    results = read_as_a_worker(opened)

    for folder, line in results.items():
        print(f"{damages[folder]}: {line}")  # noqa: T201 - pytest shows it on failure
    print(f"{len(dropped)} of {len(damages)} dropped, seed {run_size.SEED}")  # noqa: T201 - as above
    wrong = [
        (damages[folder], line)
        for folder, line in results.items()
        # A MANIFEST that ends early describes an older state of the table: see the limits in
        # docs/reliability.md.
        if line.startswith("wrong") and folder not in shortened
    ]
    assert not wrong


def read_as_a_worker(folders: list[Path]) -> dict[Path, str]:
    """Read the tables in another process; fail the test if it hangs or crashes on one of them."""
    command = [sys.executable, "-m", "tests.faults.garbled_tables", str(READ_SECONDS)]
    done = subprocess.run(
        [*command, *map(str, folders)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    begin = garbled_tables.RESULT
    results = [line.removeprefix(begin) for line in done.stdout.splitlines() if begin in line[:20]]
    assert done.returncode == 0, f"{folders[len(results) :][:1]} {done.returncode}: {done.stderr}"
    return dict(zip(folders, results, strict=True))
