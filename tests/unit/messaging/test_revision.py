"""A revision is a change of the cleaned article, and of nothing else on its page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.article import (
    CleanArticle,
    DateSource,
    FactSource,
    Genre,
    GenreKind,
    Image,
    Precision,
    Provenance,
    StatedDate,
    StatedText,
    StatedTexts,
    Status,
    Video,
)
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
    "section_path": StatedTexts(values=["News", "Local"], origin=FactSource.META),
    "genre": Genre(value=GenreKind.OPINION, origin=FactSource.JSON_LD),
    "description": StatedText(value="The ferry sails again.", origin=FactSource.META),
    "keywords": StatedTexts(values=["ferries", "ports"], origin=FactSource.META),
    "image": Image(url="https://a.example/ferry.jpg", origin=FactSource.OPEN_GRAPH),
    "video": Video(url="https://a.example/ferry.mp4", origin=FactSource.PAGE),
}
ADDED_LATER = ("section_path", "genre", "description", "keywords", "image", "video")


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
        {"published": DATE.model_copy(update={"relative": True})},
        {"published": DATE.model_copy(update={"of_last_change": True})},
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
    first = {name: value for name, value in CHANGES.items() if name not in ADDED_LATER}

    assert revision_id(BASE.model_copy(update=first)) == "ac544d93b92cba8b92938276ef585209"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("image", Image(url="https://cdn.a.example/ferry.jpg?w=800", origin=FactSource.JSON_LD)),
        ("keywords", StatedTexts(values=["ports", "ferries"], origin=FactSource.PAGE)),
        ("description", StatedText(value="The ferry sails again.", origin=FactSource.JSON_LD)),
    ],
)
def test_what_is_only_stated_differently_is_no_revision(name: str, value: Any) -> None:
    one, two = (BASE.model_copy(update={name: stated}) for stated in (CHANGES[name], value))

    assert revision_id(one) == revision_id(two)
