"""Build the last release from the repository's history, to run its workers.

The release has the same command line and the same settings. Its workers can therefore use the
same broker, consumer groups and dedup state folder as the workers of this version.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.harness import ROOT

VERSION = "0.1.0"
COMMIT = "a6826d98b599144e4d547d66ffe60ce6304c2357"
"""The last commit of the release."""
MODULE = "tests.faults.stub"
"""The module of the release that corresponds to `fault_worker.py`."""
_FOLDER = ROOT / ".newsloom" / "releases" / COMMIT


def source() -> Path:
    """Return the folder of the release's source and compiled modules; build it on first use.

    Its programs run with the installed packages. Skips the test if this folder is not a clone of
    the repository, or if the history of the clone does not include the release.
    """
    _FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with (_FOLDER.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several processes may run tests
        if not (_FOLDER / ".compiled").exists():
            _build()
        _name_distribution()
    return _FOLDER


def _name_distribution() -> None:
    """Let the release find its own version: its distribution is called `newsloom`."""
    metadata = _FOLDER / f"newsloom-{VERSION}.dist-info" / "METADATA"
    metadata.parent.mkdir(exist_ok=True)
    metadata.write_text(f"Metadata-Version: 2.1\nName: newsloom\nVersion: {VERSION}\n")


def _build() -> None:
    git = ["git", "-C", str(ROOT)]
    known = [*git, "cat-file", "-e", f"{COMMIT}^{{tree}}"]
    if subprocess.run(known, capture_output=True, check=False).returncode:
        pytest.skip(
            f"release {VERSION} is not in the history of this folder: git fetch --unshallow"
        )
    _FOLDER.mkdir(exist_ok=True)
    archive = subprocess.run([*git, "archive", COMMIT], capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(_FOLDER)], input=archive.stdout, check=True)  # noqa: S607
    subprocess.run(
        [sys.executable, "hatch_build.py"],
        cwd=_FOLDER,
        env={**os.environ, "CFLAGS": "-O0"},  # compiles much faster
        capture_output=True,
        check=True,
    )
    (_FOLDER / ".compiled").touch()
