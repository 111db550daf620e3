"""Which changes of a message break a reader or the replay, and which do not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from schemas.topics import PUBLIC
from services.cli import app
from services.contract import compatibility, json_schemas
from services.contract.schema_fields import news, redefined, removed
from services.contract.schema_fit import unreadable
from services.messaging.errors import UsageError

ROOT = Path(__file__).parents[3]


def message(**fields: Any) -> dict[str, Any]:
    """An object of which all fields are required."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def optional(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields}


TEXT = {"type": "string"}
NUMBER = {"type": "number"}
MAYBE = {"anyOf": [TEXT, {"type": "null"}]}

# What writers sent, what readers want, where it breaks and a part of why.
BREAKS: dict[str, tuple[Any, Any, str, str]] = {
    "a required field is left out": (optional(a=TEXT), message(a=TEXT), "a", "may leave it out"),
    "a required field is gone": (message(), message(a=TEXT), "a", "does not have it"),
    "a required field below": (
        message(a=optional(b=TEXT)),
        message(a=message(b=TEXT)),
        "a.b",
        "may leave it out",
    ),
    "another type": (message(a=NUMBER), message(a=TEXT), "a", "may send number"),
    "a number for an integer": (
        message(a=NUMBER),
        message(a={"type": "integer"}),
        "a",
        "may send number",
    ),
    "null for text": (message(a=MAYBE), message(a=TEXT), "a", "does not take null"),
    "null in a list of types": (
        message(a={"type": ["string", "null"]}),
        message(a=TEXT),
        "a",
        "does not take null",
    ),
    "any type": (message(a={}), message(a=TEXT), "a", "takes string"),
    "a new value of an enum": (
        message(a={"enum": ["x", "y"]}),
        message(a={"enum": ["x"]}),
        "a",
        "'y', which the reader does not know",
    ),
    "text for an enum": (message(a=TEXT), message(a={"enum": ["x"]}), "a", "sends anything"),
    "true for one": (
        message(a={"enum": [True]}),
        message(a={"enum": [1]}),
        "a",
        "boolean",
    ),
    "another constant": (message(a={"const": 1}), message(a={"const": 2}), "a", "1, which"),
    "a longer text": (
        message(a={**TEXT, "maxLength": 20}),
        message(a={**TEXT, "maxLength": 10}),
        "a",
        "`maxLength` is 20 for the writer and 10",
    ),
    "text without bound": (message(a=TEXT), message(a={**TEXT, "maxLength": 9}), "a", "has none"),
    "an empty text": (
        message(a={**TEXT, "minLength": 0}),
        message(a={**TEXT, "minLength": 1}),
        "a",
        "`minLength` is 0",
    ),
    "a word too long in an enum": (
        message(a={"enum": ["abc"]}),
        message(a={**TEXT, "maxLength": 2}),
        "a",
        "`maxLength` is 3",
    ),
    "a smaller number": (
        message(a={**NUMBER, "minimum": -1}),
        message(a={**NUMBER, "minimum": 0}),
        "a",
        "`minimum` is -1",
    ),
    "zero where it is excluded": (
        message(a=NUMBER),
        message(a={**NUMBER, "exclusiveMinimum": 0}),
        "a",
        "`exclusiveMinimum`",
    ),
    "a larger number": (
        message(a={**NUMBER, "maximum": 2}),
        message(a={**NUMBER, "maximum": 1}),
        "a",
        "`maximum` is 2",
    ),
    "another pattern": (
        message(a={**TEXT, "pattern": "^b"}),
        message(a={**TEXT, "pattern": "^a"}),
        "a",
        "`pattern` is '^b'",
    ),
    "no pattern": (message(a=TEXT), message(a={**TEXT, "pattern": "^a"}), "a", "not set"),
    "another format": (
        message(a=TEXT),
        message(a={**TEXT, "format": "date-time"}),
        "a",
        "`format`",
    ),
    "a longer list": (
        message(a={"type": "array", "items": TEXT, "maxItems": 3}),
        message(a={"type": "array", "items": TEXT, "maxItems": 2}),
        "a",
        "`maxItems` is 3",
    ),
    "another kind of item": (
        message(a={"type": "array", "items": NUMBER}),
        message(a={"type": "array", "items": TEXT}),
        "a[]",
        "may send number",
    ),
    "items of any kind": (
        message(a={"type": "array"}),
        message(a={"type": "array", "items": TEXT}),
        "a[]",
        "takes string",
    ),
    "a field of an item": (
        message(a={"type": "array", "items": optional(b=TEXT)}),
        message(a={"type": "array", "items": message(b=TEXT)}),
        "a[].b",
        "may leave it out",
    ),
    "an alternative that is new": (
        message(a={"anyOf": [TEXT, NUMBER]}),
        message(a=MAYBE),
        "a",
        "does not take number",
    ),
    "a change within an alternative": (
        message(a={"anyOf": [{**TEXT, "maxLength": 5}, {"type": "null"}]}),
        message(a={"anyOf": [{**TEXT, "maxLength": 4}, {"type": "null"}]}),
        "a",
        "`maxLength` is 5",
    ),
    "a field for a closed reader": (
        {**message(a=TEXT), "additionalProperties": False},
        {**message(), "additionalProperties": False},
        "a",
        "refuses fields",
    ),
    "a reader that closes": (
        message(a=TEXT),
        {**message(a=TEXT), "additionalProperties": False},
        "",
        "refuses unknown fields",
    ),
    "other fields of another kind": (
        {"type": "object", "additionalProperties": NUMBER},
        {"type": "object", "additionalProperties": TEXT},
        "[]",
        "may send number",
    ),
    "a field for a reader of other fields": (
        {**message(a=NUMBER), "additionalProperties": False},
        {**message(), "additionalProperties": TEXT},
        "a",
        "may send number",
    ),
    "a keyword that is not understood": (
        message(a=TEXT),
        message(a={**TEXT, "not": {"const": "x"}}),
        "a",
        "`not`",
    ),
    "one of, changed": (
        {"oneOf": [TEXT, NUMBER]},
        {"oneOf": [TEXT]},
        "",
        "`oneOf`",
    ),
    "nothing allowed": (message(a=TEXT), message(a=False), "a", "allows nothing"),
    "within a definition": (
        {"$defs": {"x": message(b=NUMBER)}, **message(a={"$ref": "#/$defs/x"})},
        {"$defs": {"y": message(b=TEXT)}, **message(a={"$ref": "#/$defs/y"})},
        "a.b",
        "may send number",
    ),
    "a tree within itself": (
        {"$defs": {"t": optional(n=NUMBER, t={"$ref": "#/$defs/t"})}, "$ref": "#/$defs/t"},
        {"$defs": {"t": optional(n=TEXT, t={"$ref": "#/$defs/t"})}, "$ref": "#/$defs/t"},
        "n",
        "may send number",
    ),
}

FITS: dict[str, tuple[Any, Any]] = {
    "the same": (message(a=MAYBE), message(a=MAYBE)),
    "a field that the reader does not know": (message(a=TEXT, b=TEXT), message(a=TEXT)),
    "an optional field that the writer does not know": (message(), optional(a=TEXT)),
    "a field that is required now of the writer": (message(a=TEXT), optional(a=TEXT)),
    "an integer for a number": (message(a={"type": "integer"}), message(a=NUMBER)),
    "text for text or null": (message(a=TEXT), message(a=MAYBE)),
    "a list of types for alternatives": (message(a={"type": ["string", "null"]}), message(a=MAYBE)),
    "alternatives for a list of types": (message(a=MAYBE), message(a={"type": ["null", "string"]})),
    "fewer values": (message(a={"enum": ["x"]}), message(a={"enum": ["x", "y"]})),
    "values for text": (message(a={"enum": ["x"]}), message(a=TEXT)),
    "values that pass the pattern": (
        message(a={"enum": ["xa"]}),
        message(a={**TEXT, "pattern": "^x", "maxLength": 2}),
    ),
    "a constant for values": (message(a={"const": "x"}), message(a={"enum": ["x", "y"]})),
    "narrower bounds": (
        message(a={**NUMBER, "minimum": 1, "maximum": 2}),
        message(a={**NUMBER, "minimum": 0, "maximum": 3}),
    ),
    "a bound about another type": (message(a=TEXT), message(a={**TEXT, "minimum": 0})),
    "a bound that says nothing": (message(a=TEXT), message(a={**TEXT, "minLength": 0})),
    "a reader without pattern": (message(a={**TEXT, "pattern": "^a"}), message(a=TEXT)),
    "words alone": (
        message(a={**TEXT, "description": "new", "examples": ["x"], "deprecated": True}),
        message(a={**TEXT, "description": "old", "title": "A"}),
    ),
    "a reader that takes anything": (message(a=NUMBER), {}),
    "a definition put in place": (
        {"$defs": {"x": message(b=TEXT)}, **message(a={"$ref": "#/$defs/x"})},
        message(a=message(b=TEXT)),
    ),
    "a tree within itself": (
        {"$defs": {"t": optional(t={"$ref": "#/$defs/t"})}, "$ref": "#/$defs/t"},
        {"$defs": {"u": optional(t={"$ref": "#/$defs/u"})}, "$ref": "#/$defs/u"},
    ),
    "a closed writer for other fields of a kind": (
        {"type": "object", "additionalProperties": TEXT},
        {"type": "object", "additionalProperties": MAYBE},
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_does_not_fit_is_told_with_field_and_reason(name: str) -> None:
    writer, reader, field, why = BREAKS[name]

    (found,) = unreadable(writer, reader)
    assert found.field == field
    assert why in found.why


@pytest.mark.parametrize("name", FITS)
def test_what_fits_is_let_through(name: str) -> None:
    writer, reader = FITS[name]

    assert unreadable(writer, reader) == []


def test_several_breaks_are_all_told() -> None:
    found = unreadable(message(a=NUMBER, b=MAYBE), message(a=TEXT, b=TEXT, c=TEXT))

    assert {one.field for one in found} == {"a", "b", "c"}


def test_a_removed_field_is_told_even_where_it_was_optional() -> None:
    (found,) = removed(optional(a=TEXT, b=optional(c=TEXT)), optional(b=optional(c=TEXT)))

    assert found.field == "a"
    assert "there no more" in found.why


def test_a_renamed_field_is_told_with_its_new_name() -> None:
    old = optional(list={"type": "array", "items": optional(name={**TEXT, "maxLength": 7})})
    new = optional(list={"type": "array", "items": optional(title={**TEXT, "maxLength": 7})})

    (found,) = removed(old, new)
    assert found.field == "list[].name"
    assert "renamed to `title`?" in found.why


def test_what_is_below_a_removed_field_is_not_told_again() -> None:
    (found,) = removed(optional(a=optional(b=TEXT)), optional())

    assert found.field == "a"


def test_another_default_is_told_unless_the_field_was_required() -> None:
    assert redefined(optional(a={**TEXT, "default": "x"}), optional(a={**TEXT, "default": "y"}))
    assert not redefined(message(a=TEXT), optional(a={**TEXT, "default": "y"}))


def test_news_are_new_fields_and_fields_that_changed_themselves() -> None:
    old = optional(a=TEXT, b=optional(c=TEXT))
    new = optional(a={**TEXT, "maxLength": 1, "title": "A"}, b=optional(c=TEXT, d=TEXT))

    assert news(old, new) == ["a", "b.d"]
    assert news(old, optional(a={**TEXT, "title": "A"}, b=optional(c=TEXT))) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 4) | st.sampled_from(["", "a", "ab", "xyz"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def _leaf() -> st.SearchStrategy[dict[str, Any]]:
    small = st.integers(0, 3)
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("string")},
            optional={"minLength": small, "maxLength": small, "pattern": st.just("^a")},
        ),
        st.fixed_dictionaries(
            {"type": st.sampled_from(["integer", "number"])},
            optional={"minimum": small, "maximum": small, "exclusiveMinimum": small},
        ),
        st.sampled_from([{"type": "null"}, {"type": "boolean"}, {}, {"type": ["string", "null"]}]),
        st.builds(
            lambda values: {"enum": values}, st.lists(JSON, min_size=1, max_size=3, unique_by=repr)
        ),
    )


SCHEMAS = st.recursive(
    _leaf(),
    lambda inner: st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner}, optional={"maxItems": st.integers(0, 2)}
        ),
        st.builds(lambda some: {"anyOf": some}, st.lists(inner, min_size=1, max_size=2)),
        st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2),
            },
            optional={
                "required": st.lists(st.sampled_from(["a", "b"]), unique=True),
                "additionalProperties": st.booleans() | inner,
            },
        ),
    ),
    max_leaves=4,
)


def _widened(writer: Any, other: Any) -> tuple[Any, Any]:
    return writer, {"anyOf": [writer, other]}


# Two schemas drawn apart seldom fit, so half of the readers accept what the writer sends and more.
WRITERS_AND_READERS = st.tuples(SCHEMAS, SCHEMAS) | st.builds(_widened, SCHEMAS, SCHEMAS)


@given(WRITERS_AND_READERS, st.lists(JSON, min_size=10, max_size=10))
def test_what_is_said_to_fit_does_fit(pair: tuple[Any, Any], values: list[Any]) -> None:
    """No value that passes the writer's schema fails the reader's, unknown fields aside."""
    writer, reader = pair
    assume(not unreadable(writer, reader))
    ours, theirs = (jsonschema.Draft202012Validator(schema) for schema in (writer, reader))
    for value in values:
        if ours.is_valid(value) and not _has_unknown(writer, value):
            assert theirs.is_valid(value), (writer, reader, value)


@given(SCHEMAS)
def test_every_schema_fits_itself(schema: Any) -> None:
    assert unreadable(schema, copy.deepcopy(schema)) == []


def _has_unknown(schema: Any, value: Any) -> bool:
    """Whether an object somewhere has fields that the writer's schema does not name there."""
    return bool(_fields(value) - _named(schema))


def _fields(value: Any, place: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Places of all fields of a value; `[]` stands for the items of a list."""
    if isinstance(value, dict):
        inner = [_fields(v, (*place, name)) for name, v in value.items()]
        return {(*place, name) for name in value}.union(*inner)
    if isinstance(value, list):
        return set().union(*(_fields(v, (*place, "[]")) for v in value))
    return set()


def _named(schema: Any, place: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Places of all fields that a schema names, in whatever branch of it."""
    if isinstance(schema, list):
        return set().union(*(_named(branch, place) for branch in schema))
    if not isinstance(schema, dict):
        return set()
    found: set[tuple[str, ...]] = set()
    for key, inner in schema.items():
        if key == "properties":
            for name, below in inner.items():
                found |= {(*place, name)} | _named(below, (*place, name))
        elif key == "items":
            found |= _named(inner, (*place, "[]"))
        elif key == "anyOf":
            found |= _named(inner, place)
    return found


# The releases.

ENRICHED = "enriched-article.v1.json"
RAW = "raw-article.v1.json"


def changed(file: str, change: Any) -> dict[str, dict[str, Any]]:
    now = copy.deepcopy(compatibility.present())
    change(now[file])
    return now


def faults_of(now: Any) -> list[str]:
    released = {"0.1.0": compatibility.present()}
    return [str(fault) for fault in compatibility.faults(now, released)]


def test_the_contract_of_now_breaks_no_release() -> None:
    """Run `make check-contract` where this fails: it says what to do."""
    released = compatibility.releases(ROOT / "schemas")

    assert released
    assert compatibility.faults(compatibility.present(), released) == []


def test_every_release_has_every_message() -> None:
    for schemas in compatibility.releases(ROOT / "schemas").values():
        assert set(schemas) <= {json_schemas.file_name(topic) for topic in PUBLIC}
        for schema in schemas.values():
            jsonschema.Draft202012Validator.check_schema(schema)


def test_a_new_optional_field_is_fine() -> None:
    now = changed(ENRICHED, lambda schema: schema["properties"].update(mood=MAYBE))

    assert faults_of(now) == []


def test_a_new_required_field_breaks_the_replay() -> None:
    def change(schema: Any) -> None:
        schema["properties"]["mood"] = TEXT
        schema["required"].append("mood")

    (fault,) = faults_of(changed(ENRICHED, change))
    assert fault.startswith(f"{ENRICHED}: mood: the reader requires it")
    assert fault.endswith("It breaks the replay of messages of 0.1.0.")


def test_a_new_kind_of_verdict_breaks_readers() -> None:
    def change(schema: Any) -> None:
        schema["$defs"]["VerdictKind"]["enum"].append("rumour")

    faults = faults_of(changed(ENRICHED, change))
    assert any("verdict.kind: the writer may send 'rumour'" in fault for fault in faults)
    assert all(fault.endswith("It breaks readers of 0.1.0.") for fault in faults)


def test_a_removed_field_breaks_readers() -> None:
    def change(schema: Any) -> None:
        del schema["properties"]["section"]

    (fault,) = faults_of(changed(ENRICHED, change))
    assert "section: is there no more" in fault
    assert fault.endswith("It breaks readers of 0.1.0.")


def test_what_users_write_may_become_wider_but_not_narrower() -> None:
    def bound(number: int) -> Any:
        def change(schema: Any) -> None:
            schema["properties"]["url"]["maxLength"] = number

        return change

    assert faults_of(changed(RAW, bound(4096))) == []
    (fault,) = faults_of(changed(RAW, bound(100)))
    assert "`maxLength` is 2048 for the writer and 100 for the reader" in fault


def test_the_replay_of_every_release_is_kept_and_the_readers_of_the_last() -> None:
    first, second = copy.deepcopy(compatibility.present()), copy.deepcopy(compatibility.present())
    first[ENRICHED]["properties"]["word_count"]["maximum"] = 10
    second[ENRICHED]["properties"]["word_count"]["maximum"] = 20
    now = copy.deepcopy(second)
    now[ENRICHED]["properties"]["word_count"]["maximum"] = 15

    (fault,) = compatibility.faults(now, {"0.1.0": first, "0.2.0": second})
    assert fault.breaks == "the replay of messages of 0.2.0"


def test_a_message_that_is_gone_is_told() -> None:
    now = compatibility.present()
    del now[ENRICHED]

    (fault,) = faults_of(now)
    assert "it is gone" in fault


def test_a_new_field_must_be_named_in_the_changelog() -> None:
    now = changed(ENRICHED, lambda schema: schema["properties"].update(mood=MAYBE))
    last = compatibility.present()

    assert compatibility.undocumented_changes(
        now, last, "# Changes\n\n## 0.1.0\n\n- `mood`\n", "0.1.0"
    ) == [f"{ENRICHED}: mood"]
    said = "# Changes\n\n## Unreleased\n\n- `mood`: how it reads.\n\n## 0.1.0\n"
    assert compatibility.undocumented_changes(now, last, said, "0.1.0") == []


def test_a_release_is_kept_once(tmp_path: Path) -> None:
    compatibility.release(tmp_path, "0.10.0", again=False)
    compatibility.release(tmp_path, "0.9.0", again=False)

    assert list(compatibility.releases(tmp_path)) == ["0.9.0", "0.10.0"]
    with pytest.raises(UsageError, match="never change"):
        compatibility.release(tmp_path, "0.9.0", again=False)
    compatibility.release(tmp_path, "0.9.0", again=True)
    with pytest.raises(UsageError, match="not a version"):
        compatibility.release(tmp_path, "next", again=False)


def test_the_command_tells_the_faults_and_fails(tmp_path: Path) -> None:
    compatibility.release(tmp_path, "0.1.0", again=False)
    file = tmp_path / "json" / "released" / "0.1.0" / ENRICHED
    old = json.loads(file.read_text())
    old["properties"]["mood"] = TEXT
    file.write_text(json.dumps(old))
    (tmp_path / "changes.md").write_text("## 0.1.0\n")
    arguments = ["schemas", "check", "--folder", str(tmp_path)]
    arguments += ["--changelog", str(tmp_path / "changes.md")]

    done = CliRunner().invoke(app, arguments)

    assert isinstance(done.exception, UsageError)
    assert f"{ENRICHED}: mood: is there no more" in done.output.replace("\n", "")
