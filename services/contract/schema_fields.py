"""The fields of a JSON Schema by their paths, and the changes between two schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

NOTES = {
    *("$schema", "$id", "$defs", "$comment", "title", "description", "examples", "default"),
    *("deprecated", "readOnly", "writeOnly"),
}
"""Keywords that do not constrain a value."""

_BELOW = {"properties", "items", "required", "additionalProperties"}
"""Keywords about the fields below a field."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where the writer's values do not fit the reader, and why; `field` is a dotted path."""

    field: str
    why: str

    def __str__(self) -> str:
        return f"{self.field or 'the message'}: {self.why}"


def removed(old: Schema, new: Schema) -> list[Break]:
    """Return fields of `old` that `new` lacks: readers may depend on them, required or not."""
    before, after = fields(old), fields(new)
    added = [name for name in after if name not in before]
    gone = []
    for name in before:
        parent = name.rpartition(".")[0]
        if name in after or (parent and parent.rstrip("[]") not in after):
            continue
        like = [
            other
            for other in added
            if other.rpartition(".")[0] == parent and before[name] == after[other]
        ]
        hint = f" (renamed to `{like[0].rpartition('.')[2]}`?)" if len(like) == 1 else ""
        gone.append(Break(name, f"is there no more{hint}; keep it, and say it is deprecated"))
    return gone


def redefined(old: Schema, new: Schema) -> list[Break]:
    """Return optional fields whose default changed: messages without them would change meaning."""
    before, after = dict(_walk(old)), dict(_walk(new))
    return [
        Break(name, f"its default was {_shown(before[name])} and is {_shown(after[name])}")
        for name in before
        if name in after
        and not before[name].get(_REQUIRED)
        and before[name].get("default") != after[name].get("default")
    ]


def news(old: Schema, new: Schema) -> list[str]:
    """Return fields that are only in `new`, or are described differently there."""
    before, after = dict(_walk(old)), dict(_walk(new))
    return [
        name
        for name, node in after.items()
        if name not in before or _own(new, node) != _own(old, before[name])
    ]


def fields(schema: Schema) -> dict[str, Any]:
    """Return every field by its dotted path (`entities[].name`), with its schema without notes."""
    return {name: bare(schema, node) for name, node in _walk(schema)}


def bare(root: Schema, node: Any, above: tuple[str, ...] = ()) -> Any:
    """Return the node with its references resolved and its notes left out, for comparison."""
    if isinstance(node, Mapping):
        reference = node.get("$ref")
        if reference in above:
            return reference
        above = (*above, reference) if reference else above
        found = resolved(root, node)
        # Below `properties` a key is a field's name, whatever it is called.
        return {
            key: {name: bare(root, inner, above) for name, inner in value.items()}
            if key == "properties"
            else bare(root, value, above)
            for key, value in found.items()
            if key not in NOTES and key != _REQUIRED
        }
    if isinstance(node, list):
        return [bare(root, inner, above) for inner in node]
    return node


def resolved(root: Schema, node: Schema) -> Schema:
    """Return the node with its `$ref` into its own file resolved; its own keywords win."""
    while "$ref" in node:
        target: Any = root
        for part in node["$ref"].removeprefix("#").strip("/").split("/"):
            target = target[part] if part else target
        own = {name: value for name, value in node.items() if name != "$ref"}
        node = {**target, **own}
    return node


_REQUIRED = "x-required"
"""Set here on a field's schema where its object requires it."""


def _walk(root: Schema) -> Iterator[tuple[str, Schema]]:
    def visit(node: Schema, path: str, above: tuple[str, ...]) -> Iterator[tuple[str, Schema]]:
        reference = node.get("$ref")
        if reference in above:
            return
        if reference:
            above = (*above, reference)
        node = resolved(root, node)
        for name, inner in node.get("properties", {}).items():
            below = f"{path}.{name}" if path else name
            required = name in node.get("required", [])
            yield below, {**inner, _REQUIRED: True} if required else inner
            yield from visit(inner, below, above)
        for keyword in ("anyOf", "oneOf", "allOf"):
            for inner in node.get(keyword, []):
                yield from visit(inner, path, above)
        for keyword in ("items", "additionalProperties"):
            inner = node.get(keyword)
            if isinstance(inner, Mapping):
                yield from visit(inner, f"{path}[]", above)

    yield from visit(root, "", ())


def _own(root: Schema, node: Schema) -> Any:
    """Return what a field's schema says of the field itself, without the fields below it."""

    def strip(thing: Any) -> Any:
        if isinstance(thing, Mapping):
            return {key: strip(value) for key, value in thing.items() if key not in _BELOW}
        return [strip(inner) for inner in thing] if isinstance(thing, list) else thing

    return strip(bare(root, node)), bool(node.get(_REQUIRED))


def _shown(schema: Schema) -> str:
    return repr(schema["default"]) if "default" in schema else "none"
