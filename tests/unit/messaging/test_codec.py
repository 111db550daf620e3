"""Decoding records to models; every invalid record is rejected with its reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schemas.article import CleanArticle, RawArticle
from schemas.envelope import Envelope
from schemas.topics import RAW
from services.contract.json_schemas import example
from services.messaging.codec import decode, encode
from services.messaging.errors import Reason, Rejected
from services.messaging.records import Record


def record(value: bytes | None, *headers: tuple[str, bytes]) -> Record:
    return Record("t", 0, 0, 1_700_000_000.0, b"k", value, headers)


def raw(**fields: Any) -> bytes:
    return json.dumps({"url": "https://a.example/1", "source": "a", "text": "x", **fields}).encode()


@pytest.mark.parametrize(
    ("value", "headers", "reason"),
    [
        (None, [], Reason.NULL_VALUE),
        (b"not json", [], Reason.NOT_JSON),
        (b"", [], Reason.NOT_JSON),
        (b"[1]", [], Reason.BAD_FIELDS),
        (b"{}", [], Reason.BAD_FIELDS),
        (b'{"url": "https://a.example", "source": "\xff"}', [], Reason.BAD_ENCODING),
        (raw(), [("content-type", b"application/octet-stream")], Reason.BAD_CONTENT_TYPE),
        (raw(), [("ce_id", b"1")], Reason.BAD_ENVELOPE),
        (raw(url="nowhere"), [], Reason.BAD_FIELDS),
        (raw(text=None), [], Reason.BAD_FIELDS),
        (raw(text=5), [], Reason.BAD_FIELDS),
        (raw(published_at="2025-05-04T08:30:00"), [], Reason.NAIVE_TIME),
        (raw(published_at="yesterday"), [], Reason.BAD_FIELDS),
        (raw(text="x" * 8_000_001), [], Reason.TOO_LARGE),
        (raw(authors=["a"] * 51), [], Reason.BAD_FIELDS),
    ],
)
def test_a_record_that_cant_be_read_is_rejected_with_its_reason(
    value: bytes | None, headers: list[tuple[str, bytes]], reason: Reason
) -> None:
    with pytest.raises(Rejected) as rejected:
        decode(RawArticle, record(value, *headers))

    assert rejected.value.reason is reason
    assert rejected.value.detail


def test_unknown_fields_are_ignored() -> None:
    article, _, _ = decode(RawArticle, record(raw(mood="sunny")))

    assert not hasattr(article, "mood")


def test_a_retraction_needs_no_content() -> None:
    article, _, _ = decode(RawArticle, record(raw(text=None, status="retracted")))

    assert article.text is None


def test_encoding_and_decoding_are_inverse() -> None:
    article = CleanArticle.model_validate(example(CleanArticle))
    envelope = Envelope(id="1", source="s", type="t")

    sent = encode(RAW, "key", article, envelope)
    back, read, _ = decode(CleanArticle, record(sent.value, *sent.headers))

    assert back == article
    assert read == envelope


def test_a_message_over_the_limit_of_its_topic_is_rejected_before_it_is_sent() -> None:
    article = RawArticle(url="https://a.example", source="a", text="ж" * 5_000_000)

    with pytest.raises(Rejected) as rejected:
        encode(RAW, "key", article, Envelope(id="1", source="s", type="t"))

    assert rejected.value.reason is Reason.TOO_LARGE
