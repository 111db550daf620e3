"""`clean_page` returns the article of a page or text, or the reason why there is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.article import DateSource
from services.cleaning.core import CleanedPage, NotAnArticle, clean_page
from tests.unit.cleaning.sample_pages import PARAGRAPHS, TITLE, article_page

URL = "https://harbourpost.example/local/ferry"
NOW = datetime(2031, 6, 1, tzinfo=UTC)


def cleaned(
    html: str | None = None, text: str | None = None, title: str | None = None
) -> CleanedPage:
    got = clean_page(html=html, text=text, url=URL, title=title, now=NOW)
    assert isinstance(got, CleanedPage)
    return got


def filter_reason(html: str | None = None, text: str | None = None, url: str = URL) -> str:
    got = clean_page(html=html, text=text, url=url, now=NOW)
    assert isinstance(got, NotAnArticle)
    return got.reason


def test_page_keeps_its_own_paragraphs_and_nothing_else() -> None:
    got = cleaned(article_page())

    assert "\n\n".join(PARAGRAPHS) == got.body
    assert got.title == TITLE
    assert got.site_name == "Harbour Post"
    assert got.declared_language == "en-GB"
    assert 0 < got.kept_share < 1
    assert got.confidence > 0.8
    assert not got.truncated


def test_json_ld_is_read() -> None:
    head = """<link rel="canonical" href="/ferry"><script type="application/ld+json">
    {"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
     "headline": "Ferry line to Skarholm reopens", "datePublished": "2031-05-04T08:30:00+02:00",
     "dateModified": "2031-05-05", "author": [{"@type": "Person", "name": "Ida Falk"}],
     "articleSection": "Local", "isAccessibleForFree": "False"}]}</script>"""
    got = cleaned(article_page(head=head))

    assert got.published is not None
    assert got.published.value == "2031-05-04T08:30:00+02:00"
    assert got.published.utc == datetime(2031, 5, 4, 6, 30, tzinfo=UTC)
    assert got.published.origin is DateSource.JSON_LD
    assert got.modified is not None
    assert got.modified.value == "2031-05-05"
    assert got.modified.utc is None
    assert got.authors == ("Ida Falk",)
    assert got.section == "Local"
    assert got.accessible_for_free is False
    assert got.canonical_url == "https://harbourpost.example/ferry"


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00", "2199-01-01", "2031-02-31", "soon"])
def test_impossible_dates_are_dropped(date: str) -> None:
    got = cleaned(article_page(head=f'<meta name="date" content="{date}">'))

    assert got.published is None


def test_list_items_of_the_article_are_kept() -> None:
    after = (
        "<p>The timetable names three landings:</p><ul><li>the northern landing, every hour;</li>"
        "<li>the old pier, mornings only;</li><li>the bakery, on request.</li></ul>"
    )
    got = cleaned(article_page(after=after))

    assert "the old pier, mornings only;" in got.body


def test_hidden_copy_of_the_article_is_dropped() -> None:
    copy = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    got = cleaned(article_page(after=f'<div style="display: none">{copy}</div>'))

    assert all(got.body.count(p) == 1 for p in PARAGRAPHS)


def test_title_of_the_feed_is_used() -> None:
    assert cleaned(article_page(), title="Another headline").title == "Another headline"


def test_right_to_left_text_is_kept() -> None:
    words = "חברת המעבורות פתחה מחדש את הקו אל האי אחרי שנתיים של תיקונים, כך נמסר ביום ראשון. "
    got = cleaned(article_page((words * 2, words * 3, words * 2)))

    assert words.strip() in got.body


def test_mojibake_is_repaired_and_quotes_stay() -> None:
    broken = PARAGRAPHS[1].encode().decode("cp1252", "replace")
    got = cleaned(article_page((PARAGRAPHS[0], broken.replace("\ufffd", ""), *PARAGRAPHS[2:])))

    assert "â€œ" not in got.body


def test_bare_text_without_html_is_cleaned() -> None:
    assert PARAGRAPHS[2] in cleaned(text="\n\n".join(PARAGRAPHS)).body


def test_text_is_used_if_html_is_not_an_article() -> None:
    assert cleaned("<p>Loading…</p>", "\n\n".join(PARAGRAPHS)).method == "text"


def test_empty_page_is_filtered() -> None:
    assert filter_reason("<html><body></body></html>") == "empty"
    assert filter_reason(None, None) == "empty"
    assert filter_reason("<script>" + "var a = 1;" * 1000 + "</script>") == "empty"


def test_short_page_is_filtered() -> None:
    assert (
        filter_reason("<h1>Ferry</h1><p>It runs again, the office said on Sunday.</p>")
        == "too_short"
    )


SHORT_NEWS = (
    "Port Lind Ferries said it ordered a\nsecond ship for 41 mln marks.",
    "Shr 23 cts vs 18 cts\n    Net 509,144 vs 277,834\n    Revs 2,258,341 vs 1,328,634\n PLN",
    "The county board elected Ida Falk chairwoman.\nShe succeeds Olaf Brandt.",
)


@pytest.mark.parametrize("text", SHORT_NEWS)
def test_short_text_of_a_feed_with_a_title_is_an_article(text: str) -> None:
    got = clean_page(html=None, text=text, url="https://wire.example/1", title="Port Lind in brief")

    assert isinstance(got, CleanedPage)
    assert got.body.split()[:4] == text.split()[:4]
    assert "PLN" not in got.body


@pytest.mark.parametrize(("title", "least"), [(None, 8), ("Port Lind in brief", 30), (" ", 8)])
def test_short_text_is_filtered_without_a_title_or_below_the_least_number_of_words(
    title: str | None, least: int
) -> None:
    got = clean_page(
        html=None, text=SHORT_NEWS[0], url="https://wire.example/1", title=title, min_words=least
    )

    assert isinstance(got, NotAnArticle)
    assert got.reason == "too_short"


def test_short_page_that_shows_itself_to_be_an_article_is_one() -> None:
    page = article_page(PARAGRAPHS[4:], head='<meta property="og:type" content="article">')
    got = clean_page(html=page, text=None, url="https://harbourpost.example/ferry")

    assert isinstance(got, CleanedPage)
    assert got.body == PARAGRAPHS[4]
    assert isinstance(clean_page(html=page, text=None, url="x:", min_words=50), NotAnArticle)


def test_login_page_is_filtered() -> None:
    html = "<title>Log in</title><form><p>Please log in.</p><input type=password></form>"

    assert filter_reason(html) == "login_page"


def test_front_page_is_filtered() -> None:
    teasers = "".join(
        f'<div class="card"><a href="/{i}"><h3>Council number {i} argues about boats</h3></a></div>'
        for i in range(60)
    )

    assert (
        filter_reason(f"<body>{teasers}</body>", url="https://harbourpost.example/") == "index_page"
    )


def test_incomplete_body_is_marked_as_truncated() -> None:
    paragraphs = (*PARAGRAPHS[:3], PARAGRAPHS[3][:90] + "…")

    assert cleaned(article_page(paragraphs)).truncated
