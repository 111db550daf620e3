"""Decide whether a page is an article, and the reason if it is not."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from services.cleaning.page_type import THRESHOLD as LIST_THRESHOLD
from services.cleaning.text.line_style import count_words
from services.languages.registry import languages

MIN_WORDS = 40
"""Minimum number of words of an article that nothing else shows to be one."""

_MAX_LOGIN_WORDS = 150
"""A page with a password field and more words than this is not a login page."""
_MIN_INDEX_HEADLINES = 15
"""Number of linked headlines from which a page may be an index page."""
_LOW_CONFIDENCE = 0.7
_MOSTLY_LINKS, _MANY_LINKS = 0.5, 0.2
"""Shares of link text in the body."""
_LOGIN_LABELS = [label for language in languages().values() for label in language.login_labels]
_LOGIN = re.compile(rf"\b(?:{'|'.join(_LOGIN_LABELS)})\b", re.IGNORECASE)


class FilterReason(StrEnum):
    """Why a page is not an article."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    LOGIN_PAGE = "login_page"
    INDEX_PAGE = "index_page"


@dataclass(frozen=True, slots=True)
class NotAnArticle:
    """The result for a page that is not an article."""

    reason: FilterReason
    detail: str


@dataclass(frozen=True, slots=True)
class PageSignals:
    """Properties of a page, beside its body, that tell whether it is an article."""

    url: str
    title: str
    linked_headlines: int = 0
    """Number of lines that consist of a link of the length of a headline."""
    linked_share: float = 0.0
    """Share of the body's characters that are link text, from 0 to 1."""
    has_password_field: bool = False
    declares_article: bool = False
    """Whether JSON-LD or `og:type` declare the page an article."""
    visible_words: int = 0
    list_log_odds: float = -math.inf
    """Log-odds that the page is a list of other pages or of products (`page_type`)."""
    min_words: int = MIN_WORDS
    """Number of words from which the page is an article."""


def find_filter_reason(body: str, confidence: float, signals: PageSignals) -> NotAnArticle | None:
    """Return why the page is not an article, or None if it is one.

    `confidence` is that of the selection of the body (see `CleanedPage.confidence`).
    """
    words = count_words(body)
    if (
        signals.has_password_field
        and words < _MAX_LOGIN_WORDS
        and (
            words < MIN_WORDS
            or _LOGIN.search(signals.title)
            or _LOGIN.search(_url_path(signals.url))
        )
    ):
        return NotAnArticle(FilterReason.LOGIN_PAGE, f"asks for a password, {words} words of text")
    if words < MIN_WORDS and _LOGIN.search(signals.title):
        return NotAnArticle(
            FilterReason.LOGIN_PAGE, f"titled {signals.title[:100]!r}, {words} words of text"
        )
    if detail := _list_detail(words, confidence, signals):
        return NotAnArticle(FilterReason.INDEX_PAGE, detail)
    if not words:
        return NotAnArticle(
            FilterReason.EMPTY, f"no article text among {signals.visible_words} words"
        )
    if words < signals.min_words:
        detail = f"{words} words, fewer than {signals.min_words}"
        return NotAnArticle(FilterReason.TOO_SHORT, detail)
    return None


def _list_detail(words: int, confidence: float, signals: PageSignals) -> str:
    """Return what shows that the page is a list of other pages, empty if nothing does."""
    if words and signals.list_log_odds > LIST_THRESHOLD:
        return f"a list of other pages, log-odds {signals.list_log_odds:.1f}"
    if signals.linked_headlines < _MIN_INDEX_HEADLINES or signals.declares_article:
        return ""
    is_front_page = _url_path(signals.url) in ("", "/")
    doubtful = confidence < _LOW_CONFIDENCE or signals.linked_share > _MANY_LINKS
    is_list = (
        words < MIN_WORDS or signals.linked_share > _MOSTLY_LINKS or (is_front_page and doubtful)
    )
    return f"{signals.linked_headlines} linked headlines" if is_list else ""


def _url_path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
