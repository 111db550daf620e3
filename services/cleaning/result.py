"""The result of cleaning a page."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.article import Contribution, Genre, Image, StatedDate, StatedText, StatedTexts, Video
from services.cleaning.dates.candidates import Considered

EXTRACTOR = "newsloom-cleaning"
VERSION = "1.1.0"
"""Version of the extractor; it changes whenever the same page may give a different result."""


@dataclass(frozen=True, slots=True)
class CleanedPage:
    """The text and the metadata of an article; fields as in `schemas.article.CleanArticle`."""

    title: str
    """Headline; empty if none was found."""
    body: str
    """Paragraphs, separated by one blank line."""
    authors: tuple[str, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    published: StatedDate | None = None
    considered_dates: tuple[Considered, ...] = ()
    """The candidates for `published`, the most trusted first, with what became of each;
    all of them only if the page was cleaned with `explain`."""
    modified: StatedDate | None = None
    canonical_url: str | None = None
    site_name: str | None = None
    section: str | None = None
    section_path: StatedTexts | None = None
    genre: Genre | None = None
    description: StatedText | None = None
    keywords: StatedTexts | None = None
    image: Image | None = None
    video: Video | None = None
    declared_language: str | None = None
    """Language the page declares (BCP 47); not compared with the text."""
    accessible_for_free: bool | None = None
    truncated: bool = False
    kept_share: float = 0.0
    """Share of the visible text that is in the body, by characters, from 0 to 1."""
    confidence: float = 0.0
    """Expected F1 of the selection of text, from 0 to 1."""
    method: str = "html"
    """`html`, `text` or `json-ld`: the source of the body."""
    extractor: str = EXTRACTOR
    version: str = VERSION
