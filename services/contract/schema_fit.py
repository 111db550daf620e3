"""Decide whether every value that one JSON Schema (the writer's) allows is valid for another.

The answer errs on the safe side: what can't be shown to fit is refused. Source: JSON Schema
2020-12; the terms are those of Confluent's Schema Registry. Unlike there, a field that the reader
does not know breaks nothing: readers of Newsloom ignore it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.contract.schema_fields import NOTES, Break, Schema, bare, resolved

_LOWEST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_HIGHEST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_HANDLED = {
    *("$ref", "type", "enum", "const", "anyOf", "properties", "required"),
    *("additionalProperties", "items", *_LOWEST, *_HIGHEST, *NOTES),
}
_ABOUT = {"Length": {"string"}, "Items": {"array"}, "Properties": {"object"}}
"""The type of value that a bound is about, by the end of its name; others are about numbers."""

_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")


def unreadable(writer: Schema, reader: Schema) -> list[Break]:
    """Return what a reader of `reader` can not accept of what `writer` allows."""
    return list(dict.fromkeys(_Comparison(writer, reader).compare(writer, reader, "")))


class _Comparison:
    """A walk over two schemas side by side."""

    def __init__(self, writer: Schema, reader: Schema) -> None:
        self._writer = writer
        self._reader = reader
        self._open: set[tuple[str, str]] = set()

    def compare(self, writer: Any, reader: Any, path: str) -> Iterator[Break]:
        if reader is True or writer is False:
            return
        if reader is False:
            yield Break(path, "the reader allows nothing there")
            return
        writer = {} if writer is True else writer
        pair = (writer.get("$ref", ""), reader.get("$ref", ""))
        if all(pair):
            if pair in self._open:
                return  # a type within itself: it is being compared already
            self._open.add(pair)
        try:
            yield from self._nodes(
                resolved(self._writer, writer), resolved(self._reader, reader), path
            )
        finally:
            self._open.discard(pair)

    def _nodes(self, writer: Schema, reader: Schema, path: str) -> Iterator[Break]:
        if _branched(writer) or _branched(reader):
            yield from self._alternatives(writer, reader, path)
            return
        yield from _kinds(writer, reader, path)
        yield from _ranges(writer, reader, path)
        types = _types(writer)
        if "object" in types and ("properties" in reader or "properties" in writer):
            yield from self._objects(writer, reader, path)
        elif "object" in types:
            yield from self._others(writer, reader, path)
        if "array" in types and "items" in reader:
            yield from self.compare(writer.get("items", True), reader["items"], f"{path}[]")
        for name in sorted(reader.keys() - _HANDLED):
            same = bare(self._reader, reader[name]) == bare(self._writer, writer.get(name))
            if not same and not (name == "pattern" and _all_match(reader[name], writer)):
                yield Break(
                    path,
                    f"`{name}` is {_of(writer.get(name))} for the writer and "
                    f"{_of(reader[name])} for the reader",
                )

    def _alternatives(self, writer: Schema, reader: Schema, path: str) -> Iterator[Break]:
        """Compare alternatives: each of the writer must fit one of the reader."""
        for ours in _branches(writer):
            found: list[list[Break]] = []
            for theirs in _branches(reader):
                found.append(list(self.compare(ours, theirs, path)))
                if not found[-1]:
                    break
            else:
                # The likeliest to be meant is the one of the same type.
                kinds = [_types(resolved(self._reader, one)) for one in _branches(reader)]
                mine = _types(resolved(self._writer, ours))
                near = [f for f, kind in zip(found, kinds, strict=True) if kind & mine]
                if near:
                    yield from min(near, key=len)
                else:
                    yield Break(path, f"the reader does not take {_listed(mine)}")

    def _objects(self, writer: Schema, reader: Schema, path: str) -> Iterator[Break]:
        ours, theirs = writer.get("properties", {}), reader.get("properties", {})
        for name in reader.get("required", []):
            if name not in writer.get("required", []):
                gone = "does not have it" if name not in ours else "may leave it out"
                yield Break(_below(path, name), f"the reader requires it and the writer {gone}")
        for name in ours.keys() & theirs.keys():
            yield from self.compare(ours[name], theirs[name], _below(path, name))
        rest = reader.get("additionalProperties", True)
        for name in ours.keys() - theirs.keys():
            if rest is False:
                yield Break(_below(path, name), "the reader refuses fields it does not know")
            elif rest is not True:
                yield from self.compare(ours[name], rest, _below(path, name))
        yield from self._others(writer, reader, path)

    def _others(self, writer: Schema, reader: Schema, path: str) -> Iterator[Break]:
        """Compare fields without a name of their own."""
        ours = writer.get("additionalProperties", True)
        theirs = reader.get("additionalProperties", True)
        if theirs is False and ours is not False:
            yield Break(path, "the reader refuses unknown fields, the writer may send some")
        elif isinstance(theirs, Mapping) and isinstance(ours, Mapping):
            yield from self.compare(ours, theirs, f"{path}[]")
        elif isinstance(theirs, Mapping) and ours is True:
            yield Break(path, "the reader wants other fields to be of a kind, the writer does not")


def _kinds(writer: Schema, reader: Schema, path: str) -> Iterator[Break]:
    types, wanted = _types(writer), _types(reader)
    extra = types - wanted - ({"integer"} if "number" in wanted else set())
    if extra:
        yield Break(
            path, f"the writer may send {_listed(extra)}, the reader takes {_listed(wanted)}"
        )
        return
    allowed, sent = _values(reader), _values(writer)
    if allowed is None:
        return
    if sent is None:
        yield Break(path, f"the reader takes {_quoted(allowed)} alone, the writer sends anything")
        return
    # As JSON, for in Python 1 is True.
    known = {json.dumps(value, sort_keys=True) for value in allowed}
    strange = [value for value in sent if json.dumps(value, sort_keys=True) not in known]
    if strange:
        yield Break(path, f"the writer may send {_quoted(strange)}, which the reader does not know")


def _ranges(writer: Schema, reader: Schema, path: str) -> Iterator[Break]:
    for name in (*_LOWEST, *_HIGHEST):
        if name not in reader or not _types(writer) & _about(name):
            continue
        wanted, given = reader[name], _bound(name, writer)
        if name.startswith("min") and name != "minimum" and wanted == 0:
            continue
        if given is None:
            yield Break(path, f"`{name}` is {wanted} for the reader, the writer has none")
        elif given < wanted if name in _LOWEST else given > wanted:
            yield Break(path, f"`{name}` is {given} for the writer and {wanted} for the reader")


def _about(bound: str) -> set[str]:
    return next(
        (kinds for end, kinds in _ABOUT.items() if bound.endswith(end)), {"integer", "number"}
    )


def _bound(name: str, writer: Schema) -> Any:
    """Return the writer's bound of that name: stated, or that of the values it lists."""
    values = _values(writer)
    if values is None or name.startswith("exclusive"):
        return writer.get(name)
    kind = _about(name)
    sizes = [
        value if kind == {"integer", "number"} else len(value)
        for value in values
        if _type_of(value) in kind
    ]
    return (min if name in _LOWEST else max)(sizes)


def _all_match(pattern: str, writer: Schema) -> bool:
    """Return whether the writer lists its values and all match the pattern."""
    values = _values(writer)
    return values is not None and all(
        re.search(pattern, value) for value in values if isinstance(value, str)
    )


def _values(schema: Schema) -> list[Any] | None:
    """Return the only values allowed, or None if there is no such list."""
    if "const" in schema:
        return [schema["const"]]
    found: list[Any] | None = schema.get("enum")
    return found


def _types(schema: Schema) -> set[str]:
    values = _values(schema)
    if values is not None:
        return {_type_of(value) for value in values}
    stated = schema.get("type")
    if stated is None:
        return set(_TYPES)
    return {stated} if isinstance(stated, str) else set(stated)


def _type_of(value: Any) -> str:
    if value is None:
        return "null"
    for kind, name in ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string")):
        if isinstance(value, kind):
            return name
    return "array" if isinstance(value, list) else "object"


def _branched(schema: Schema) -> bool:
    return "anyOf" in schema or isinstance(schema.get("type"), list)


def _branches(schema: Schema) -> Sequence[Any]:
    """Return the alternatives, each with what is said beside them; without any, the schema."""
    if "anyOf" in schema:
        beside = {k: v for k, v in schema.items() if k != "anyOf" and k not in NOTES}
        return [{**beside, **one} if one is not True else beside for one in schema["anyOf"]]
    if isinstance(schema.get("type"), list):
        return [{**schema, "type": one} for one in schema["type"]]
    return [schema]


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _of(value: Any) -> str:
    return "not set" if value is None else repr(value)


def _listed(types: set[str]) -> str:
    return "anything" if types == set(_TYPES) else " or ".join(sorted(types))


def _quoted(values: Sequence[Any]) -> str:
    return ", ".join(repr(value) for value in values)
