"""Wrap the extractors that Newsloom's cleaning is compared with, each as one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Extract = Callable[[str], str]


def peers() -> dict[str, Extract]:
    """Return the installed extractors by name; each takes a page and returns its text."""
    extractors: dict[str, Extract] = {}
    _trafilatura(extractors)
    _rs_trafilatura(extractors)
    _resiliparse(extractors)
    _readability(extractors)
    return extractors


def _trafilatura(found: dict[str, Extract]) -> None:
    try:
        import trafilatura  # noqa: PLC0415 - it may not be installed
    except ImportError:
        return
    settings: dict[str, dict[str, Any]] = {
        "trafilatura": {},
        "trafilatura fast": {"fast": True},
        "trafilatura precision": {"favor_precision": True},
    }
    for name, setting in settings.items():

        def extract(html: str, setting: dict[str, Any] = setting) -> str:
            return trafilatura.extract(html, include_comments=False, **setting) or ""

        found[name] = extract


def _rs_trafilatura(found: dict[str, Extract]) -> None:
    try:
        import rs_trafilatura  # noqa: PLC0415 - it may not be installed
    except ImportError:
        return
    found["rs-trafilatura"] = lambda html: rs_trafilatura.extract(html).main_content or ""


def _resiliparse(found: dict[str, Extract]) -> None:
    try:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415
    except ImportError:
        return
    found["resiliparse"] = lambda html: extract_plain_text(html, main_content=True)


def _readability(found: dict[str, Extract]) -> None:
    try:
        from lxml.html import document_fromstring  # noqa: PLC0415
        from readability import Document  # noqa: PLC0415
    except ImportError:
        return

    def extract(html: str) -> str:
        summary = Document(html).summary(html_partial=True)
        # The elements of lxml.html have this method; the stubs of lxml do not declare it.
        return str(document_fromstring(summary).text_content()) if summary.strip() else ""  # type: ignore[attr-defined]

    found["readability-lxml"] = extract


@dataclass(frozen=True)
class Stated:
    """What trafilatura and htmldate state about a page; empty where they find nothing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    trafilatura_date: str = ""
    htmldate: str = ""


def stated(html: str, url: str) -> Stated:
    """Return title, authors and date of trafilatura, and the original date of htmldate.

    The dates are days.
    """
    import htmldate  # noqa: PLC0415 - it may not be installed
    import trafilatura  # noqa: PLC0415

    try:
        document = trafilatura.extract_metadata(html, default_url=url or None)
    except (ValueError, TypeError, AttributeError):
        return Stated()
    try:
        day = htmldate.find_date(html, original_date=True, url=url or None) or ""
    except (ValueError, TypeError, AttributeError):
        day = ""
    authors = tuple(name for name in (document.author or "").split(";") if name.strip())
    return Stated(document.title or "", authors, document.date or "", day)
