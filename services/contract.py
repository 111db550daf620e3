"""The contract as files: JSON Schema of each message, and the AsyncAPI 3.1 document.

Sources: JSON Schema 2020-12; AsyncAPI 3.1.0 with its Kafka bindings 0.5.0.
"""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.base import Message
from schemas.envelope import CONTENT_TYPE, Envelope
from schemas.topics import PUBLIC, Topic

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KAFKA_BINDING = "0.5.0"

_HEADER_MEANINGS = {
    "id": "Unique with ce_source; a repeat of the same event carries the same id.",
    "source": "The part of Newsloom that sent it.",
    "type": "Type and major version of the message.",
    "time": "When the article reached Newsloom (RFC 3339).",
    "subject": "article_id or story_id.",
    "dataschema": "Name of the value's schema.",
    "traceparent": "W3C trace context.",
    "partitionkey": "The record's key.",
    "sequence": "Orders the events of one article (offset of the raw record) or story (version).",
    "correlationid": "revision_id, through all hops.",
    "causationid": "ce_id of the message this one was made from.",
}


def file_name(topic: Topic) -> str:
    """Name of the schema file of the topic's messages: `enriched-article.v1.json`."""
    parts = topic.event_type.removeprefix("newsloom.").split(".")
    version = parts.pop()
    return f"{'-'.join(reversed(parts))}.{version}.json"


def schema(topic: Topic) -> dict[str, Any]:
    """JSON Schema of the topic's value as it is written."""
    assert topic.model is not None
    made = topic.model.model_json_schema(mode="validation")
    return {"$schema": _DIALECT, "$id": topic.schema_uri, **made}


def example(model: type[BaseModel]) -> dict[str, Any]:
    """An example value, made of the fields' own examples; it validates."""
    return {name: _field_example(field) for name, field in model.model_fields.items()}


def documents() -> dict[str, str]:
    """Every generated file: its name below `schemas/`, and its text."""
    made = {
        f"json/{file_name(topic)}": json.dumps(schema(topic), indent=2, ensure_ascii=False) + "\n"
        for topic in PUBLIC
    }
    made["asyncapi.yaml"] = yaml.safe_dump(
        asyncapi(), sort_keys=False, allow_unicode=True, width=100
    )
    return made


def export(folder: Path) -> list[Path]:
    """Write the generated files below `folder`; returns those that changed."""
    changed = []
    for name, text in documents().items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            changed.append(path)
    return changed


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI document of all public topics."""
    return {
        "asyncapi": "3.1.0",
        "info": {
            "title": "Newsloom",
            "version": "1.0.0",
            "description": "News as an event stream. Each record is a CloudEvent in binary mode.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": {
            "kafka": {
                "host": "localhost:9092",
                "protocol": "kafka",
                "description": "Your cluster (NEWSLOOM_KAFKA).",
            }
        },
        "channels": {_slug(topic): _channel(topic) for topic in PUBLIC},
        "operations": {
            f"{_action(topic)}{_title(topic)}": {
                "action": _action(topic),
                "channel": {"$ref": f"#/channels/{_slug(topic)}"},
                "summary": topic.title,
                "messages": [{"$ref": f"#/channels/{_slug(topic)}/messages/{_title(topic)}"}],
            }
            for topic in PUBLIC
        },
        "components": {
            "messages": {_title(topic): _message(topic) for topic in PUBLIC},
            "schemas": {"CloudEventHeaders": _headers()},
        },
    }


def _channel(topic: Topic) -> dict[str, Any]:
    config: dict[str, Any] = dict(topic.config())
    configuration: dict[str, Any] = {
        "cleanup.policy": [config["cleanup.policy"]],
        "max.message.bytes": topic.max_message_bytes,
    }
    if "retention.ms" in config:
        configuration["retention.ms"] = int(config["retention.ms"])
    return {
        "address": topic.name,
        "title": topic.title,
        "messages": {_title(topic): {"$ref": f"#/components/messages/{_title(topic)}"}},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": configuration,
                "bindingVersion": _KAFKA_BINDING,
            }
        },
    }


def _message(topic: Topic) -> dict[str, Any]:
    assert topic.model is not None
    schema_format = "application/schema+json;version=draft-2020-12"
    return {
        "name": topic.event_type,
        "title": topic.title,
        "contentType": CONTENT_TYPE,
        "headers": {"$ref": "#/components/schemas/CloudEventHeaders"},
        "payload": {
            "schemaFormat": schema_format,
            "schema": {"$ref": f"./json/{file_name(topic)}"},
        },
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": topic.key},
                "bindingVersion": _KAFKA_BINDING,
            }
        },
        "examples": [{"name": "example", "payload": example(topic.model)}],
    }


def _headers() -> dict[str, Any]:
    fields = {
        f"ce_{name}": {"type": "string", "description": _HEADER_MEANINGS[name]}
        for name in Envelope.__dataclass_fields__
    }
    return {
        "type": "object",
        "properties": {"ce_specversion": {"type": "string", "const": "1.0"}, **fields},
        "required": ["ce_specversion", "ce_id", "ce_source", "ce_type"],
    }


def _field_example(field: FieldInfo) -> Any:
    if field.examples:
        return field.examples[0]
    return _type_example(field.annotation)


def _type_example(kind: Any) -> Any:
    """Example of a type that is a model, or holds some."""
    if isinstance(kind, type) and issubclass(kind, Message):
        return example(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    inner = [part for part in get_args(kind) if part is not NoneType]
    made = _type_example(inner[0]) if inner else None
    return [made] if get_origin(kind) is list else made


def _action(topic: Topic) -> str:
    """What a client of Newsloom does with the topic."""
    return "send" if topic.written_by_users else "receive"


def _slug(topic: Topic) -> str:
    return topic.name.removeprefix("newsloom.").replace(".", "-")


def _title(topic: Topic) -> str:
    return "".join(part.capitalize() for part in file_name(topic).split(".")[0].split("-"))
