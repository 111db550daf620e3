"""The generated contract matches the models and documents every field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import BaseModel, ValidationError

from schemas import article, dead_letter, story, tags
from schemas.article import EnrichedArticle, RawArticle
from schemas.topics import ALL, CHANGELOGS, PUBLIC, TAGGED, Topic
from services.contract import files, json_schemas

FOLDER = Path(__file__).parents[3] / "schemas"
MODELS = sorted(
    {
        thing
        for module in (article, dead_letter, story, tags)
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, BaseModel) and thing.model_fields
    },
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize("name", files.documents())
def test_the_files_match_the_models(name: str) -> None:
    """If this fails, run `make schemas`."""
    assert (FOLDER / name).read_text() == files.documents()[name]


def test_there_are_no_other_files() -> None:
    there = {f"json/{path.name}" for path in (FOLDER / "json").glob("*.json")}

    assert there | {"asyncapi.yaml"} == set(files.documents())


@pytest.mark.parametrize("topic", PUBLIC, ids=lambda topic: topic.name)
def test_every_message_has_an_example_that_validates(topic: Topic) -> None:
    assert topic.model is not None
    value = json_schemas.example(topic.model)

    jsonschema.validate(value, json_schemas.schema(topic), jsonschema.Draft202012Validator)
    assert topic.model.model_validate(value)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_documented_with_meaning_and_example(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        assert field.description, f"{name} has no description"
        assert json_schemas.example(model)[name] is not None or field.examples, name


@pytest.mark.parametrize("topic", PUBLIC, ids=lambda topic: topic.name)
def test_every_string_and_list_is_bounded(topic: Topic) -> None:
    def check(node: Any, path: str) -> None:
        if isinstance(node, dict):
            if node.get("type") == "string" and not ({"enum", "const"} & node.keys()):
                assert "maxLength" in node or node.get("format") == "date-time", path
            if node.get("type") == "array":
                assert "maxItems" in node, path
            for key, inner in node.items():
                check(inner, f"{path}/{key}")
        elif isinstance(node, list):
            for number, inner in enumerate(node):
                check(inner, f"{path}/{number}")

    check(json_schemas.schema(topic), topic.name)


def test_a_reader_ignores_fields_it_does_not_know() -> None:
    value = {**json_schemas.example(EnrichedArticle), "mood": "sunny"}

    assert EnrichedArticle.model_validate(value)


def test_messages_are_immutable() -> None:
    raw = RawArticle(url="https://a.example", source="a", text="x")

    with pytest.raises(ValidationError):
        raw.title = "other"  # type: ignore[misc]  # that is the point


def test_asyncapi_names_every_public_topic_with_its_settings() -> None:
    document = yaml.safe_load((FOLDER / "asyncapi.yaml").read_text())

    assert document["asyncapi"] == "3.1.0"
    channels = {channel["address"]: channel for channel in document["channels"].values()}
    assert set(channels) == {topic.name for topic in PUBLIC}
    for topic in PUBLIC:
        binding = channels[topic.name]["bindings"]["kafka"]
        assert binding["partitions"] == topic.partitions
        policy = "compact" if topic.compact else "delete"
        assert binding["topicConfiguration"]["cleanup.policy"] == [policy]


def test_every_reference_in_asyncapi_resolves() -> None:
    document = yaml.safe_load((FOLDER / "asyncapi.yaml").read_text())
    references: list[str] = []

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            if "$ref" in node:
                references.append(node["$ref"])
            for inner in node.values():
                collect(inner)
        elif isinstance(node, list):
            for inner in node:
                collect(inner)

    collect(document)

    assert references
    for reference in references:
        if reference.startswith("#/"):
            node = document
            for part in reference[2:].split("/"):
                node = node[part]
        else:
            assert json.loads((FOLDER / reference).read_text())["$id"]


def test_topic_names_are_unique_and_changelogs_have_their_sources_partitions() -> None:
    names = [topic.name for topic in ALL]

    assert len(set(names)) == len(names)
    for topic in CHANGELOGS:
        assert topic.partitions == TAGGED.partitions
        assert topic.compact
