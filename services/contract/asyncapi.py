"""Generate the AsyncAPI document from the topic registry and the models.

It describes Newsloom as the application, which receives what users write and sends what they
subscribe to. Source: AsyncAPI 3.1.0 with its Kafka bindings 0.5.0.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from schemas.dead_letter import DEAD_LETTER_HEADER, DeadLetter
from schemas.envelope import CONTENT_TYPE, SPEC_VERSION, Envelope, deterministic_id
from schemas.topics import PUBLIC, Topic
from services.contract.json_schemas import example, file_name

_BINDING = {"bindingVersion": "0.5.0"}
_SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12"

_HEADER_MEANINGS = {
    "id": "Unique together with ce_source; a repeat of the same event has the same id.",
    "source": "The service that sent the message.",
    "type": "Type and major version of the message.",
    "time": "When the raw article was received, or the latest article of a story (RFC 3339).",
    "subject": "The article_id or story_id.",
    "dataschema": "Name of the schema of the value.",
    "traceparent": "W3C trace context.",
    "partitionkey": "The key of the record.",
    "sequence": "Orders the events of an article (offset of the raw record) or a story (version).",
    "correlationid": "The revision_id, the same from cleaning on.",
    "causationid": "The ce_id of the message that this one was made from.",
}

_SECURITY: dict[str, dict[str, Any]] = {
    "scramSha512": {
        "type": "scramSha512",
        "description": "User and password, NEWSLOOM_KAFKA_SASL_MECHANISM=SCRAM-SHA-512 (the "
        "default).",
    },
    "scramSha256": {
        "type": "scramSha256",
        "description": "User and password, NEWSLOOM_KAFKA_SASL_MECHANISM=SCRAM-SHA-256.",
    },
    "plain": {
        "type": "plain",
        "description": "User and password, NEWSLOOM_KAFKA_SASL_MECHANISM=PLAIN.",
    },
    "certificate": {
        "type": "X509",
        "description": "A client certificate, NEWSLOOM_KAFKA_CERT_FILE.",
    },
}

_TAGS = {
    "input": "Written by users.",
    "output": "Read by subscribers.",
    "internal": "Used between the stages; it can be read, but has a short retention.",
}


def document() -> dict[str, Any]:
    """Return the document of all public topics."""
    return {
        "asyncapi": "3.1.0",
        "id": "urn:newsloom",
        "info": {
            "title": "Newsloom",
            "version": version("newsloom-server"),
            "description": "News as an event stream: clean, entity-tagged, de-duplicated articles "
            "and stories. Each record is a CloudEvent in Kafka's binary mode: attributes in "
            "headers, data in the value. Delivery is at least once; a repeat carries the same "
            "`ce_id`. Readers ignore unknown fields.",
            "license": {
                "name": "Apache-2.0",
                "url": "https://www.apache.org/licenses/LICENSE-2.0",
            },
            "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": _servers(),
        "channels": {_slug(topic): _channel(topic) for topic in PUBLIC},
        "operations": {_operation_name(topic): _operation(topic) for topic in PUBLIC},
        "components": {
            "messages": {name: made for topic in PUBLIC for name, made in _messages(topic).items()},
            "messageTraits": {"CloudEvent": {"headers": _headers()}},
            "securitySchemes": _SECURITY,
        },
    }


def _servers() -> dict[str, Any]:
    variables = {
        "host": {"default": "localhost", "description": "Host of a broker of your cluster."},
        "port": {"default": "9092", "description": "Port of the broker."},
    }
    common = {"host": "{host}:{port}", "variables": variables, "bindings": {"kafka": _BINDING}}
    return {
        "plain": {
            **common,
            "protocol": "kafka",
            "description": "A cluster without TLS, for development or in a trusted network.",
        },
        "secured": {
            **common,
            "protocol": "kafka-secure",
            "description": "A cluster with TLS (NEWSLOOM_KAFKA_SECURITY=sasl_ssl or ssl).",
            "security": [{"$ref": f"#/components/securitySchemes/{name}"} for name in _SECURITY],
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
        "description": f"Keyed by {topic.key}; {_kept(topic)}.",
        "servers": [{"$ref": "#/servers/plain"}, {"$ref": "#/servers/secured"}],
        "tags": [{"name": _tag(topic)}],
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in _messages(topic)},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": configuration,
                **_BINDING,
            }
        },
    }


def _kept(topic: Topic) -> str:
    if topic.retention is None:
        return "compacted: the last record of each key is kept"
    return f"kept for {topic.retention.days} days"


def _operation(topic: Topic) -> dict[str, Any]:
    channel = f"#/channels/{_slug(topic)}"
    return {
        "action": _action(topic),
        "channel": {"$ref": channel},
        "title": topic.title,
        "summary": topic.title,
        "tags": [{"name": _tag(topic)}],
        "messages": [{"$ref": f"{channel}/messages/{name}"} for name in _messages(topic)],
        "bindings": {"kafka": {"clientId": {"type": "string"}, **_BINDING}},
    }


def _messages(topic: Topic) -> dict[str, Any]:
    """Return the messages of a topic by name.

    A compacted topic that users write has a removal too.
    """
    name = _title(topic)
    if topic.model is DeadLetter:
        return {name: _dead_letter(topic)}
    made = {name: _message(topic)}
    if topic.compact and topic.written_by_users:
        made[f"{name}Removal"] = _removal(topic)
    return made


def _message(topic: Topic) -> dict[str, Any]:
    assert topic.model is not None
    value = example(topic.model)
    return {
        **_common(topic),
        "correlationId": {
            "location": "$message.header#/ce_correlationid",
            "description": "The revision of the article, the same from cleaning on.",
        },
        "payload": {
            "schemaFormat": _SCHEMA_FORMAT,
            "schema": {"$ref": f"./json/{file_name(topic)}"},
        },
        "traits": [{"$ref": "#/components/messageTraits/CloudEvent"}],
        "examples": [{"name": "example", "headers": _example_headers(topic), "payload": value}],
    }


def _removal(topic: Topic) -> dict[str, Any]:
    return {
        **_common(topic),
        "name": f"{topic.event_type}.removal",
        "title": f"A null value removes the row with that {topic.key}.",
        "payload": {"schemaFormat": _SCHEMA_FORMAT, "schema": {"type": "null"}},
    }


def _dead_letter(topic: Topic) -> dict[str, Any]:
    """Return the message of a dead letter: the original's value, with the letter in a header."""
    letter = json.dumps(example(DeadLetter))
    return {
        **_common(topic),
        "contentType": "application/octet-stream",
        "headers": {
            "type": "object",
            "description": "The headers of the original, and one with the reason.",
            "properties": {
                DEAD_LETTER_HEADER: {
                    "type": "string",
                    "description": f"JSON as described by json/{file_name(topic)}.",
                }
            },
            "required": [DEAD_LETTER_HEADER],
        },
        "payload": {
            "schemaFormat": _SCHEMA_FORMAT,
            "schema": {"description": "The value of the original, byte for byte."},
        },
        "examples": [
            {
                "name": "example",
                "headers": {DEAD_LETTER_HEADER: letter},
                "payload": "{this was not JSON",
            }
        ],
    }


def _common(topic: Topic) -> dict[str, Any]:
    return {
        "name": topic.event_type,
        "title": topic.title,
        "contentType": CONTENT_TYPE,
        "bindings": {
            "kafka": {"key": {"type": "string", "description": topic.key}, **_BINDING},
        },
    }


def _headers() -> dict[str, Any]:
    fields = {
        f"ce_{name}": {"type": "string", "description": _HEADER_MEANINGS[name]}
        for name in Envelope.__dataclass_fields__
    }
    return {
        "type": "object",
        "properties": {
            "ce_specversion": {"type": "string", "const": SPEC_VERSION},
            **fields,
            "traceparent": {"type": "string", "description": "The same as ce_traceparent."},
            "content-type": {"type": "string", "const": CONTENT_TYPE},
        },
        "required": ["ce_specversion", "ce_id", "ce_source", "ce_type"],
    }


def _example_headers(topic: Topic) -> dict[str, str]:
    envelope = Envelope(
        id=deterministic_id(topic.event_type, "example"),
        source="newsloom/example",
        type=topic.event_type,
        dataschema=topic.schema_uri,
    )
    return {name: value.decode() for name, value in envelope.to_headers()}


def _action(topic: Topic) -> str:
    return "receive" if topic.written_by_users else "send"


def _tag(topic: Topic) -> str:
    if topic.written_by_users:
        return "input"
    return "internal" if "clean" in topic.name or "tagged" in topic.name else "output"


def _operation_name(topic: Topic) -> str:
    return f"{_action(topic)}{_title(topic)}"


def _slug(topic: Topic) -> str:
    return topic.name.removeprefix("newsloom.").replace(".", "-")


def _title(topic: Topic) -> str:
    return "".join(part.capitalize() for part in file_name(topic).split(".")[0].split("-"))
