"""The official AsyncAPI parser accepts the project's document and rejects broken ones."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MODULES = ROOT / ".newsloom" / "node"
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "schemas" / "asyncapi.yaml").read_text())

needs_parser = pytest.mark.skipif(
    not shutil.which("node") or not (MODULES / ".installed").exists(),
    reason="the parser of AsyncAPI is not installed: make test-tools",
)


BROKEN: dict[str, tuple[Any, str]] = {
    "unknown field": (
        lambda doc: doc["channels"]["stories"].update(adress="x"),
        "channels.stories",
    ),
    "unknown action": (
        lambda doc: doc["operations"]["sendStory"].update(action="shout"),
        "operations.sendStory",
    ),
    "binding": (
        lambda doc: doc["channels"]["stories"]["bindings"]["kafka"].update(partitions="many"),
        "channels.stories.bindings.kafka",
    ),
}


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Results of the official parser for the document and for broken variants of it."""
    folder = tmp_path_factory.mktemp("asyncapi")
    shutil.copytree(ROOT / "schemas" / "json", folder / "json")
    files = {"ours": ROOT / "schemas" / "asyncapi.yaml"}
    for name, (break_it, _) in BROKEN.items():
        broken = json.loads(json.dumps(DOCUMENT))
        break_it(broken)
        files[name] = folder / f"{name.replace(' ', '-')}.yaml"
        files[name].write_text(yaml.safe_dump(broken))
    script = MODULES / "asyncapi.mjs"  # beside the packages, where node looks for them
    shutil.copy(ROOT / "tests" / "node" / "asyncapi.mjs", script)
    done = subprocess.run(
        ["node", str(script), *map(str, files.values())],  # noqa: S607 - whatever node there is
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return dict(zip(files, map(json.loads, done.stdout.splitlines()), strict=True))


@needs_parser
def test_the_official_parser_finds_nothing_wrong(parsed: dict[str, Any]) -> None:
    assert parsed["ours"] == {"version": "3.1.0", "diagnostics": []}


@needs_parser
@pytest.mark.parametrize("name", BROKEN)
def test_the_official_parser_finds_faults_in_a_broken_document(
    parsed: dict[str, Any], name: str
) -> None:
    """This shows that its silence about the correct document means something."""
    _, where = BROKEN[name]

    found = parsed[name]["diagnostics"]
    assert any(one["severity"] == 0 and where in one["path"] for one in found)
