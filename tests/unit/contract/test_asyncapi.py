"""The AsyncAPI document: its examples, actions and security schemes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from schemas.dead_letter import DEAD_LETTER_HEADER, DeadLetter
from schemas.topics import PUBLIC

ROOT = Path(__file__).parents[3]
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "schemas" / "asyncapi.yaml").read_text())


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


def test_the_value_of_a_dead_letter_is_the_original_and_its_data_is_a_header() -> None:
    (example,) = DOCUMENT["components"]["messages"]["DeadLetter"]["examples"]

    assert DeadLetter.model_validate_json(example["headers"][DEAD_LETTER_HEADER])
    assert isinstance(example["payload"], str)


def test_newsloom_receives_user_topics_and_sends_the_others() -> None:
    channels = DOCUMENT["channels"]
    actions = {
        channels[one["channel"]["$ref"].rsplit("/", 1)[1]]["address"]: one["action"]
        for one in DOCUMENT["operations"].values()
    }

    assert actions == {
        topic.name: "receive" if topic.written_by_users else "send" for topic in PUBLIC
    }


def test_every_authentication_method_is_a_security_scheme() -> None:
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
