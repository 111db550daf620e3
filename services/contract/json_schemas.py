"""The contract's JSON Schemas, one for each message, with an example value.

Source: JSON Schema 2020-12.
"""

from __future__ import annotations

from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.base import Message
from schemas.topics import Topic

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def file_name(topic: Topic) -> str:
    """Return the name of the schema file of the topic's messages: `enriched-article.v1.json`."""
    parts = topic.event_type.removeprefix("newsloom.").split(".")
    version = parts.pop()
    return f"{'-'.join(reversed(parts))}.{version}.json"


def schema(topic: Topic) -> dict[str, Any]:
    """Return the JSON Schema of the topic's value as it is written."""
    assert topic.model is not None
    made = topic.model.model_json_schema(mode="validation")
    return {"$schema": _DIALECT, "$id": topic.schema_uri, **made}


def example(model: type[BaseModel]) -> dict[str, Any]:
    """Return a valid example value, made of the fields' own examples."""
    return {name: _field_example(field) for name, field in model.model_fields.items()}


def _field_example(field: FieldInfo) -> Any:
    if field.examples:
        return field.examples[0]
    return _type_example(field.annotation)


def _type_example(kind: Any) -> Any:
    """Return an example of a type that is a model, or contains models."""
    if isinstance(kind, type) and issubclass(kind, Message):
        return example(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    inner = [part for part in get_args(kind) if part is not NoneType]
    made = _type_example(inner[0]) if inner else None
    return [made] if get_origin(kind) is list else made
