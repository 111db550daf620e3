"""The canonical URL of a page counts if it is the page's own."""

from __future__ import annotations

import pytest

from schemas.article import RawArticle
from services.messaging.identity import article_id
from services.messaging.urls.canonical import own_canonical

TITLE = "Ferry to the island is running again"


def head(canonical: str, *more: str) -> str:
    link = f'<link href="{canonical}" rel="canonical">'
    return f"<html><head><title>{TITLE} - Coast</title>{link}{''.join(more)}</head><body>"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://m.coast.example/news/ferry", "https://www.coast.example/news/ferry"),
        ("https://coast.example/?p=9817", "https://coast.example/2031/ferry-island-running"),
        ("https://coast.example/?p=98170", "https://coast.example/archive/98170"),
        ("https://coast.example/s/ferry-off-island", "https://coast.example/ferry-off-island"),
        ("https://coast.example/n/1-884213.html?print=1", "https://coast.example/n/1-884213.html"),
        ("https://coast.example/?n=7", "https://coast.example/ferry-island-again.html"),
        ("https://edition.coast.example/island-ferry-runs-again/7", "/island-ferry-runs-again/7/"),
        ("https://coast.example/x/99812", "//www.coast.example/faehre-99812"),
    ],
)
def test_page_has_the_id_of_the_canonical_url_that_it_names(url: str, canonical: str) -> None:
    page = RawArticle(url=url, source="a", html=head(canonical))
    at_canonical = RawArticle(
        url=own_canonical(page.html or "", url, None) or "x:none", source="a", text="words"
    )

    assert article_id(page) == article_id(at_canonical)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://coast.example/news/ferry-a", "https://coast.example/"),
        ("https://coast.example/news/ferry-a", "https://coast.example/news"),
        ("https://coast.example/news/ferry-a", "https://other.example/news/ferry-a"),
        ("https://coast.example/news/ferry-a", "https://coast.example/news/bridge-closed-to-all"),
        ("https://coast.example/story.php?id=12", "https://coast.example/story.php"),
        ("https://coast.example/story?id=123456&n=2", "https://coast.example/story?id=123456"),
        ("https://coast.example/20310617/a", "https://coast.example/20310617/b"),
        ("https://coast.example/#!/news/12", "https://coast.example/index"),
        ("https://coast.example/news/ferry-a", "http://"),
        ("https://coast.example/news/ferry-a", "javascript:void(0)"),
        ("https://one.blogs.example/1", "https://two.blogs.example/1"),
        ("https://one.blogs.example/1", "https://blogs.example/1"),
        ("https://one.blogs.example/1", "https://blogs.example/ferry-island-running"),
    ],
)
def test_canonical_url_that_may_be_of_another_page_does_not_count(url: str, canonical: str) -> None:
    assert own_canonical(head(canonical), url, None) is None
    raw = RawArticle(url=url, source="a", html=head(canonical))
    assert article_id(raw) == article_id(RawArticle(url=url, source="a", text="words"))


def test_page_that_names_two_canonical_urls_names_none() -> None:
    second = '<link rel=canonical href="https://coast.example/ferry-off-island-b">'

    assert (
        own_canonical(
            head("https://coast.example/x/ferry-off-island", second),
            "https://coast.example/ferry-off-island",
            None,
        )
        is None
    )


def test_canonical_url_in_a_comment_a_script_or_the_body_does_not_count() -> None:
    link = '<link rel="canonical" href="https://www.coast.example/ferry-off-island">'
    page = f"<head><!-- {link} --><script>w('{link}')</script></head><body>{link}"

    assert own_canonical(page, "https://m.coast.example/ferry-off-island", None) is None


def test_og_url_stands_in_for_a_missing_canonical_link() -> None:
    page = "<meta property=og:url content='https://coast.example/ferry-off-island'><body>"

    assert (
        own_canonical(page, "https://m.coast.example/ferry-off-island", None)
        == "https://coast.example/ferry-off-island"
    )


def test_relative_canonical_url_is_joined_with_the_base_of_the_page() -> None:
    base = '<base target=x href="https://coast.example/n/">'
    page = f'{base}<link rel=canonical href="ferry-off-island?a=1&amp;b=2">'

    assert (
        own_canonical(page, "https://m.coast.example/n/ferry-off-island?b=2&a=1", None)
        == "https://coast.example/n/ferry-off-island?a=1&b=2"
    )


def test_headline_of_the_feed_vouches_for_the_canonical_url() -> None:
    page = '<link rel="canonical" href="https://coast.example/faehre-faehrt-groesste-insel">'

    assert own_canonical(page, "https://coast.example/?p=7", None) is None
    assert own_canonical(page, "https://coast.example/?p=7", "Fähre fährt auf größte Insel")


@pytest.mark.parametrize("part", ["<meta ", "<!--", "<script ", '<link x="canonical', "<title "])
def test_hostile_head_is_read_in_linear_time(part: str) -> None:
    assert own_canonical("canonical" + part * 1_000_000, "https://a.example/b", None) is None
