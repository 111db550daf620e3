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
    for lock in ROOT.glob("requirements*.lock"):
        (tmp_path / lock.name).touch()
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


def installed(folder: Path, uv: str, python: str = "exit 0") -> None:
    """Set up stand-ins for uv, which notes its arguments in `calls`, and for the environment."""
    program(folder, "../.uv/bin/uv", f'echo "$@" >> calls\n{uv}')
    program(folder, "../.venv/bin/python", python)


@pytest.mark.parametrize("compiler", [True, False])
def test_a_compiler_is_installed_as_a_package_only_where_the_system_has_none(
    bare: Path, *, compiler: bool
) -> None:
    installed(bare, "exit 0")
    if compiler:
        program(bare, "cc", "exit 0")

    status, text = make(bare, "setup")

    assert status == 0
    assert ("there is no C compiler" in text) is not compiler
    (sync,) = [line for line in (bare / "calls").read_text().splitlines() if " sync " in line]
    assert ("requirements-compiler.lock" in sync) is not compiler


def test_a_python_without_c_headers_is_replaced_by_one_that_has_them(bare: Path) -> None:
    installed(bare, "exit 0", python="exit 1")

    assert make(bare, "setup")[0] == 0
    assert (
        (bare / "calls")
        .read_text()
        .startswith("venv -q --clear --python-preference only-managed .venv\n")
    )


def test_missing_c_headers_are_reported_before_packages_are_downloaded(bare: Path) -> None:
    installed(bare, "exit 1", python="exit 1")

    status, text = make(bare, "setup")

    assert status != 0
    assert text.endswith(
        "Python's C headers are not installed (Debian: apt-get install python3-dev).\n"
    )
    assert " sync " not in (bare / "calls").read_text()


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
