"""Authors are the names of those who wrote the article, and nothing else."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cleaning.core import CleanedPage, clean_page
from services.cleaning.dates.context import DateContext
from services.cleaning.html.blocks import read_blocks
from services.cleaning.limits import Deadline
from services.cleaning.metadata.author_names import NameRules, read_names
from services.cleaning.metadata.authors import find_authors
from services.cleaning.metadata.near_title import PageLines
from services.cleaning.metadata.page_metadata import read_metadata
from services.cleaning.page_extractor import parse
from tests.unit.cleaning.sample_pages import PARAGRAPHS

NOW = datetime(2031, 6, 1, tzinfo=UTC)
URL = "https://harbourpost.example/quay-opens"


def names(written: str, language: str = "en") -> list[str]:
    context = DateContext(NOW, language, fetched_at=NOW)
    return read_names(written, NameRules(language, frozenset({"harbourpost"}), context))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("By Olaf Brandt", ["Olaf Brandt"]),
        ("By Olaf Brandt, Political Editor", ["Olaf Brandt"]),
        ("By Olaf Brandt Senior Reporter", ["Olaf Brandt"]),
        ("By Olaf Brandt and Mia Hale, Sports Reporters", ["Olaf Brandt", "Mia Hale"]),
        ("By Olaf Brandt, Mia Hale & Jon Ash", ["Olaf Brandt", "Mia Hale", "Jon Ash"]),
        ("Olaf Brandt, PhD, and Mia Hale, RN", ["Olaf Brandt", "Mia Hale"]),
        ("Olaf Brandt Jr. and Mia Hale", ["Olaf Brandt Jr.", "Mia Hale"]),
        ("Olaf Brandt, Jr.", ["Olaf Brandt Jr."]),
        ("Brandt, Olaf", ["Olaf Brandt"]),
        ("Brandt, Olaf T.", ["Olaf T. Brandt"]),
        ("Text by Olaf Brandt; pictures by Mia Hale", ["Olaf Brandt", "Mia Hale"]),
        ("BY OLAF BRANDT AND MIA HALE | HARBOUR WIRE", ["OLAF BRANDT", "MIA HALE"]),
        ("Harbour Post | By Mia Hale", ["Mia Hale"]),
        ("3 hours ago Mia Hale", ["Mia Hale"]),
        ("Mia Hale · 4 May 2031 · 6 min read", ["Mia Hale"]),
        ("Mia Hale (@miahale)", ["Mia Hale"]),
        ("Mia Hale Last updated: 4 May 2031", ["Mia Hale"]),
        ("By Mia Hale, Reviewed by Olaf Brandt", ["Mia Hale"]),
        ("Hale & Sons", ["Hale & Sons"]),
        ("Karl von und zu Brandt", ["Karl von und zu Brandt"]),
        ("Ursula van der Hale", ["Ursula van der Hale"]),
        ("Pictures by Mia Hale, words by Olaf Brandt", ["Mia Hale", "Olaf Brandt"]),
        ("Words: Mia Hale. Pictures: Olaf Brandt", ["Mia Hale", "Olaf Brandt"]),
        ("By Mia Hale in Linford", ["Mia Hale"]),
        ("Mia Hale is our ports reporter", ["Mia Hale"]),
        ("@miahale", []),
        ("/staff/mia-hale", []),
        ("https://social.example/mia.hale", []),
        ("mia@harbourpost.example", []),
        ("Harbour Post", []),
        ("Harbour Post Staff", []),
        ("Posted on 4 May 2031", []),
        ("", []),
    ],
)
def test_names_are_read(written: str, expected: list[str]) -> None:
    assert names(written) == expected


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("Por Ana Ruiz y Luis Mora", "es", ["Ana Ruiz", "Luis Mora"]),
        ("Por José Ortega y Gasset", "es", ["José Ortega y Gasset"]),
        ("Por Ana Ruiz e Iñaki Mora", "es", ["Ana Ruiz", "Iñaki Mora"]),
        ("Door Jan Smit en Eva Bos", "nl", ["Jan Smit", "Eva Bos"]),
        ("Von Jan Roth und Eva Kern, Hamburg", "de", ["Jan Roth", "Eva Kern"]),
        ("Par Jean Roux et Léa Petit", "fr", ["Jean Roux", "Léa Petit"]),
        ("Di Anna Riva e Luca Conti", "it", ["Anna Riva", "Luca Conti"]),
        ("Av Nils Berg och Eva Lind", "sv", ["Nils Berg", "Eva Lind"]),
        ("Анна Белова и Олег Громов", "ru", ["Анна Белова", "Олег Громов"]),
        ("Ayşe Kaya ve Can Demir", "tr", ["Ayşe Kaya", "Can Demir"]),
        ("Jan Nowak i Ewa Lis", "pl", ["Jan Nowak", "Ewa Lis"]),
    ],
)
def test_conjunctions_are_those_of_the_language(
    written: str, language: str, expected: list[str]
) -> None:
    assert names(written, language) == expected


def authors(body: str, head: str = "") -> tuple[str, ...]:
    page = f"<html lang=en><head>{head}</head><body><main><h1>Quay opens</h1>{body}</main></body>"
    tree = parse(page)
    metadata = read_metadata(tree, URL)
    lines = PageLines(read_blocks(tree, Deadline(5)), None, "Quay opens")
    return find_authors(metadata, lines, DateContext(NOW, "en"))


def linked(author: str, rest: str = "") -> str:
    node = f'{{"@type": "NewsArticle", "author": {author}{rest}}}'
    return f'<script type="application/ld+json">{node}</script>'


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ('{"givenName": "Mia", "familyName": "Hale"}', ("Mia Hale",)),
        ('[[{"name": "Mia Hale"}], {"name": ["Jon Ash", "Eva Lund"]}]',
         ("Mia Hale", "Jon Ash", "Eva Lund")),
        ('"By Mia Hale and Jon Ash"', ("Mia Hale", "Jon Ash")),
        ('{"@type": "Person", "name": "Zo&euml; Hale"}', ("Zoë Hale",)),
    ],
)  # fmt: skip
def test_people_of_json_ld_are_read(author: str, expected: tuple[str, ...]) -> None:
    assert authors("", linked(author)) == expected


def test_person_that_an_id_refers_to_is_found() -> None:
    graph = (
        '{"@graph": [{"@type": "Article", "author": {"@id": "#p1"}},'
        ' {"@type": "Person", "@id": "#p1", "name": "Mia Hale"}]}'
    )

    assert authors("", f'<script type="application/ld+json">{graph}</script>') == ("Mia Hale",)


OUTLET = linked('{"@type": "Organization", "name": "Post"}', ', "publisher": {"name": "Post"}')


def test_person_in_a_byline_comes_before_the_outlet() -> None:
    assert authors("<p class=byline>By Mia Hale</p>", OUTLET) == ("Mia Hale",)
    assert authors("", OUTLET) == ()


def test_whole_name_in_a_byline_comes_before_a_handle() -> None:
    head = '<meta name="author" content="mhale84x">'

    assert authors("<p class=byline>By Mia Hale</p>", head) == ("Mia Hale",)


def test_all_meta_elements_of_a_name_are_read() -> None:
    head = '<meta name="author" content="Mia Hale"><meta name="author" content="Jon Ash">'

    assert authors("", head) == ("Mia Hale", "Jon Ash")


@pytest.mark.parametrize(
    "body",
    [
        "<div id=comments><div class=comment><span class=author>Quay Rat</span></div></div>",
        (
            "<aside><div class=teaser><a href=/x>Old cranes are sold at auction</a>"
            "<span class=author>Jon Ash</span></div></aside>"
        ),
        "<div class=author-bio>About Jon Ash</div>",
    ],
)
def test_commenters_and_authors_of_teasers_are_left_out(body: str) -> None:
    assert authors(body) == ()
    assert authors(f"<p class=article-byline>By Mia Hale</p>{body}") == ("Mia Hale",)


def test_byline_completes_the_metadata() -> None:
    head = '<meta name="author" content="Mia Hale">'

    assert authors("<p class=byline>By Mia Hale and Jon Ash</p>", head) == ("Mia Hale", "Jon Ash")


def test_byline_of_a_scraped_text_is_found() -> None:
    text = "\n".join(("New quay opens to ferries", "By Mia Hale and Jon Ash", *PARAGRAPHS))
    got = clean_page(html=None, text=text, url=URL, now=NOW)

    assert isinstance(got, CleanedPage)
    assert got.authors == ("Mia Hale", "Jon Ash")


@given(st.text(max_size=500))
def test_any_text_is_read_without_an_error(text: str) -> None:
    names(text)


@pytest.mark.timed
@pytest.mark.parametrize("part", ["and ", "By ", ", ", "& ", "von und zu ", "( ", "updated "])
def test_hostile_byline_takes_linear_time(part: str) -> None:
    start = time.process_time()
    names(part * 100_000)

    assert time.process_time() - start < 1
