"""`newsloom broker start` says what keeps the broker from starting."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kafka import broker_address, development_broker
from services.kafka.development_broker import BrokerAdditions
from services.kafka.ports import free_port
from services.messaging.errors import UsageError
from tests.integration.harness import LIBS, Cluster


@pytest.fixture
def taken() -> Iterator[int]:
    """Return a port on which a server listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_refused(taken: int, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"can't use port {taken} on 127.0.0.1: Address already"):
        development_broker.start(tmp_path, LIBS, taken)


def test_a_preferred_port_is_not_used_if_it_is_taken(taken: int, tmp_path: Path) -> None:
    started = development_broker.start(tmp_path, LIBS, preferred=taken)
    try:
        assert started.port != taken
    finally:
        development_broker.stop(tmp_path)


def test_the_port_of_the_command_is_9092_if_it_is_free(
    monkeypatch: pytest.MonkeyPatch, cluster: Cluster
) -> None:
    chosen = []

    def start(*_: object, preferred: int) -> development_broker.Broker:
        chosen.append(preferred)
        return development_broker.Broker(1, 9092, "")

    monkeypatch.setattr(development_broker, "start", start)
    monkeypatch.setattr("services.commands.broker.download_missing_jars", lambda _: 0)
    cluster.command("broker", "start")
    cluster.command("broker", "start", "--port", "0")

    assert chosen == [broker_address.DEFAULT_PORT, 0]


def test_a_running_broker_keeps_its_port_and_its_port_alone(cluster: Cluster) -> None:
    home, port = Path(cluster.broker.home), cluster.broker.port

    assert development_broker.start(home, LIBS) == cluster.broker
    assert development_broker.start(home, LIBS, port) == cluster.broker
    with pytest.raises(UsageError, match=f"already runs at 127.0.0.1:{port}"):
        development_broker.start(home, LIBS, free_port())


def test_a_broker_that_ends_by_itself_gives_its_reason(tmp_path: Path) -> None:
    preferred = free_port()
    assert development_broker.start(tmp_path, LIBS, preferred=preferred).port == preferred
    assert development_broker.stop(tmp_path)

    wrong = BrokerAdditions(properties={"num.network.threads": "none"})
    with pytest.raises(UsageError, match=r"Invalid value none for configuration num.network") as it:
        development_broker.start(tmp_path, LIBS, additions=wrong)
    assert str(tmp_path / "broker.log") in str(it.value)
    assert development_broker.running(tmp_path) is None
