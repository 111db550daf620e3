"""A revision is a change of the cleaned article, and of nothing else on its page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.article import CleanArticle, DateSource, Precision, Provenance, StatedDate, Status
from services.messaging.revision import REVISED_FIELDS, revision_id

DATE = StatedDate(value="2025-05-04", precision=Precision.DAY, origin=DateSource.META)
BASE = CleanArticle(
    article_id="article",
    revision_id="none",
    url="https://a.example/1",
    source="a.example",
    title="Ferry line reopens",
    body="The ferry sails again.",
    word_count=4,
    ingested_at=datetime(2025, 5, 4, tzinfo=UTC),
    language="en",
    language_confidence=0.9,
    kept_share=0.4,
    cleaning=Provenance(name="test", version="1", confidence=0.8),
)
CHANGES: dict[str, Any] = {
    "title": "Ferry line to Skarholm reopens",
    "body": "The ferry does not sail.",
    "authors": ["Ida Falk"],
    "published": DATE,
    "modified": DATE,
    "section": "Local",
    "language": "de",
    "accessible_for_free": False,
    "status": Status.RETRACTED,
}


def test_every_field_that_counts_is_tried() -> None:
    assert set(CHANGES) == set(REVISED_FIELDS)


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_is_another_revision(name: str) -> None:
    changed = BASE.model_copy(update={name: CHANGES[name]})

    assert revision_id(changed) != revision_id(BASE)


def test_the_same_value_in_another_field_is_another_revision() -> None:
    published, modified = (BASE.model_copy(update={n: DATE}) for n in ("published", "modified"))

    assert revision_id(published) != revision_id(modified)


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://a.example/1?from=feed"},
        {"canonical_url": "https://a.example/1"},
        {"site_name": "A"},
        {"fetched_at": datetime(2025, 5, 5, tzinfo=UTC)},
        {"ingested_at": datetime(2025, 5, 5, tzinfo=UTC)},
        {"language_confidence": 0.8},
        {"kept_share": 0.3},
        {"cleaning": Provenance(name="test", version="2", confidence=0.7)},
        {"revision_id": "other"},
    ],
)
def test_what_depends_on_the_visit_is_no_revision(change: dict[str, Any]) -> None:
    assert revision_id(BASE.model_copy(update=change)) == revision_id(BASE)


def test_a_date_that_is_found_elsewhere_on_the_page_is_no_revision() -> None:
    found = BASE.model_copy(update={"published": DATE})
    elsewhere = DATE.model_copy(update={"origin": DateSource.JSON_LD})

    assert revision_id(found.model_copy(update={"published": elsewhere})) == revision_id(found)


def test_the_id_is_the_same_in_every_run_and_version() -> None:
    """It is stored in subscribers' databases: a change of this value is a change of the contract.

    A field that is added later must leave it as it is.
    """
    assert revision_id(BASE.model_copy(update=CHANGES)) == "ac544d93b92cba8b92938276ef585209"
