"""The cleaning stage combines the fields of feed and page, and rejects unusable articles."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.article import CleanArticle, DateSource, Precision
from services.cleaning.stage import CleaningStage
from services.messaging.codec import decode
from services.messaging.errors import Reason
from services.messaging.records import Record
from services.processing.stage import DeadLettered, Processed, Result
from services.settings import Settings

ARRIVED = datetime(2025, 5, 4, 9, tzinfo=UTC)
TEXT = (
    "The ferry to Skarholm sails again from Sunday, the harbour office said, after repairs that "
    "took eleven weeks longer than planned.\n\nSeveral hundred people stood on the quay on "
    "Saturday evening to watch the trial run, and the bakery by the pier stayed open until ten "
    "for the first time since the winter."
)
STAGE = CleaningStage(Settings())


def work(**fields: Any) -> Result:
    value = {"url": "https://a.example/1", "source": "a.example", "text": TEXT, **fields}
    data = json.dumps(value).encode()
    (result,) = STAGE.process([Record("raw", 0, 7, ARRIVED.timestamp(), b"k", data)])
    return result


def article(**fields: Any) -> CleanArticle:
    result = work(**fields)
    assert isinstance(result, Processed), result
    (sent,) = result.outgoing
    message, _, _ = decode(CleanArticle, Record("c", 0, 0, 0.0, sent.key, sent.value, sent.headers))
    return message


def reason(**fields: Any) -> Reason:
    result = work(**fields)
    assert isinstance(result, DeadLettered), result
    return result.rejected.reason


def test_the_text_and_its_language_are_extracted() -> None:
    clean = article()

    assert clean.body == TEXT
    assert clean.language == "en"
    assert clean.word_count == len(TEXT.replace("\n", " ").split())


def test_fields_of_the_feed_have_precedence_over_the_page() -> None:
    clean = article(title="Ferry", authors=["Ida Falk"], published_at="2025-05-03T10:00:00+02:00")

    assert (clean.title, clean.authors) == ("Ferry", ["Ida Falk"])
    assert clean.published is not None
    assert clean.published.origin is DateSource.FEED
    assert clean.published.precision is Precision.SECOND
    assert clean.published.utc == datetime(2025, 5, 3, 8, tzinfo=UTC)


def test_a_declared_region_does_not_split_a_language() -> None:
    """All articles of a language must be on one shard."""
    assert article(language="en-GB").language == "en"


def test_the_message_carries_the_position_of_the_raw_record() -> None:
    result = work()
    assert isinstance(result, Processed)
    headers = dict(result.outgoing[0].headers)

    assert int(headers["ce_sequence"]) == 7
    assert headers["ce_subject"] == (result.outgoing[0].key or b"")


def test_the_same_record_gives_the_same_message_at_any_time() -> None:
    first, second = work(), work()
    assert isinstance(first, Processed)
    assert isinstance(second, Processed)

    assert first.outgoing == second.outgoing


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"text": ""}, Reason.EMPTY),
        ({"text": "Three words only."}, Reason.TOO_SHORT),
        ({"published_at": "0001-01-01T00:00:00Z"}, Reason.IMPOSSIBLE_DATE),
        ({"fetched_at": "1200-01-01T00:00:00Z"}, Reason.IMPOSSIBLE_DATE),
        ({"published_at": "2025-06-04T00:00:00Z"}, Reason.IMPOSSIBLE_DATE),
        ({"published_at": "2025-05-04T08:00:00"}, Reason.NAIVE_TIME),
    ],
)
def test_a_rejected_message_has_its_reason(fields: dict[str, Any], expected: Reason) -> None:
    assert reason(**fields) is expected


def test_a_publication_time_slightly_in_the_future_is_accepted() -> None:
    """Clocks differ, and embargoed articles are sent early."""
    assert article(published_at="2025-05-05T08:00:00Z").published is not None


def test_a_retraction_without_text_is_forwarded() -> None:
    clean = article(text=None, status="retracted")

    assert (clean.status, clean.body, clean.language) == ("retracted", "", "und")
