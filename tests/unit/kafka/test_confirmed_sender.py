"""What counts as delivered, what as refused, and how much waits for the broker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiokafka.errors import MessageSizeTooLargeError, NotLeaderForPartitionError

from schemas.article import RawArticle
from services.commands import gazetteer
from services.ingest import publisher
from services.ingest.files import Loaded
from services.kafka.confirmed_sender import MAX_IN_FLIGHT


class Broker:
    """A producer whose broker answers a little later, for some keys with an error."""

    def __init__(self, errors: dict[int, Exception] | None = None) -> None:
        self.sent: list[bytes | None] = []
        self.most_waiting = self._waiting = 0
        self._errors = errors or {}

    async def send(
        self,
        topic: str,  # noqa: ARG002 - as aiokafka's producer
        value: bytes | None = None,
        key: bytes | None = None,  # noqa: ARG002
        *,
        headers: Iterable[tuple[str, bytes]] | None = None,  # noqa: ARG002
    ) -> Awaitable[object]:
        error = self._errors.get(len(self.sent))
        self.sent.append(value)
        if isinstance(error, MessageSizeTooLargeError):
            raise error  # as aiokafka does, before it sends anything
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self._waiting += 1
        self.most_waiting = max(self.most_waiting, self._waiting)
        asyncio.get_running_loop().call_later(0.001, self._answer, answer, error)
        return answer

    def _answer(self, answer: asyncio.Future[object], error: Exception | None) -> None:
        self._waiting -= 1
        if error is None:
            answer.set_result(None)
        else:
            answer.set_exception(error)


@asynccontextmanager
async def connected(to: object) -> AsyncIterator[object]:
    yield to


async def _topic_exists(*_: object) -> None: ...


def use(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (publisher, gazetteer):
        monkeypatch.setattr(module, "producer", lambda _: connected(broker))
    monkeypatch.setattr(publisher, "admin", connected)
    monkeypatch.setattr(publisher, "partition_counts", _topic_exists)


def articles(number: int) -> list[Loaded]:
    return [
        Loaded(f"file {n}", RawArticle(url=f"https://a.example/{n}", source="a", text="x"))
        for n in range(number)
    ]


async def test_an_article_counts_as_delivered_only_if_the_broker_has_acknowledged_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(Broker({1: NotLeaderForPartitionError(), 3: MessageSizeTooLargeError()}), monkeypatch)
    done: list[None] = []

    result = await publisher.publish("127.0.0.1:1", articles(5), lambda: done.append(None))

    assert result.delivered == 3
    assert sorted(origin for origin, _ in result.refused) == ["file 1", "file 3"]
    assert len(done) == 5


@pytest.mark.parametrize("number", [3, MAX_IN_FLIGHT + 50])
async def test_an_error_that_is_not_of_kafka_is_raised_and_not_counted_as_done(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    use(Broker({1: RuntimeError("a fault in the client")}), monkeypatch)
    done: list[None] = []

    with pytest.raises(RuntimeError, match="a fault in the client"):
        await publisher.publish("127.0.0.1:1", articles(number), lambda: done.append(None))

    assert len(done) < number


async def test_a_gazetteer_of_any_length_keeps_few_rows_waiting_for_the_broker(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broker = Broker({7: NotLeaderForPartitionError()})
    use(broker, monkeypatch)
    file = tmp_path / "names.csv"
    rows = [f"org:{n},Organisation {n},organisation" for n in range(3000)]
    file.write_text("\n".join(["id,name,type", *rows]))

    result = await gazetteer._send_file(file)

    assert len(broker.sent) == 3000
    assert broker.most_waiting <= MAX_IN_FLIGHT
    assert result.delivered == 2999
    assert [origin for origin, _ in result.refused] == ["org:7"]
