"""Hostile input is cleaned, filtered or timed out in bounded time, and never causes a crash."""

from __future__ import annotations

import time

import pytest

from services.cleaning.core import CleanedPage, CleaningTimeout, NotAnArticle, clean_page
from services.cleaning.limits import Deadline, is_hostile
from tests.unit.cleaning.sample_pages import PARAGRAPHS, article_page

ARTICLE = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
PAGES = {
    "nested divs": "<div>" * 100_000 + ARTICLE,
    "nested lists": "<ul><li>" * 50_000 + ARTICLE,
    "a million b": "<b>" * 1_000_000 + ARTICLE,
    "reopened formatting": "".join(f"<p><b id={i}>x" for i in range(20_000)) + ARTICLE,
    "five megabytes": ARTICLE * 5_000,
    "one attribute": f'<p title="{"x" * 4_000_000}">' + ARTICLE,
    "one class": f'<div class="{"entry-content " * 300_000}">' + ARTICLE,
    "null bytes": "\x00".join(ARTICLE),
    "cut in a tag": ARTICLE + '<div class="a',
    "lone angle brackets": "<" * 1_000_000,
    "open tags": "<a " * 500_000,
    "open comments": "<!--" * 200_000,
    "open comments in the names of attributes": "<p <!--x>word " * 150_000 + ARTICLE,
    "open scripts": "<script>" * 200_000 + ARTICLE,
    "all script": "<script>" + "var a = 1;" * 200_000 + "</script>",
    "nested json": f'<script type="application/ld+json">{"[" * 100_000}</script>' + ARTICLE,
    "white space": "<p>" + " \n\t\u00a0" * 500_000 + "</p>" + ARTICLE,
    "white space in the title": "<title>" + " - " * 200_000 + "</title>" + ARTICLE,
    "many blocks": "<p>ab</p>" * 200_000,
    "many times": "<time>" * 50_000 + ARTICLE,
    "lone surrogate": ARTICLE + "\ud800",
}
TEXTS = {
    "one repeated sentence": "the same words again and again. " * 100_000,
    "one repeated line": "the same words again and again.\n" * 100_000,
    "one word": "A" * 4_000_000,
    "white space": " \t" * 1_000_000 + "x",
    "stamp": "date " + " " * 500_000 + "2031-05-04",
    "mojibake": "Ã©â€™ " * 200_000,
    "direction marks": "\u202e\u05d0\u05d1 abc \u202c. " * 50_000,
}


@pytest.mark.timed
@pytest.mark.parametrize("name", PAGES)
def test_hostile_page_takes_bounded_time(name: str) -> None:
    start = time.process_time()
    got = clean_page(html=PAGES[name], text=None, url="https://harbourpost.example/a")

    assert isinstance(got, CleanedPage | NotAnArticle)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_takes_bounded_time(name: str) -> None:
    start = time.process_time()
    got = clean_page(html=None, text=TEXTS[name], url="https://harbourpost.example/a")

    assert isinstance(got, CleanedPage | NotAnArticle)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", ["nested divs", "a million b", "cut in a tag", "null bytes"])
def test_article_inside_hostile_markup_is_still_found(name: str) -> None:
    got = clean_page(html=PAGES[name], text=None, url="https://harbourpost.example/a")

    assert isinstance(got, CleanedPage)
    assert PARAGRAPHS[2] in got.body


def test_exceeded_deadline_raises_timeout() -> None:
    with pytest.raises(CleaningTimeout):
        clean_page(html=article_page(), text=None, url="https://harbourpost.example/a", timeout=0)
    with pytest.raises(CleaningTimeout):
        Deadline(0).check()


def test_ordinary_page_is_not_hostile() -> None:
    assert not is_hostile(article_page().encode() * 50)
