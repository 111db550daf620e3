"""The reason for a broker's end, from its log."""

from __future__ import annotations

import pytest

from services.kafka.development_broker import failure_in

BIND = """\
2026-01-01 10:00:00,000 ERROR org.apache.kafka.x: Fatal error during startup.
org.apache.kafka.common.KafkaException: Socket server failed to bind to 127.0.0.1:9: Denied.
\tat kafka.network.Acceptor.openServerSocket(SocketServer.scala:701)
Caused by: java.net.BindException: Denied
"""


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        (BIND, "Socket server failed to bind to 127.0.0.1:9: Denied"),
        (
            'Exception in thread "main" java.lang.OutOfMemoryError: no room\n\tat x\n',
            "no room",
        ),
        ("Error occurred during initialization of VM\nno memory\n", "no memory"),
        ("", "it logged nothing"),
    ],
    ids=["exception", "thread", "last line", "empty"],
)
def test_the_reason_is_the_first_exception_else_the_last_line(log: str, reason: str) -> None:
    assert failure_in(log) == reason
