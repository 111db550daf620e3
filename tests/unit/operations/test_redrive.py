"""What a redrive sends, to which partition, at which rate, and what it records."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from schemas.dead_letter import DeadLetter
from services.messaging.dead_letters import ATTEMPTS_HEADER, create, parse
from services.messaging.errors import Reason, Rejected
from services.messaging.records import Record
from services.operations.redrive import _Sender

RAW = "newsloom.articles.raw"
NOTE = "newsloom.dead-letters.redriven"


class Client:
    """A producer that keeps the records, and fails if the test says so."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.fails = False

    async def send(self, topic: str, value: bytes | None, **more: Any) -> asyncio.Future[None]:
        self.sent.append((topic, {"value": value, **more}))
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self.fails:
            future.set_exception(OSError("the broker is away"))
        else:
            future.set_result(None)
        return future

    async def send_and_wait(self, topic: str, value: bytes | None, **more: Any) -> None:
        await (await self.send(topic, value, **more))


def letters(number: int, partition: int = 3) -> list[tuple[Record, DeadLetter]]:
    found = []
    for offset in range(number):
        headers = (("ce_id", b"1"), (ATTEMPTS_HEADER, b"2"))
        original = Record(RAW, partition, offset, 1.7e9, b"key", b"\x00value", headers)
        out = create("cleaning", original, Rejected(Reason.NOT_JSON, "x"), None)
        record = Record("d", 0, offset, 1.7e9, out.key, out.value, out.headers)
        letter = parse(record)
        assert letter is not None
        found.append((record, letter))
    return found


async def test_the_original_is_sent_to_its_partition_with_its_attempts_and_recorded() -> None:
    client = Client()
    ((record, letter),) = letters(1)
    async with _Sender(client, NOTE, {RAW: 8}, rate=1000) as sender:
        await sender.send(record, letter)

    (topic, sent), (note, noted) = client.sent
    assert (topic, sent["key"], sent["value"]) == (RAW, b"key", b"\x00value")
    assert sent["partition"] == 3
    assert sent["headers"] == [("ce_id", b"1"), (ATTEMPTS_HEADER, b"3")]
    assert (note, noted["key"]) == (NOTE, letter.id.encode())


async def test_without_its_partition_a_record_is_partitioned_by_key() -> None:
    client = Client()
    ((record, letter),) = letters(1, partition=9)
    async with _Sender(client, NOTE, {RAW: 8}, rate=1000) as sender:
        await sender.send(record, letter)

    assert client.sent[0][1]["partition"] is None


async def test_the_rate_limit_is_kept() -> None:
    client = Client()
    started = time.monotonic()
    async with _Sender(client, NOTE, {RAW: 8}, rate=200) as sender:
        for record, letter in letters(11):
            await sender.send(record, letter)

    assert time.monotonic() - started >= 10 / 200


async def test_a_dead_letter_whose_delivery_fails_is_reported_and_not_recorded() -> None:
    client = Client()
    client.fails = True
    ((record, letter),) = letters(1)

    with pytest.raises(OSError, match="the broker is away"):
        async with _Sender(client, NOTE, {RAW: 8}, rate=1000) as sender:
            await sender.send(record, letter)

    assert [topic for topic, _ in client.sent] == [RAW]
