"""Workers on one disk never open the tables of another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CLAIM = (
    "import sys, pathlib; from services.faust_adapter import state_directory_lock;"
    "print(state_directory_lock.claim(pathlib.Path(sys.argv[1])), flush=True); sys.stdin.read()"
)


def claimed_by_a_new_process(parent: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", CLAIM, str(parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_each_process_has_its_own_folder_and_takes_over_that_of_an_ended_one(
    tmp_path: Path,
) -> None:
    first, one = claimed_by_a_new_process(tmp_path / "state")
    second, two = claimed_by_a_new_process(tmp_path / "state")
    first.kill()
    first.communicate()
    third, three = claimed_by_a_new_process(tmp_path / "state")
    for process in (second, third):
        process.communicate("")

    assert one.is_dir()
    assert two.is_dir()
    assert one != two
    assert three == one
