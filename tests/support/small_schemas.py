"""Small JSON Schemas for tests of the contract."""

from __future__ import annotations

from typing import Any


def message(**fields: Any) -> dict[str, Any]:
    """Return the schema of an object whose fields are all required."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def optional(**fields: Any) -> dict[str, Any]:
    """Return the schema of an object whose fields are all optional."""
    return {"type": "object", "properties": fields}


TEXT = {"type": "string"}
NUMBER = {"type": "number"}
MAYBE = {"anyOf": [TEXT, {"type": "null"}]}
