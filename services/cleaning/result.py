"""What cleaning hands on."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.article import StatedDate

EXTRACTOR = "newsloom-cleaning"
VERSION = "1.0.0"
"""Changes whenever the same page may come out otherwise."""


@dataclass(frozen=True, slots=True)
class CleanedPage:
    """An article's own words and facts; fields as in `schemas.article.CleanArticle`."""

    title: str
    """Headline; empty where none was found."""
    body: str
    """Paragraphs, parted by one blank line."""
    authors: tuple[str, ...] = ()
    published: StatedDate | None = None
    modified: StatedDate | None = None
    canonical_url: str | None = None
    site_name: str | None = None
    section: str | None = None
    declared_language: str | None = None
    """Language the page declares (BCP 47); not checked against the text."""
    accessible_for_free: bool | None = None
    truncated: bool = False
    kept_share: float = 0.0
    """Share of the visible text that the body keeps, by characters, from 0 to 1."""
    confidence: float = 0.0
    """Expected F1 of the choice of text, from 0 to 1."""
    method: str = "html"
    """`html`, `text` or `json-ld`: what the body was read from."""
    extractor: str = EXTRACTOR
    version: str = VERSION
