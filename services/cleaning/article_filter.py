"""Decide which pages are no articles, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from services.cleaning.text.line_style import count_words
from services.languages.registry import languages

FEWEST_WORDS = 40
"""Words that an article must have."""

_FEW = 150
_MANY_HEADLINES = 15
_UNSURE = 0.7
_MOSTLY, _MUCH = 0.5, 0.2
_LOGIN = re.compile(
    r"\b(?:"
    + "|".join(word for language in languages().values() for word in language.login_words)
    + r")\b",
    re.IGNORECASE,
)


class FilterReason(StrEnum):
    """Why a page is filtered."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    LOGIN_PAGE = "login_page"
    INDEX_PAGE = "index_page"


@dataclass(frozen=True, slots=True)
class NotAnArticle:
    """A page that is rightly filtered."""

    reason: FilterReason
    detail: str


@dataclass(frozen=True, slots=True)
class PageSignals:
    """What a page shows besides its body."""

    url: str
    title: str
    headlines: int = 0
    """Blocks that are nothing but a link of a headline's length."""
    linked_share: float = 0.0
    """Share of the body's characters that are link text."""
    asks_password: bool = False
    says_article: bool = False
    """Whether JSON-LD or `og:type` call the page an article."""
    visible_words: int = 0


def filter_reason(body: str, confidence: float, signals: PageSignals) -> NotAnArticle | None:
    """Return why a page is no article, or None if it is one."""
    words = count_words(body)
    if (
        signals.asks_password
        and words < _FEW
        and (
            words < FEWEST_WORDS
            or _LOGIN.search(signals.title)
            or _LOGIN.search(urlsplit_path(signals.url))
        )
    ):
        return NotAnArticle(FilterReason.LOGIN_PAGE, f"asks for a password, {words} words of text")
    if words < FEWEST_WORDS and _LOGIN.search(signals.title):
        return NotAnArticle(
            FilterReason.LOGIN_PAGE, f"titled {signals.title[:100]!r}, {words} words of text"
        )
    if signals.headlines >= _MANY_HEADLINES and not signals.says_article:
        front = urlsplit_path(signals.url) in ("", "/")
        doubtful = confidence < _UNSURE or signals.linked_share > _MUCH
        if words < FEWEST_WORDS or signals.linked_share > _MOSTLY or (front and doubtful):
            return NotAnArticle(FilterReason.INDEX_PAGE, f"{signals.headlines} linked headlines")
    if not words:
        return NotAnArticle(
            FilterReason.EMPTY, f"no article text among {signals.visible_words} words"
        )
    if words < FEWEST_WORDS:
        return NotAnArticle(FilterReason.TOO_SHORT, f"{words} words, fewer than {FEWEST_WORDS}")
    return None


def urlsplit_path(url: str) -> str:
    """Return the path of a URL, or an empty string if the URL is not valid."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
