"""Every header of every message on the way from a raw article to its story.

`pipeline_headers.json` holds the headers by case and topic. They are part of the public
contract, so that file changes only together with the contract.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.article import RawArticle
from schemas.envelope import STRUCTURED_TYPE, Envelope
from schemas.topics import RAW
from services.cleaning.stage import CleaningStage
from services.dedup.stage import DedupStage
from services.dedup.storage.row_store import InMemoryTables
from services.messaging.raw_records import raw_record
from services.messaging.records import Headers, OutgoingRecord, Record
from services.processing.stage import Processed, Stage
from services.settings import Settings
from services.tagging.core import Tagger
from services.tagging.stage import TaggingStage

EXPECTED: dict[str, dict[str, list[list[str]]]] = json.loads(
    (Path(__file__).parent / "pipeline_headers.json").read_text()
)
ARRIVED = datetime(2025, 5, 4, 9, 0, 0, 123000, tzinfo=UTC)
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
ARTICLE = RawArticle(
    url="https://harbourpost.example/2025/05/04/ferry",
    source="harbourpost.example",
    title="Ferry line to Skarholm reopens",
    text="The ferry to Skarholm sails again from Sunday, the harbour office said, after repairs "
    "that took eleven weeks longer than planned.\n\nSeveral hundred people stood on the quay on "
    "Saturday evening to watch the trial run, and the bakery by the pier stayed open until ten "
    "for the first time since the winter.",
    published_at=datetime(2025, 5, 4, 8, 30, tzinfo=UTC),
)
VALUE = ARTICLE.model_dump_json(exclude_none=True).encode()
OTHER_PUBLISHER = Envelope(
    id="event-1",
    source="publisher.example",
    type=RAW.event_type,
    time="2025-05-04T08:59:59Z",
    subject="ferry",
    traceparent=TRACEPARENT,
    sequence="99",
    correlationid="order-7",
)
STRUCTURED = {
    "specversion": "1.0",
    "id": "event-2",
    "source": "publisher.example",
    "type": RAW.event_type,
    "traceparent": TRACEPARENT,
    "data": json.loads(VALUE),
}


def as_consumed(
    topic: str, value: bytes | None, headers: Headers, *, offset: int, key: bytes | None = None
) -> Record:
    return Record(topic, 0, offset, ARRIVED.timestamp(), key, value, headers)


def process(stage: Stage, record: Record) -> tuple[OutgoingRecord, ...]:
    (result,) = stage.process([record])
    assert isinstance(result, Processed), result
    return result.outgoing


def follow(raw: Record, *, headers_kept: bool = True) -> list[OutgoingRecord]:
    """Return all messages made from `raw`, in the order of the stages.

    Without `headers_kept` each stage reads its input without any headers.
    """

    def next_record(outgoing: OutgoingRecord, offset: int) -> Record:
        headers = outgoing.headers if headers_kept else ()
        return as_consumed(
            outgoing.topic.name, outgoing.value, headers, offset=offset, key=outgoing.key
        )

    (clean,) = process(CleaningStage(Settings()), raw)
    tagging = TaggingStage(Settings(), tagger=Tagger.load(preload=(), loaders={}))
    (tagged,) = process(tagging, next_record(clean, 21))
    dedup = DedupStage(Settings(), InMemoryTables())
    enriched, story = process(dedup, next_record(tagged, 22))
    return [clean, tagged, enriched, story]


def published_by_newsloom() -> list[OutgoingRecord]:
    """The raw message of `newsloom publish` and all that is made from it."""
    raw = raw_record(ARTICLE)
    record = as_consumed(RAW.name, raw.value, raw.headers, offset=7, key=raw.key)
    return [raw, *follow(record)]


def messages_of(case: str) -> list[OutgoingRecord]:
    if case == "published by newsloom":
        return published_by_newsloom()
    if case == "structured mode":
        headers: Headers = (("content-type", STRUCTURED_TYPE.encode()),)
        return follow(as_consumed(RAW.name, json.dumps(STRUCTURED).encode(), headers, offset=7))
    if case == "binary mode of another publisher":
        return follow(as_consumed(RAW.name, VALUE, tuple(OTHER_PUBLISHER.to_headers()), offset=7))
    if case == "bare JSON with a trace":
        headers = (("traceparent", TRACEPARENT.encode()),)
        return follow(as_consumed(RAW.name, VALUE, headers, offset=7))
    if case == "bare JSON":
        return follow(as_consumed(RAW.name, VALUE, (), offset=7))
    assert case == "no stage sees an envelope"
    return follow(as_consumed(RAW.name, VALUE, (), offset=7), headers_kept=False)


@pytest.mark.parametrize("case", EXPECTED)
def test_the_headers_of_every_message_are_those_of_the_contract(case: str) -> None:
    found = {
        message.topic.name: [[name, value.decode()] for name, value in message.headers]
        for message in messages_of(case)
    }

    assert found == EXPECTED[case]
