"""The dates of a page are its article's own, by one ranking, with the reasons told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.cleaning.core import CleanedPage, clean_page
from tests.unit.cleaning.sample_pages import PARAGRAPHS

NOW = datetime(2031, 6, 1, tzinfo=UTC)
URL = "https://harbourpost.example/quay-opens"
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def clean(around: str, head: str = "", *, after: str = "", language: str = "en") -> CleanedPage:
    """Clean a page with this between its headline and its text."""
    page = (
        f'<html lang="{language}"><head><title>New quay opens to ferries</title>{head}</head><body>'
        f"<main><article><h1>New quay opens to ferries</h1>{around}{BODY}</article></main>{after}"
        "</body></html>"
    )
    got = clean_page(html=page, text=None, url=URL, now=NOW, explain=True)
    assert isinstance(got, CleanedPage)
    return got


def published(around: str, head: str = "", *, after: str = "", language: str = "en") -> str | None:
    date = clean(around, head, after=after, language=language).published
    return date.value if date else None


def linked(properties: str) -> str:
    return f'<script type="application/ld+json">{properties}</script>'


STATED = linked('{"@type": "NewsArticle", "datePublished": "2031-05-04T18:30:00-03:00"}')


@pytest.mark.parametrize(
    "around",
    [
        '<p class="lead">The old quay was closed on 2 February 2024.</p>',
        '<p class="lead">The old quay was closed on 2 February 2024</p>',
        "<figure><img src=a.jpg><figcaption>The quay, 2 February 2024</figcaption></figure>",
        '<div class="related-stories"><a href="/x">Cranes sold</a> <i>2 February 2024</i></div>',
        '<p class="meta">2 February 2024</p>',
    ],
)
def test_shown_date_does_not_move_the_stated_one(around: str) -> None:
    assert published(around, STATED) == "2031-05-04T18:30:00-03:00"


def test_shown_time_completes_a_stated_day() -> None:
    head = '<meta property="article:published_time" content="2031-05-04">'

    assert published('<p class="date">4 May 2031, 18:30</p>', head) == "2031-05-04T18:30"


@pytest.mark.parametrize(
    "after",
    [
        (
            '<aside class="more"><a href="/x"><time datetime="2031-05-20">20 May</time> New cranes '
            "for the northern quay</a></aside>"
        ),
        (
            '<section id="comments"><div class="comment"><time datetime="2031-05-20">20 May</time>'
            "<p>At last!</p></div></section>"
        ),
        (
            '<section><article><h3><a href="/x">New cranes at work</a></h3><time>20 May 2031</time>'
            "</article></section>"
        ),
        '<div class="latest-news"><span class="date">20 May 2031</span></div>',
    ],
)
def test_dates_of_teasers_and_comments_do_not_count(after: str) -> None:
    assert published("", after=after) is None


@pytest.mark.parametrize(
    "around",
    [
        '<p class="dates">Last updated: 20 May 2031, 07:45</p>',
        '<p>Updated <time datetime="2031-05-20T07:45:00Z">20 May 2031</time></p>',
    ],
)
def test_date_of_a_change_stands_in_for_an_unknown_publication_date_and_says_so(
    around: str,
) -> None:
    page = clean(around)

    assert page.published is not None
    assert page.modified is not None
    assert page.published.of_last_change
    assert not page.modified.of_last_change
    assert page.published.value == page.modified.value


def test_date_of_a_change_yields_to_any_publication_date() -> None:
    page = clean('<p>Last updated: 20 May 2031, 07:45</p><p class="dates">3 May 2031</p>')

    assert page.published is not None
    assert (page.published.value, page.published.of_last_change) == ("2031-05-03", False)


def test_label_may_stand_in_the_line_before() -> None:
    assert published("<h4>Published</h4><div>20 May 2031</div>") == "2031-05-20"


def test_labelled_line_far_from_the_headline_counts() -> None:
    after = "<div><p>Posted on 20 May 2031 by Olaf Brandt</p></div>"

    assert published("", after=after) == "2031-05-20"


def test_month_names_are_read_in_the_language_of_the_page() -> None:
    line = "<p>3. listopada 2030.</p>"

    assert published(line, language="hr") == "2030-10-03"
    assert published(line, language="pl") == "2030-11-03"


def test_metadata_names_are_read_with_any_marks_between_their_words() -> None:
    assert published("", '<meta name="Publish_Date" content="2031-05-04">') == "2031-05-04"


def test_seconds_since_1970_are_read() -> None:
    number = linked('{"@type": "BlogPosting", "datePublished": 1935443400}')

    assert published("", number) == "2031-05-01T23:10:00+00:00"


OWN = (
    '{"@type": "NewsArticle", "@id": "https://harbourpost.example/quay-opens#article",'
    ' "datePublished": "2031-05-04", "headline": "New quay opens to ferries"}'
)
OTHERS = (
    (
        '{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@type":'
        ' "NewsArticle", "datePublished": "2031-05-20", "url": "https://harbourpost.example/x"}}]}'
    ),
    (
        '{"@type": "NewsArticle", "datePublished": "2031-05-20", "headline": "Cranes sold",'
        ' "url": "https://harbourpost.example/cranes"}'
    ),
    '{"@type": "Review", "datePublished": "2031-05-20", "itemReviewed": {"@type": "Product"}}',
    (
        '{"@type": "ClaimReview", "datePublished": "2031-05-20", "itemReviewed": {"@type": "Claim",'
        ' "datePublished": "2031-05-19"}}'
    ),
)


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("reverse", [False, True])
def test_date_is_that_of_the_own_node(other: str, *, reverse: bool) -> None:
    scripts = [linked(other), linked(OWN)]

    assert published("", "".join(reversed(scripts) if reverse else scripts)) == "2031-05-04"


def test_page_with_its_own_node_does_not_take_the_date_of_another_article() -> None:
    page = (
        '{"@type": "WebPage", "@id": "https://harbourpost.example/quay-opens",'
        ' "datePublished": "2031-05-04"}'
    )

    assert published("", linked(page) + linked(OTHERS[1])) == "2031-05-04"


def test_list_of_other_articles_states_no_date() -> None:
    assert published("", linked(OTHERS[0])) is None


def test_candidates_and_outcomes_are_kept() -> None:
    page = clean('<p class="date">4 May 2031</p><p>2 April 2030</p>', STATED)

    assert [(one.candidate.date.value, one.outcome) for one in page.considered_dates] == [
        ("2031-05-04T18:30:00-03:00", "chosen: the most trusted"),
        ("2031-05-04", "agrees on the day"),
        ("2030-04-02", "differs, and is trusted less"),
    ]


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (
            ("The old quay was closed on 2 February 2024", "By Olaf Brandt", "4 May 2031"),
            "2031-05-04",
        ),
        (("Updated 9 May 2031", "Published 4 May 2031 18:30"), "2031-05-04T18:30"),
        (("Updated 9 May 2031",), None),
    ],
)
def test_dates_of_scraped_text_follow_the_same_ranking(
    lines: tuple[str, ...], value: str | None
) -> None:
    text = "\n".join(("New quay opens to ferries", *lines, *PARAGRAPHS))
    got = clean_page(html=None, text=text, url=URL, now=NOW)

    assert isinstance(got, CleanedPage)
    assert (got.published.value if got.published else None) == value


def test_result_does_not_depend_on_the_search_for_all_candidates() -> None:
    page = f"<html><head>{STATED}</head><body><h1>Quay</h1><p>3 May 2031</p>{BODY}</body></html>"
    one, two = (
        clean_page(html=page, text=None, url=URL, now=NOW, explain=explain)
        for explain in (False, True)
    )

    assert isinstance(one, CleanedPage)
    assert isinstance(two, CleanedPage)
    assert one.published == two.published


@pytest.mark.parametrize(
    "after",
    [
        (
            '<div itemscope itemtype="http://schema.org/NewsArticle"><a href="/x">Cranes sold to a'
            ' northern port</a><meta itemprop="datePublished" content="2031-05-20"></div>'
        ),
        '<div class="related"><meta itemprop="datePublished" content="2031-05-20"></div>',
        (
            '<div itemscope itemtype="http://schema.org/Comment"><time itemprop="dateCreated"'
            ' datetime="2031-05-20"></time></div>'
        ),
    ],
)
def test_microdata_of_other_items_states_no_date(after: str) -> None:
    assert published("", after=after) is None


@pytest.mark.parametrize(
    "element",
    [
        '<abbr class="published" title="2031-05-04T08:30:00+02:00">4 May</abbr>',
        '<span class="posted-on" title="2031-05-04T08:30:00+02:00">Sunday</span>',
        '<span class="date" data-timestamp="1935642600">Sunday</span>',
        '<relative-time datetime="2031-05-04T08:30:00+02:00">4 May</relative-time>',
        '<amp-timeago datetime="2031-05-04T08:30:00+02:00">4 May</amp-timeago>',
        '<p property="schema:datePublished" content="2031-05-04T08:30:00+02:00">Sunday</p>',
        '<p property="dc:date dc:created" content="2031-05-04T08:30:00+02:00">Sunday</p>',
    ],
)
def test_dates_in_other_marks_than_time_elements_are_found(element: str) -> None:
    date = clean(element).published

    assert date is not None
    assert date.utc == datetime(2031, 5, 4, 6, 30, tzinfo=UTC)


def test_marked_time_of_a_change_is_no_publication_date() -> None:
    date = clean('<p><time class="updated" datetime="2031-05-04">4 May 2031</time></p>').published

    assert date is not None
    assert date.of_last_change


def test_time_element_of_an_article_that_was_never_changed_is_its_publication_date() -> None:
    element = '<time class="entry-date published updated" datetime="2031-05-04">4 May</time>'
    date = clean(f'<span class="posted-on">{element}</span>').published

    assert date is not None
    assert (date.value, date.of_last_change) == ("2031-05-04", False)


def test_time_beside_a_link_to_another_article_does_not_count() -> None:
    teaser = (
        '<div><a href="/x">Cranes sold to a northern port</a><time datetime="2031-05-20"></div>'
    )

    assert published('<p class="published-date">4 May 2031</p>', after=teaser) == "2031-05-04"
    assert published("", after=teaser) is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="og:locale" content="en_GB">', ("2031-05-04", False)),
        ('<meta http-equiv="Content-Language" content="en-GB">', ("2031-05-04", False)),
        ('<meta property="og:locale" content="en_US">', ("2031-04-05", True)),
        ('<meta property="og:locale" content="fr_FR">', ("2031-04-05", True)),
    ],
)
def test_region_of_the_locale_completes_the_language(head: str, expected: tuple[str, bool]) -> None:
    date = clean("<p>04/05/2031</p>", head).published

    assert date is not None
    assert (date.value, date.ambiguous) == expected
