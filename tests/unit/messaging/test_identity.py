"""The ids of articles and of raw messages depend on the content alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import RawArticle, Status
from services.messaging.identity import article_id, content_id
from services.messaging.urls.normal_form import normal_url

BASE = RawArticle(url="https://a.example/1", source="a", title="T", text="words")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/1",
        "https://www.a.example/1/",
        "https://A.example/1#top",
        "https://a.example/1?utm_source=x&fbclid=y",
        "https://a.example:443/1",
    ],
)
def test_urls_of_the_same_page_are_one_article(url: str) -> None:
    assert article_id(BASE.model_copy(update={"url": url})) == article_id(BASE)


@pytest.mark.parametrize("url", ["https://a.example/2", "https://a.example/1?page=2"])
def test_urls_of_other_pages_are_other_articles(url: str) -> None:
    assert article_id(BASE.model_copy(update={"url": url})) != article_id(BASE)


def test_the_external_id_takes_precedence_over_the_url() -> None:
    first = BASE.model_copy(update={"external_id": "7"})
    moved = first.model_copy(update={"url": "https://a.example/moved"})

    assert article_id(first) == article_id(moved) != article_id(BASE)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "U"},
        {"text": "other"},
        {"html": "<p>"},
        {"status": Status.RETRACTED},
        {"published_at": datetime(2025, 5, 4, tzinfo=UTC)},
        {"authors": ["Ida Falk"]},
    ],
)
def test_changed_content_is_another_event_of_the_same_article(change: dict[str, object]) -> None:
    changed = BASE.model_copy(update=change)

    assert article_id(changed) == article_id(BASE)
    assert content_id(changed) != content_id(BASE)


def test_fetching_the_same_again_gives_the_same_content_id() -> None:
    again = BASE.model_copy(update={"fetched_at": datetime(2025, 5, 4, tzinfo=UTC)})

    assert content_id(again) == content_id(BASE)


@given(st.from_regex(r"\Ahttps?://[a-z.]{1,20}(:[0-9]{1,4})?/[!-~é]{0,30}\Z"))
def test_normalising_a_url_is_idempotent(url: str) -> None:
    assert normal_url(normal_url(url)) == normal_url(url)
