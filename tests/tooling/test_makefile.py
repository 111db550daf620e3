"""`make setup` and `make kafka` report in one sentence what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "make", "echo", "rm", "touch", "mkdir", "cat", "test")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of the set-up files in a folder where only basic programs exist."""
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (tmp_path / "bin" / tool).symlink_to(found)
    projects = ("pyproject.toml", "client/pyproject.toml", "hatch_build.py", ".python-version")
    for name in ("Makefile", "services/kafka/kafka_jars.lock", *projects):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).touch()
    return tmp_path


def program(folder: Path, name: str, script: str) -> None:
    path = folder / "bin" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def make(folder: Path, target: str) -> tuple[int, str]:
    done = subprocess.run(
        ["make", "-s", target],  # noqa: S607 - whatever make there is
        cwd=folder,
        env={"PATH": str(folder / "bin"), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("target", "there", "said"),
    [
        ("setup", {}, "Python 3 is not installed"),
        ("setup", {"python3": "exit 1"}, "install venv (Debian: apt-get install python3-venv)"),
    ],
    ids=["python", "venv"],
)
def test_a_missing_program_is_reported_with_what_to_install(
    bare: Path, target: str, there: dict[str, str], said: str
) -> None:
    for name, script in there.items():
        program(bare, name, script)

    status, text = make(bare, target)

    assert status != 0
    assert said in text


def test_a_missing_compiler_is_reported_before_anything_is_downloaded(bare: Path) -> None:
    uv = bare / ".uv" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.touch()

    status, text = make(bare, "setup")

    assert status != 0
    assert text == "No C compiler is installed (Debian: apt-get install gcc python3-dev).\n"


def test_a_failed_download_starts_again_the_next_time(bare: Path) -> None:
    """A half-finished folder of jars is not taken for complete."""
    program(bare, "../.venv/bin/newsloom", "echo The jars could not be downloaded.; exit 1")
    for installed in (".uv/bin/uv", ".venv/.installed"):
        (bare / installed).parent.mkdir(parents=True, exist_ok=True)
        (bare / installed).touch()

    status, text = make(bare, "kafka")

    assert status != 0
    assert "The jars could not be downloaded." in text
    assert not (bare / ".newsloom" / "kafka" / "libs" / ".resolved").exists()


def test_the_audit_is_skipped_with_a_message_without_a_database() -> None:
    done = subprocess.run(
        [ROOT / ".ci" / "audit"],
        env={**os.environ, "https_proxy": "http://127.0.0.1:1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0
    assert done.stdout.startswith("audit: skipped, because https://")
