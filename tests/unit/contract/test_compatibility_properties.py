"""The compatibility check on random schemas and values."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
from hypothesis import assume, given
from hypothesis import strategies as st

from services.contract.schema_fit import unreadable

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


# Independent random schemas are seldom compatible, so half of the readers are widened writers.
WRITERS_AND_READERS = st.tuples(SCHEMAS, SCHEMAS) | st.builds(_widened, SCHEMAS, SCHEMAS)


@given(WRITERS_AND_READERS, st.lists(JSON, min_size=10, max_size=10))
def test_a_reader_called_compatible_accepts_every_value_of_the_writer(
    pair: tuple[Any, Any], values: list[Any]
) -> None:
    """Values with fields that the writer's schema does not name are left out."""
    writer, reader = pair
    assume(not unreadable(writer, reader))
    ours, theirs = (jsonschema.Draft202012Validator(schema) for schema in (writer, reader))
    for value in values:
        if ours.is_valid(value) and not _has_unknown(writer, value):
            assert theirs.is_valid(value), (writer, reader, value)


@given(SCHEMAS)
def test_every_schema_is_compatible_with_itself(schema: Any) -> None:
    assert unreadable(schema, copy.deepcopy(schema)) == []


def _has_unknown(schema: Any, value: Any) -> bool:
    """Return whether any object has fields that the schema does not name in that place."""
    return bool(_fields(value) - _named(schema))


def _fields(value: Any, place: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return the paths of all fields of a value; `[]` stands for the items of a list."""
    if isinstance(value, dict):
        inner = [_fields(v, (*place, name)) for name, v in value.items()]
        return {(*place, name) for name in value}.union(*inner)
    if isinstance(value, list):
        return set().union(*(_fields(v, (*place, "[]")) for v in value))
    return set()


def _named(schema: Any, place: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return the paths of all fields that any branch of a schema names."""
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
