"""Which changes of a message are incompatible with a reader, and which are not."""

from __future__ import annotations

from typing import Any

import pytest

from services.contract.schema_fields import news, redefined, removed
from services.contract.schema_fit import unreadable
from tests.support.small_schemas import MAYBE, NUMBER, TEXT, message, optional

# Schema of the writer, schema of the reader, the incompatible field, and part of the reason.
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
def test_an_incompatible_change_is_reported_with_field_and_reason(name: str) -> None:
    writer, reader, field, why = BREAKS[name]

    (found,) = unreadable(writer, reader)
    assert found.field == field
    assert why in found.why


@pytest.mark.parametrize("name", FITS)
def test_a_compatible_change_is_accepted(name: str) -> None:
    writer, reader = FITS[name]

    assert unreadable(writer, reader) == []


def test_all_incompatible_changes_are_reported() -> None:
    found = unreadable(message(a=NUMBER, b=MAYBE), message(a=TEXT, b=TEXT, c=TEXT))

    assert {one.field for one in found} == {"a", "b", "c"}


def test_a_removed_field_is_reported_even_if_it_was_optional() -> None:
    (found,) = removed(optional(a=TEXT, b=optional(c=TEXT)), optional(b=optional(c=TEXT)))

    assert found.field == "a"
    assert "there no more" in found.why


def test_a_renamed_field_is_reported_with_its_new_name() -> None:
    old = optional(list={"type": "array", "items": optional(name={**TEXT, "maxLength": 7})})
    new = optional(list={"type": "array", "items": optional(title={**TEXT, "maxLength": 7})})

    (found,) = removed(old, new)
    assert found.field == "list[].name"
    assert "renamed to `title`?" in found.why


def test_the_fields_of_a_removed_object_are_not_reported_again() -> None:
    (found,) = removed(optional(a=optional(b=TEXT)), optional())

    assert found.field == "a"


def test_a_changed_default_is_reported_unless_the_field_was_required() -> None:
    assert redefined(optional(a={**TEXT, "default": "x"}), optional(a={**TEXT, "default": "y"}))
    assert not redefined(message(a=TEXT), optional(a={**TEXT, "default": "y"}))


def test_new_fields_and_changed_fields_are_listed() -> None:
    old = optional(a=TEXT, b=optional(c=TEXT))
    new = optional(a={**TEXT, "maxLength": 1, "title": "A"}, b=optional(c=TEXT, d=TEXT))

    assert news(old, new) == ["a", "b.d"]
    assert news(old, optional(a={**TEXT, "title": "A"}, b=optional(c=TEXT))) == []
