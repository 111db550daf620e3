"""Description, keywords, section path, genre, image and video are those that the page states."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.article import FactSource, GenreKind
from services.cleaning.core import CleanedPage, clean_page
from tests.unit.cleaning.sample_pages import PARAGRAPHS

URL = "https://harbourpost.example/quay-opens"
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def clean(head: str = "", inside: str = "", before: str = "") -> CleanedPage:
    page = (
        f"<html lang=en><head><title>Quay opens to ferries</title>{head}</head><body>{before}"
        f"<main><article><h1>Quay opens to ferries</h1>{inside}{BODY}</article></main></body>"
    )
    got = clean_page(html=page, text=None, url=URL, now=datetime(2031, 6, 1, tzinfo=UTC))
    assert isinstance(got, CleanedPage)
    return got


def linked(properties: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", {properties}}}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def test_description_has_no_markup_and_no_entities() -> None:
    head = meta("og:description", "The &lt;b&gt;quay&lt;/b&gt; is open &amp;amp; busy again.")
    found = clean(head).description

    assert found is not None
    assert found.value == "The quay is open & busy again."
    assert found.origin is FactSource.OPEN_GRAPH


@pytest.mark.parametrize(
    ("head", "inside", "words", "origin"),
    [
        (linked('"keywords": ["ports", "ferries, quays"]'), "", ["ports", "ferries", "quays"],
         FactSource.JSON_LD),
        (meta("news_keywords", "ports, ferries"), "", ["ports", "ferries"], FactSource.META),
        (meta("article:tag", "ports") + meta("article:tag", "ferries"), "", ["ports", "ferries"],
         FactSource.OPEN_GRAPH),
        ("", "<a rel=tag href=/t/ports>ports</a>", ["ports"], FactSource.PAGE),
    ],
)  # fmt: skip
def test_keywords(head: str, inside: str, words: list[str], origin: FactSource) -> None:
    found = clean(head, inside).keywords

    assert found is not None
    assert (found.values, found.origin) == (words, origin)


CRUMBS = (
    '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": ['
    '{"@type": "ListItem", "position": 2, "item": {"@id": "/news", "name": "News"}},'
    '{"@type": "ListItem", "position": 1, "name": "Home"},'
    '{"@type": "ListItem", "position": 3, "name": "Ports"},'
    '{"@type": "ListItem", "position": 4, "name": "Quay opens to ferries"}]}</script>'
)


@pytest.mark.parametrize(
    ("head", "before", "path"),
    [
        (CRUMBS, "", ["News", "Ports"]),
        (meta("article:section", "News / Ports"), "", ["News", "Ports"]),
        ("", "<div class=breadcrumbs><a href=/>Home</a> <a href=/n>News</a></div>", ["News"]),
    ],
)
def test_section_is_a_path_without_home_and_headline(
    head: str, before: str, path: list[str]
) -> None:
    found = clean(head, before=before).section_path

    assert found is not None
    assert found.values == path


@pytest.mark.parametrize(
    ("head", "genre"),
    [
        (linked('"headline": "Quay opens"', "OpinionNewsArticle"), GenreKind.OPINION),
        (linked('"headline": "Quay opens"', "LiveBlogPosting"), GenreKind.LIVE_BLOG),
        (linked('"genre": "Press release"'), GenreKind.PRESS_RELEASE),
        (meta("article:section", "Obituaries"), GenreKind.OBITUARY),
        (meta("article:section", "Rezensionen"), GenreKind.REVIEW),
        (meta("article:section", "Ports"), None),
        (linked('"headline": "Quay opens"'), None),
    ],
)
def test_genre_is_that_which_the_page_states(head: str, genre: GenreKind | None) -> None:
    found = clean(head).genre

    assert (found.value if found else None) == genre


def test_image_has_its_size_and_the_text_that_the_page_gives_it() -> None:
    head = meta("og:image", "/img/quay.jpg") + meta("og:image:width", "1200")
    found = clean(head, '<img src="/img/quay.jpg" alt="Ferries at the quay">').image

    assert found is not None
    assert found.url == "https://harbourpost.example/img/quay.jpg"
    assert (found.alt, found.width, found.height) == ("Ferries at the quay", 1200, None)


@pytest.mark.parametrize(
    "logo",
    ["/static/logo.png", "/img/post_logo-2x.png", "/favicon.ico", "/apple-touch-icon.png",
     "/img/placeholder.jpg", "/img/brand.svg", "/img/opengraph_default.png"],
)  # fmt: skip
def test_logo_is_no_image(logo: str) -> None:
    assert clean(meta("og:image", logo)).image is None
    found = clean(linked(f'"image": ["{logo}", "/img/quay.jpg"]')).image
    assert found is not None
    assert found.url.endswith("/img/quay.jpg")


def test_icon_by_its_size_is_no_image() -> None:
    small = '"image": {"@type": "ImageObject", "url": "/img/a.png", "width": 32, "height": 32}'

    assert clean(linked(small)).image is None


def test_image_of_another_article_is_no_image() -> None:
    teaser = "<div class=related><figure><img src=/img/cranes.jpg width=600></figure></div>"

    assert clean(inside=teaser).image is None
    assert clean(inside="<figure><img src=/img/quay.jpg width=600></figure>").image is not None


@pytest.mark.parametrize(
    ("head", "inside", "url"),
    [
        (linked('"video": {"@type": "VideoObject", "contentUrl": "/v/quay.mp4"}'), "",
         "https://harbourpost.example/v/quay.mp4"),
        ("", '<iframe src="https://www.youtube.com/embed/abc"></iframe>',
         "https://www.youtube.com/embed/abc"),
        ("", '<iframe src="https://ads.example/frame"></iframe>', None),
    ],
)  # fmt: skip
def test_video(head: str, inside: str, url: str | None) -> None:
    found = clean(head, inside).video

    assert (found.url if found else None) == url


@pytest.mark.parametrize("written", ["码头，港口、桥", "码头；港口；桥", "码头, 港口, 桥"])
def test_keywords_are_split_at_the_commas_of_all_scripts(written: str) -> None:
    found = clean(meta("news_keywords", written)).keywords

    assert found is not None
    assert found.values == ["码头", "港口", "桥"]


def test_genre_is_read_from_the_address_of_a_type() -> None:
    found = clean(linked('"headline": "Quay opens"', "https://schema.org/OpinionNewsArticle")).genre

    assert found is not None
    assert found.value is GenreKind.OPINION


def test_breadcrumbs_in_microdata_are_the_section_path() -> None:
    trail = (
        '<ol itemscope itemtype="https://schema.org/BreadcrumbList"><li><a href="/n">News</a></li>'
        '<li><a href="/p">Ports</a></li></ol>'
    )
    found = clean(before=trail).section_path

    assert found is not None
    assert found.values == ["News", "Ports"]


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        ('<link rel="image_src" href="/quay.jpg">', ""),
        ("", '<figure><img srcset="/small.jpg 400w, /quay.jpg 1200w" width=1200></figure>'),
        ("", '<figure><img src="data:image/gif;base64,x" data-lazy-src="/quay.jpg"></figure>'),
    ],
)
def test_further_places_of_the_image_are_known(head: str, inside: str) -> None:
    found = clean(head, inside).image

    assert found is not None
    assert found.url == "https://harbourpost.example/quay.jpg"


def test_logo_of_the_publisher_is_no_image_of_the_article() -> None:
    logo = "https://harbourpost.example/brand.png"
    head = linked(f'"image": "{logo}", "publisher": {{"name": "HP", "logo": {{"url": "{logo}"}}}}')

    assert clean(head).image is None
