"""From a page or scraped text to the article's own words and facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import trafilatura
from trafilatura.settings import use_config

from schemas.article import DateSource, Precision, StatedDate
from services.errors import Reason, Rejected

_CONFIG = use_config()
_CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")  # it uses signals, which a thread can't


@dataclass(frozen=True, slots=True)
class CleanedPage:
    title: str
    body: str
    authors: tuple[str, ...] = ()
    published: StatedDate | None = None
    modified: StatedDate | None = None
    canonical_url: str | None = None
    site_name: str | None = None
    section: str | None = None
    language: str | None = None
    accessible_for_free: bool | None = None
    truncated: bool = False
    kept_share: float = 1.0
    confidence: float = 0.5
    extractor: str = "trafilatura"
    version: str = trafilatura.__version__


def clean_page(*, html: str | None, text: str | None, url: str, title: str | None) -> CleanedPage:
    if html is not None:
        return _from_html(html, url, title)
    return _from_text(text or "", title)


def _from_html(html: str, url: str, title: str | None) -> CleanedPage:
    try:
        document: Any = trafilatura.bare_extraction(
            html, url=url, with_metadata=True, config=_CONFIG
        )
    except Exception as error:
        raise Rejected(Reason.EMPTY, f"no article in the page: {error}") from error
    if document is None or not document.text:
        raise Rejected(Reason.EMPTY, "no article in the page")
    body = re.sub(r"\n+", "\n\n", document.text).strip()
    published = None
    if document.date:
        published = StatedDate(value=document.date, precision=Precision.DAY, origin=DateSource.META)
    return CleanedPage(
        title=title or document.title or "",
        body=body,
        authors=tuple(a.strip() for a in (document.author or "").split(";") if a.strip()),
        published=published,
        site_name=document.sitename,
        kept_share=min(1.0, len(body) / max(1, len(re.sub(r"<[^>]*>", "", html)))),
    )


def _from_text(text: str, title: str | None) -> CleanedPage:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    kept: list[str] = []
    for line in lines:
        if len(line) >= 60 and line not in kept:
            kept.append(line)
    first = next((line for line in lines if line), "")
    return CleanedPage(
        title=title or first[:300],
        body="\n\n".join(kept),
        kept_share=min(1.0, sum(map(len, kept)) / max(1, len(text))),
        extractor="lines",
        version="1",
    )
