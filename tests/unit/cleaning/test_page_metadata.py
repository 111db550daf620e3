"""Headline, authors and dates are read from the metadata and the text of a page."""

from __future__ import annotations

import pytest

from services.cleaning.metadata.authors import find_authors
from services.cleaning.metadata.page_metadata import read_metadata
from services.cleaning.metadata.title import find_title
from services.cleaning.page_extractor import parse

NAMED_SITE = (
    "<meta property=og:title content='Ferry line reopens - Harbour Post'>"
    "<meta property=og:site_name content='Harbour Post'>"
)
URL = "https://harbourpost.example/ferry"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Ferry reopens | Harbour Post</title><h1>Ferry reopens</h1>", "Ferry reopens"),
        ("<title>Ferry line reopens | Post</title><h1>Post</h1><h1>Ferry line reopens</h1>",
         "Ferry line reopens"),
        (NAMED_SITE, "Ferry line reopens"),
        ("<h1>Ferry reopens</h1>", "Ferry reopens"),
        ("<p>Nothing</p>", ""),
    ],
)  # fmt: skip
def test_headline_agrees_with_the_titles_of_the_page(page: str, title: str) -> None:
    assert find_title(read_metadata(parse(page), URL), None) == title


@pytest.mark.parametrize(
    ("page", "authors"),
    [
        ("<meta name=author content='Ida Falk and Olaf Brandt'>", ("Ida Falk", "Olaf Brandt")),
        ("<span class=byline>By Ida Falk</span>", ("Ida Falk",)),
        ("<meta name=author content='https://harbourpost.example/ida'>", ()),
    ],
)
def test_authors_are_names(page: str, authors: tuple[str, ...]) -> None:
    assert find_authors(read_metadata(parse(page), URL)) == authors
