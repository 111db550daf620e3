"""Cleaning any input raises no error, adds no text, keeps the order, and is idempotent."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from services.cleaning.core import CleanedPage, NotAnArticle, clean_page
from services.cleaning.text.unicode_repair import repair
from tests.unit.cleaning.sample_pages import PARAGRAPHS, TITLE, article_page

NOW = datetime(2031, 6, 1, tzinfo=UTC)
JUNK = (
    TITLE,
    "Share",
    "Follow us on Facebook",
    "READ ALSO",
    "Tags: ferry, island",
    "3 min read",
    "17:20 04.05.2031",
    "Photo: Harbour Post",
    "Council quarrels about the northern landing",
    "© 2031 Harbour Post. All rights reserved.",
)
TAGS = ("p", "div", "li", "h2", "span", "a", "b", "table", "td", "section", "script", "br", "ul")
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
lines = st.lists(st.sampled_from(PARAGRAPHS + JUNK), min_size=1, max_size=25)
markup = st.lists(
    st.one_of(
        st.sampled_from(PARAGRAPHS + JUNK),
        st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS]),
        st.sampled_from(["<p class='", "<!--", "-->", "&nbsp;", "&#x3c;", "<", ">"]),
        st.sampled_from(["\x00", "\ud800"]),
        st.text(max_size=20),
    ),
    max_size=40,
)


def clean(html: str | None = None, text: str | None = None) -> CleanedPage | NotAnArticle:
    return clean_page(html=html, text=text, url="https://harbourpost.example/a", now=NOW)


def folded(text: str) -> str:
    return "".join(repair(text).split())


@relaxed
@given(markup.map("".join))
def test_any_markup_is_cleaned_or_filtered(html: str) -> None:
    assert isinstance(clean(html), CleanedPage | NotAnArticle)


@relaxed
@given(st.text(max_size=2000))
def test_any_text_is_cleaned_or_filtered(text: str) -> None:
    assert isinstance(clean(None, text), CleanedPage | NotAnArticle)
    assert isinstance(clean(text), CleanedPage | NotAnArticle)


@relaxed
@given(lines, st.text(max_size=60))
def test_cleaned_text_keeps_the_order_of_the_input_and_adds_nothing(
    parts: list[str], noise: str
) -> None:
    text = "\n\n".join([*parts, noise])
    got = clean(None, text)
    assume(isinstance(got, CleanedPage))
    assert isinstance(got, CleanedPage)

    rest = folded(text)
    for paragraph in got.body.split("\n\n"):
        at = rest.find(folded(paragraph))
        assert at >= 0
        rest = rest[at + len(folded(paragraph)) :]


@relaxed
@given(st.lists(st.sampled_from(PARAGRAPHS + JUNK), min_size=1, max_size=12))
def test_cleaned_page_keeps_the_order_of_the_input_and_adds_nothing(parts: list[str]) -> None:
    html = article_page(tuple(parts))
    got = clean(html)
    assume(isinstance(got, CleanedPage))
    assert isinstance(got, CleanedPage)

    rest = folded(html)
    for paragraph in got.body.split("\n\n"):
        at = rest.find(folded(paragraph))
        assert at >= 0
        rest = rest[at + len(folded(paragraph)) :]


@relaxed
@given(lines)
def test_cleaning_its_own_output_changes_nothing(parts: list[str]) -> None:
    got = clean(None, "\n\n".join(parts))
    assume(isinstance(got, CleanedPage))
    assert isinstance(got, CleanedPage)

    again = clean(None, got.body)
    assert isinstance(again, CleanedPage)
    assert again.body == got.body
