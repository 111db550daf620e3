"""Every bad message on the raw topic becomes a dead letter, and does not block the partition."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiokafka.errors import MessageSizeTooLargeError

from schemas.dead_letter import Outcome
from schemas.topics import RAW
from services.kafka.clients import producer
from services.messaging.errors import Reason
from tests.integration.harness import Cluster

WORDS = "The harbour council met on Sunday and agreed to reopen the ferry line to the island. "
KEY = b"one-key"  # all in one partition, so that a stuck message would block the rest


def raw(**fields: Any) -> bytes:
    base = {"url": "https://a.example/x", "source": "a.example", "text": WORDS * 8}
    return json.dumps({**base, **fields}).encode()


CASES: list[tuple[bytes | None, list[tuple[str, bytes]], Reason]] = [
    (b"not json at all", [], Reason.NOT_JSON),
    (b"", [], Reason.NOT_JSON),
    (None, [], Reason.NULL_VALUE),
    (b"[1, 2]", [], Reason.BAD_FIELDS),
    (b'{"source": "a.example"}', [], Reason.BAD_FIELDS),
    (raw(text=None), [], Reason.BAD_FIELDS),
    (raw(text=17), [], Reason.BAD_FIELDS),
    (b'{"url": "https://a.example", "source": "\xff\xfe"}', [], Reason.BAD_ENCODING),
    (raw(), [("content-type", b"application/x-protobuf")], Reason.BAD_CONTENT_TYPE),
    (raw(), [("ce_id", b"only-this")], Reason.BAD_ENVELOPE),
    (raw(published_at="2025-05-04T08:30:00"), [], Reason.NAIVE_TIME),
    (raw(published_at="2999-05-04T08:30:00Z"), [], Reason.IMPOSSIBLE_DATE),
    (raw(published_at="0001-01-01T00:00:00Z"), [], Reason.IMPOSSIBLE_DATE),
    (raw(text="Three words only."), [], Reason.TOO_SHORT),
    (raw(text="", url="https://a.example/empty"), [], Reason.EMPTY),
]


@pytest.fixture(scope="module")
def dead_letters(pipeline: Cluster) -> dict[int, tuple[Any, Any]]:
    """Send the bad messages and a good one; return the dead letters by raw offset."""
    records: list[tuple[bytes, bytes | None, list[Any]]] = [
        (KEY, value, headers) for value, headers, _ in CASES
    ]
    pipeline.send([*records, (KEY, raw(url="https://a.example/good"), [])])
    found = pipeline.wait_for(
        lambda seen: bool(seen.enriched) and len(seen.dead_letters) >= len(CASES), "all ended"
    )
    assert [article.url for article in found.enriched] == ["https://a.example/good"]
    return {letter.offset: (letter, record) for letter, record in found.dead_letters}


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: f"{n}-{CASES[n][2]}")
def test_a_bad_message_becomes_a_dead_letter_with_its_reason_and_original(
    dead_letters: dict[int, tuple[Any, Any]], number: int
) -> None:
    value, headers, reason = CASES[number]

    letter, record = dead_letters[number]

    assert letter.reason == reason
    assert letter.stage == "cleaning"
    filtered = reason in (Reason.TOO_SHORT, Reason.EMPTY)
    assert letter.outcome == (Outcome.FILTERED if filtered else Outcome.FAILED)
    assert record.value == value
    assert record.key == KEY
    assert list(record.headers[: len(headers)]) == headers


def test_nothing_is_lost_or_duplicated(dead_letters: dict[int, tuple[Any, Any]]) -> None:
    assert sorted(dead_letters) == list(range(len(CASES)))


def test_a_body_of_20_mb_is_rejected_when_it_is_published(pipeline: Cluster) -> None:
    async def send() -> None:
        async with producer(pipeline.bootstrap) as client:
            await client.send_and_wait(RAW.name, b"x" * 20_000_000, key=KEY)

    with pytest.raises(MessageSizeTooLargeError):
        asyncio.run(send())

    big = raw(text="x" * 20_000_000)
    done = pipeline.newsloom("publish", "-", stdin=big + b"\n")
    assert done.returncode == 1
    assert "larger than 8,000,000 characters" in done.stderr
