"""`pip install newsloom` is enough for a subscriber."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = ROOT / ".uv" / "bin" / "uv"

USE = """
import sys
from schemas import ninjs
from schemas.client import subscribe

subscribe("enriched", entity="NATO", group="mine")
print(sorted(name for name in sys.modules if "." not in name))
"""


def run(*command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the project's wheel and its requirements, without extras."""
    if not UV.exists():
        pytest.skip("uv is not installed: run `make setup`")
    folder = tmp_path_factory.mktemp("alone")
    python = str(folder / "env" / "bin" / "python")
    build = ("build", "--wheel", "--no-build-isolation", "--out-dir", str(folder))
    for command in (build, ("venv", str(folder / "env"))):
        done = run(str(UV), *command, "-q", "--python", sys.executable)
        assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    done = run(
        *(str(UV), "pip", "install", "-q", "--python", python),
        *("-c", "requirements.lock", str(wheel)),
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_the_client_loads_without_the_pipeline_and_its_libraries(alone: Path) -> None:
    done = run(str(alone / "env" / "bin" / "python"), "-c", USE, folder=alone)

    assert done.returncode == 0, done.stderr
    loaded = done.stdout
    assert "'aiokafka'" in loaded
    assert "'pydantic'" in loaded
    for name in ("services", "faust", "spacy", "numpy", "typer", "structlog", "yaml"):
        assert f"'{name}'" not in loaded


def test_no_more_than_kafka_and_pydantic_is_installed(alone: Path) -> None:
    listed = run(str(UV), "pip", "list", "--python", str(alone / "env" / "bin" / "python"))
    names = {line.split()[0] for line in listed.stdout.splitlines()[2:]}

    assert {"newsloom", "aiokafka", "pydantic"} <= names
    assert not names & {"faust-streaming", "spacy", "numpy", "typer", "prometheus-client"}
    assert len(names) < 15


def test_the_command_line_says_which_extra_it_needs(alone: Path) -> None:
    done = run(str(alone / "env" / "bin" / "newsloom"), "--help", folder=alone)

    assert done.returncode == 1
    assert "install newsloom[pipeline]" in done.stderr
    assert "Traceback" not in done.stderr
