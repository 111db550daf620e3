"""The command line, started as a program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def test_python_can_run_it_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "services", "run", "weaving"],
        env={**os.environ, "NEWSLOOM_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 1
    assert "There is no stage 'weaving'" in done.stderr


HEAVY = {
    "aiokafka",
    "faust",
    "numpy",
    "prometheus_client",
    "pydantic",
    "spacy",
    "structlog",
    "yaml",
}
PRINT_IMPORTED = """
import sys
from services.__main__ import main
try:
    main()
finally:
    sys.stderr.write(" ".join({name.partition(".")[0] for name in sys.modules}))
"""


def imported_by(*arguments: str) -> set[str]:
    """Return the top-level packages that a command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT_IMPORTED, *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]], ids=lambda words: words[0])
def test_help_and_version_import_no_heavy_package(arguments: list[str]) -> None:
    assert imported_by(*arguments) & HEAVY == set()


def test_a_command_imports_no_model_and_no_worker() -> None:
    imported = imported_by("watch", "--help")

    assert "aiokafka" in imported
    assert imported & {"faust", "numpy", "prometheus_client", "spacy", "structlog"} == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["settings"],
        ["--help"],
        ["topics", "--help"],
        ["--version"],
        ["topics", "acls", "dedup", "u"],
    ],
    ids=" ".join,
)
def test_a_closed_pipe_ends_a_command_quietly(arguments: list[str], tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "services", *arguments],
            env={**os.environ, "NEWSLOOM_HOME": str(tmp_path)},
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            timeout=300,
            check=False,
        )
    finally:
        os.close(writer)

    assert done.stderr == ""
    assert done.returncode in (0, 1)
