"""Requests to a schema registry, and messages about its errors."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from schemas.topics import DEAD_LETTERS, ENRICHED, PUBLIC
from services.contract import schema_registry
from services.contract.json_schemas import schema
from services.contract.schema_registry import Registered, Registry
from services.kafka.ports import free_port
from services.messaging.errors import UsageError

SUBJECT = f"{ENRICHED.name}-value"


class FakeRegistry(BaseHTTPRequestHandler):
    """Sends the configured responses and keeps the requests."""

    answers: dict[str, tuple[int, bytes]]
    asked: list[tuple[str, str, Any, str | None]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.command, self.path, body, self.headers["Authorization"]))
        status, text = self.answers.get(self.path, (404, b"{}"))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text)

    do_PUT = do_POST  # noqa: N815 - the library's own name

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        pass


@pytest.fixture
def fake() -> Iterator[tuple[str, type[FakeRegistry]]]:
    handler = type("Handler", (FakeRegistry,), {"answers": {}, "asked": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()


def test_a_new_schema_is_looked_up_and_then_registered(
    fake: tuple[str, type[FakeRegistry]],
) -> None:
    address, handler = fake
    handler.answers = {f"/base/subjects/{SUBJECT}/versions": (200, b'{"id": 7}')}

    done = Registry(f"http://me:a%20word@{address}/base/").register(SUBJECT, ENRICHED)

    assert done == Registered(SUBJECT, 7, new=True)
    (_, _, body, secret) = handler.asked[-1]
    assert body["schemaType"] == "JSON"
    assert json.loads(body["schema"]) == schema(ENRICHED)
    assert secret == "Basic bWU6YSB3b3Jk"  # noqa: S105 - me:a word


def test_a_registered_schema_keeps_its_id(fake: tuple[str, type[FakeRegistry]]) -> None:
    address, handler = fake
    handler.answers = {f"/subjects/{SUBJECT}": (200, b'{"id": 3, "version": 1}')}

    assert Registry(f"http://{address}").register(SUBJECT, ENRICHED) == Registered(
        SUBJECT, 3, new=False
    )
    assert len(handler.asked) == 1


@pytest.mark.parametrize(
    ("status", "text", "said"),
    [
        (409, b'{"error_code": 409, "message": "incompatible"}', "409 incompatible"),
        (401, b"<html>", "401 Unauthorized"),
        (200, b"<html>", "does not answer like a schema registry"),
    ],
)
def test_a_rejection_is_reported_in_one_sentence(
    fake: tuple[str, type[FakeRegistry]], status: int, text: bytes, said: str
) -> None:
    address, handler = fake
    handler.answers = {f"/subjects/{SUBJECT}/versions": (status, text)}

    with pytest.raises(UsageError, match=said):
        Registry(f"http://{address}").register(SUBJECT, ENRICHED)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "registry:8081", ""])
def test_an_address_must_be_http(url: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a schema registry"):
        Registry(url)


def test_an_unreachable_registry_is_reported_without_its_password() -> None:
    with pytest.raises(UsageError, match="No registry answers at") as found:
        Registry(f"http://me:hidden@127.0.0.1:{free_port()}").register(SUBJECT, ENRICHED)

    assert "hidden" not in str(found.value)


def test_every_topic_except_dead_letters_has_a_subject() -> None:
    named = dict(schema_registry.subjects())

    assert set(named.values()) == set(PUBLIC) - {DEAD_LETTERS}
    assert all(subject == f"{topic.name}-value" for subject, topic in named.items())
