"""The headline of a page is found without what the site adds to it."""

from __future__ import annotations

import pytest

from services.cleaning.metadata.page_metadata import read_metadata
from services.cleaning.metadata.title import find_title
from services.cleaning.metadata.title_parts import SiteNames, cut_site
from services.cleaning.page_extractor import parse

HEADLINE = "Island ferry sails again after two years"
SITE = "<meta property=og:site_name content='Coast Courier'>"


def title_of(page: str, stated: str | None = None, url: str = "https://a.example/1") -> str:
    return find_title(read_metadata(parse(f"<html><head>{page}"), url), stated)


@pytest.mark.parametrize("site", [SITE, ""])
@pytest.mark.parametrize(
    "separator", [*list("|-–—·•»«›‹⋆~*>/⁄★→◦∣="), "::", ":", "//", "||", " - "]
)
def test_site_is_cut_whatever_the_separator(separator: str, site: str) -> None:
    assert title_of(f"{site}<title>{HEADLINE} {separator} Coast Courier</title>") == HEADLINE


@pytest.mark.parametrize(
    "title",
    [
        f"Coast Courier - {HEADLINE}",
        f"Coast Courier: {HEADLINE}",
        f"{HEADLINE} | Island life | Coast Courier",
        f"{HEADLINE} - Ports - Coast Courier",
        f"{HEADLINE} | Coast Courier | Coast Courier",
        f"[Coast Courier] {HEADLINE}",
        f"{HEADLINE} (Coast Courier)",
        f"{HEADLINE} | coastcourier.example",
        f"{HEADLINE} - Island News - Coast Courier",
        f"{HEADLINE} | Coast Courier - News and weather from the islands",
        f"Coast Courier | Ports | {HEADLINE}",
        f"{HEADLINE} < Ports < Articles - Coast Courier",
        f"{HEADLINE} + Coast Courier",
        f"Coast Courier @ {HEADLINE}",
    ],
)
def test_known_site_is_cut_before_after_and_with_a_section_between(title: str) -> None:
    link = "<link rel=canonical href='https://www.coastcourier.example/1'>"

    assert title_of(f"{SITE}{link}<title>{title}</title>") == HEADLINE


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("渡し船が二年ぶりに運航を再開_海岸新聞", "渡し船が二年ぶりに運航を再開"),
        ("渡し船が二年ぶりに運航を再開｜海岸新聞", "渡し船が二年ぶりに運航を再開"),
        ("【海岸新聞】渡し船が二年ぶりに運航を再開", "渡し船が二年ぶりに運航を再開"),
        ("渡し船が二年ぶりに運航を再開－社会－海岸新聞", "渡し船が二年ぶりに運航を再開"),
        ("海岸新聞-渡し船が二年ぶりに運航を再開", "渡し船が二年ぶりに運航を再開"),
        ("渡し船が二年ぶりに運航を再開--社会--海岸新聞", "渡し船が二年ぶりに運航を再開"),
        ("渡し船が二年ぶりに運航を再開（海岸新聞） - ポータル", "渡し船が二年ぶりに運航を再開"),
        ("渡し船が二年ぶりに運航を再開：海岸新聞", "渡し船が二年ぶりに運航を再開"),
    ],
)
def test_site_is_cut_from_east_asian_titles(title: str, headline: str) -> None:
    site = "<meta property=og:site_name content=海岸新聞>"

    assert title_of(f"{site}<title>{title}</title>") == headline


def test_outlet_in_brackets_is_cut_from_east_asian_titles_without_being_known() -> None:
    assert (
        title_of("<title>[해안신문] 섬 연락선 이 년 만에 운항 재개</title>")
        == "섬 연락선 이 년 만에 운항 재개"
    )
    assert title_of("<title>【速報】渡し船が運航を再開</title>") == "【速報】渡し船が運航を再開"


def test_host_of_the_page_names_the_site() -> None:
    page = "<title>Sale | coastcourier.example</title><h1>Sale | coastcourier.example</h1>"

    assert title_of(page, url="https://shop.coastcourier.example/1") == "Sale"


def test_word_of_a_heading_that_an_element_splits_is_taken_from_the_metadata() -> None:
    heading = HEADLINE.replace("Island", "I<b>sland</b>")
    assert title_of(f"<title>{HEADLINE}</title><h1>{heading}</h1>") == HEADLINE


@pytest.mark.parametrize(
    "headline",
    [
        "Half-Mast - the songs of the last crew, forty years on",
        "EU : how the new fishing rules work",
        "Coast Courier bought by its readers",
        "Fees 2031: what changes in July",
        "Ferries - who pays for the quay - and when",
        "Profit up 12 % | the numbers behind the ferry",
        "Storm warning - all ferries cancelled?",
    ],
)
def test_separators_within_a_headline_are_kept(headline: str) -> None:
    assert title_of(f"{SITE}<title>{headline} - Coast Courier</title>") == headline
    assert title_of(f"<title>{headline} | Coast</title><h1>{headline}</h1>") == headline


@pytest.mark.parametrize(
    "page",
    [
        (
            f"<title>{HEADLINE} | Coast</title><meta property=og:title content='{HEADLINE}'>"
            "<h1>Coast</h1>"
        ),
        f"<title>{HEADLINE} - Coast</title><h1><span>Island news</span> {HEADLINE}</h1>",
        f"<title>{HEADLINE} - Coast</title><h1>Update: {HEADLINE}</h1>",
        f"<title>{HEADLINE} - Coast</title><h1>{HEADLINE.upper()}</h1>",
        (
            f"<title>Who sails? | Coast</title><meta property=og:title content='Guess what sails'>"
            f"<h1>{HEADLINE}</h1>"
        ),
        f"<title>Coast</title><h1>{HEADLINE} | Opinion</h1>",
        (
            f"<meta property=og:title content='Island ferry sails …'><title>{HEADLINE}</title>"
            f"<h1>{HEADLINE}</h1>"
        ),
    ],
)
def test_heading_counts_without_logos_kickers_and_labels(page: str) -> None:
    assert title_of(page) == HEADLINE


def test_entities_and_tags_that_were_escaped_twice_are_resolved() -> None:
    escaped = "Falk: &amp;quot;No &amp;lt;em&amp;gt;boat&amp;lt;/em&amp;gt;&amp;quot; &amp;#8211; 2"

    assert title_of(f"<title>{escaped}</title>") == 'Falk: "No boat" – 2'


@pytest.mark.parametrize(
    "stated",
    [f"{HEADLINE} - Coast Courier", f"{HEADLINE} | Coast Courier", HEADLINE, f"<b>{HEADLINE}</b>"],
)
@pytest.mark.parametrize("page", [SITE, f"<h1>{HEADLINE}</h1>"])
def test_title_of_a_feed_is_used_without_the_site(stated: str, page: str) -> None:
    assert title_of(page, stated) == HEADLINE


@pytest.mark.parametrize("stated", [f"{HEADLINE[:-9]}…", f"<![CDATA[{HEADLINE}]]>"])
def test_title_of_a_feed_is_completed_and_unwrapped(stated: str) -> None:
    assert title_of(f"<h1>{HEADLINE}</h1>", stated) == HEADLINE


def test_double_colons_are_marks_as_bars_are() -> None:
    title = "Паром снова ходит после двух лет :: Общество :: Береговая почта"

    assert title_of(f"<title>{title}</title>") == "Паром снова ходит после двух лет"


def test_title_of_a_feed_keeps_what_is_not_known_to_be_a_site() -> None:
    assert title_of("", "Rovers 2 - Harbour United") == "Rovers 2 - Harbour United"


@pytest.mark.parametrize("part", ["| a ", "- ", "a", ": ", "【", "<b>", "&amp;", "海-"])
def test_hostile_title_is_cut_in_linear_time(part: str) -> None:
    names = SiteNames.known(["Coast"], None, "https://coast.example/")

    assert cut_site(part * 3000, names) is not None
