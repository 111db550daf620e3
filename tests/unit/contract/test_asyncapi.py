"""The AsyncAPI document by the judgement of the official parser, and its examples."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from schemas.dead_letter import DEAD_LETTER_HEADER, DeadLetter
from schemas.topics import PUBLIC

ROOT = Path(__file__).parents[3]
MODULES = ROOT / ".newsloom" / "node"
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "schemas" / "asyncapi.yaml").read_text())

needs_parser = pytest.mark.skipif(
    not shutil.which("node") or not (MODULES / ".installed").exists(),
    reason="the parser of AsyncAPI is not there: it needs node and npm, then `make node`",
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
    """What the official parser says of our document, and of ours broken in some ways."""
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
        timeout=60,
    )
    return dict(zip(files, map(json.loads, done.stdout.splitlines()), strict=True))


@needs_parser
def test_the_official_parser_finds_nothing_wrong(parsed: dict[str, Any]) -> None:
    assert parsed["ours"] == {"version": "3.1.0", "diagnostics": []}


@needs_parser
@pytest.mark.parametrize("name", BROKEN)
def test_the_official_parser_does_find_what_is_wrong(parsed: dict[str, Any], name: str) -> None:
    """So that its silence about ours means something."""
    _, where = BROKEN[name]

    found = parsed[name]["diagnostics"]
    assert any(one["severity"] == 0 and where in one["path"] for one in found)


def _schema(message: dict[str, Any]) -> Any:
    schema = message["payload"]["schema"]
    if "$ref" in schema:
        return json.loads((ROOT / "schemas" / schema["$ref"]).read_text())
    return schema


@pytest.mark.parametrize("name", DOCUMENT["components"]["messages"])
def test_every_example_passes_the_schemas_of_its_headers_and_payload(name: str) -> None:
    message = DOCUMENT["components"]["messages"][name]
    trait = DOCUMENT["components"]["messageTraits"]["CloudEvent"]

    for one in message.get("examples", []):
        headers = message.get("headers", trait["headers"])
        jsonschema.Draft202012Validator(headers).validate(one["headers"])
        jsonschema.Draft202012Validator(_schema(message)).validate(one["payload"])
    assert message.get("examples") or name.endswith("Removal")


def test_a_dead_letters_value_is_the_original_and_the_letter_is_a_header() -> None:
    (example,) = DOCUMENT["components"]["messages"]["DeadLetter"]["examples"]

    assert DeadLetter.model_validate_json(example["headers"][DEAD_LETTER_HEADER])
    assert isinstance(example["payload"], str)


def test_newsloom_receives_what_users_write_and_sends_the_rest() -> None:
    channels = DOCUMENT["channels"]
    actions = {
        channels[one["channel"]["$ref"].rsplit("/", 1)[1]]["address"]: one["action"]
        for one in DOCUMENT["operations"].values()
    }

    assert actions == {
        topic.name: "receive" if topic.written_by_users else "send" for topic in PUBLIC
    }


def test_every_way_to_sign_in_is_a_security_scheme() -> None:
    schemes = DOCUMENT["components"]["securitySchemes"]
    named = {ref["$ref"].rsplit("/", 1)[1] for ref in DOCUMENT["servers"]["secured"]["security"]}

    assert named == set(schemes)
    assert {one["type"] for one in schemes.values()} == {
        "scramSha512",
        "scramSha256",
        "plain",
        "X509",
    }


def test_the_lock_of_the_packages_names_no_registry() -> None:
    lock = json.loads((ROOT / "tests" / "node" / "package-lock.json").read_text())

    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-")
