"""`newsloom-client` fits into a project that has its own `schemas.py` and `services` package."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
UV = ROOT / ".uv" / "bin" / "uv"

PROJECT = {
    "schemas.py": "MINE = 'schemas of this project'\n",
    "services/__init__.py": "",
    "services/mail.py": "MINE = 'services of this project'\n",
    "main.py": """
import json
import pkgutil
import sys
from importlib import import_module

import newsloom
import schemas
import services.mail
from newsloom import ninjs
from newsloom.article import EnrichedArticle
from newsloom.client import Received, subscribe
from newsloom.client.kinds import KINDS


async def titles() -> list[str]:
    found: list[str] = []
    async for message in subscribe("enriched", entity="NATO", group="mine"):
        article: EnrichedArticle = message.data
        found.append(article.title)
    return found


def show(message: Received[EnrichedArticle]) -> str:
    return str(ninjs.from_enriched(message.data)["uri"])


for module in pkgutil.walk_packages(newsloom.__path__, "newsloom."):
    import_module(module.name)
subscribe("enriched", entity="NATO", group="mine")
modules = {type(KINDS["stories"]).__module__, EnrichedArticle.__module__}
print(json.dumps({
    "own": [schemas.MINE, services.mail.MINE],
    "modules": sorted(modules),
    "loaded": sorted({name.split(".")[0] for name in sys.modules}),
    "below": sorted(name for name in sys.modules if name.startswith(("schemas.", "services."))),
}))
""",
}

WRONG = """
from newsloom.client import subscribe


async def main() -> None:
    async for message in subscribe("enriched"):
        print(message.data.headline)
    subscribe("stories", verdict="copy")
"""


def run(*command: object, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False
    )


def run_uv(*command: object, python: Path | str = sys.executable) -> None:
    done = run(UV, "-q", *command, "--python", python)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another project, with an environment of its own into which the wheel is installed."""
    if not UV.exists():
        pytest.skip("uv is not installed: run `make setup`")
    folder = tmp_path_factory.mktemp("project")
    for name, text in PROJECT.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    python = folder / "env" / "bin" / "python"
    wheels = folder / "wheels"
    run_uv("build", "--wheel", "--no-build-isolation", "--out-dir", wheels, ROOT / "client")
    run_uv("venv", folder / "env")
    lock = ("-c", ROOT / "requirements.lock")
    run_uv("pip", "install", *lock, *wheels.glob("*.whl"), python=python)
    return folder


def installed(project: Path) -> list[dict[str, Any]]:
    listed = run(
        *(UV, "pip", "list", "-q", "--format", "json"),
        *("--python", project / "env" / "bin" / "python"),
    )
    found: list[dict[str, Any]] = json.loads(listed.stdout)
    return found


def test_it_works_beside_the_modules_of_the_project(project: Path) -> None:
    done = run(project / "env" / "bin" / "python", "main.py", folder=project)

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["own"] == ["schemas of this project", "services of this project"]
    assert said["modules"] == ["newsloom.article", "newsloom.topics"]
    assert said["below"] == ["services.mail"]
    assert {"newsloom", "aiokafka", "pydantic"} <= set(said["loaded"])


def test_its_types_are_checked_in_the_project(project: Path) -> None:
    python = project / "env" / "bin" / "python"
    mypy = (sys.executable, "-m", "mypy", "--strict", "--python-executable", python)

    examples = ("alert_webhook.py", "search_index.py")
    for name in examples:
        shutil.copy(ROOT / "examples" / name, project)
    right = run(*mypy, "main.py", *examples, folder=project)
    (project / "wrong.py").write_text(WRONG)
    wrong = run(*mypy, "wrong.py", folder=project)

    assert right.returncode == 0, right.stdout
    assert '"EnrichedArticle" has no attribute "headline"' in wrong.stdout
    assert "No overload variant" in wrong.stdout


def test_only_kafka_and_pydantic_are_installed_with_it(project: Path) -> None:
    names = {one["name"] for one in installed(project)}

    kafka = {"aiokafka", "async-timeout", "packaging", "typing-extensions"}
    pydantic = {"pydantic", "pydantic-core", "annotated-types", "typing-inspection"}
    assert {"newsloom-client", "aiokafka", "pydantic"} <= names
    assert names <= {"newsloom-client"} | kafka | pydantic


def test_it_has_one_package_with_types_and_licence_and_nothing_else(project: Path) -> None:
    (packages,) = (project / "env").glob("lib/python*/site-packages")
    (info,) = packages.glob("newsloom_client-*.dist-info")
    files = [line.split(",")[0] for line in (info / "RECORD").read_text().splitlines()]

    assert {name.split("/")[0] for name in files} == {"newsloom", info.name}
    assert {Path(name).suffix for name in files if name.startswith("newsloom/")} == {
        ".py",
        ".typed",
    }
    assert (info / "licenses" / "LICENSE").is_file()
    metadata = (info / "METADATA").read_text()
    assert "License-Expression: Apache-2.0" in metadata
    assert "from newsloom.client import subscribe" in metadata  # the description is the README
