"""Register the contract's JSON Schemas with a registry that implements Confluent's REST API.

Source: API reference of Confluent's Schema Registry (subjects, config). A subject is named after
its topic, `<topic>-value`, as the serializers of Confluent's clients expect.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from urllib.request import Request, urlopen

from schemas.dead_letter import DeadLetter
from schemas.topics import PUBLIC, Topic
from services.contract.json_schemas import schema
from services.messaging.errors import UsageError

_TYPE = "application/vnd.schemaregistry.v1+json"
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Registered:
    """A schema as the registry has it: its subject, the registry's id, whether it is new."""

    subject: str
    id: int
    new: bool


def subjects() -> Iterator[tuple[str, Topic]]:
    """Yield each subject and its topic.

    A dead letter's value is the original's and has no schema.
    """
    for topic in PUBLIC:
        if topic.model is not DeadLetter:
            yield f"{topic.name}-value", topic


class Registry:
    """A registry at a URL; a user and password in the URL are sent as HTTP Basic."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UsageError(
                f"{url!r} is not the address of a schema registry, such as http://host:8081."
            )
        host = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
        self._base = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
        self._headers = {"Accept": _TYPE, "Content-Type": _TYPE}
        if parts.username:
            word = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._headers["Authorization"] = "Basic " + base64.b64encode(word.encode()).decode()

    def register(self, subject: str, topic: Topic) -> Registered:
        """Register a topic's schema; an existing one keeps its id.

        Raises `UsageError` if the registry can't be reached or refuses it.
        """
        body = {"schemaType": "JSON", "schema": json.dumps(schema(topic))}
        path = f"/subjects/{quote(subject, safe='')}"
        known = self._ask("POST", path, body, absent_ok=True)
        found = known or self._ask("POST", f"{path}/versions", body)
        return Registered(subject, int(found["id"]), new=known is None)

    def set_compatibility(self, subject: str, level: str) -> None:
        """Set which changes the registry accepts for a subject. Raises as `register`."""
        self._ask("PUT", f"/config/{quote(subject, safe='')}", {"compatibility": level})

    def _ask(self, method: str, path: str, body: Any, *, absent_ok: bool = False) -> Any:
        request = Request(  # noqa: S310 - the scheme is checked above
            self._base + path, json.dumps(body).encode(), self._headers, method=method
        )
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
                return json.load(answer)
        except HTTPError as error:
            said = _said(error)
            if error.code == 404 and absent_ok:  # noqa: PLR2004 - HTTP's own number
                return None
            raise UsageError(
                f"The registry at {self._base} rejects {path}: {error.code} {said}."
            ) from error
        except (URLError, TimeoutError, ConnectionError) as error:
            reason = getattr(error, "reason", error)
            raise UsageError(f"No registry answers at {self._base}: {reason}.") from error
        except ValueError as error:
            raise UsageError(f"{self._base} does not answer like a schema registry.") from error


def _said(error: HTTPError) -> str:
    """Return the registry's own error message, at most a line."""
    try:
        text = str(json.load(error).get("message", ""))
    except (ValueError, AttributeError):
        text = ""
    return " ".join((text or str(error.reason)).split())[:300].rstrip(".")
