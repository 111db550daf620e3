"""What is not an article, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from services.cleaning.text.line_style import count_words

FEWEST_WORDS = 40
"""An article has at least this many words."""

_FEW = 150
_MANY_HEADLINES = 15
_UNSURE = 0.7
_MOSTLY, _MUCH = 0.5, 0.2
_LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|anmelden|einloggen|connexion|iniciar sesión|accedi|войти|увійти)\b",
    re.IGNORECASE,
)


class Reason(StrEnum):
    """Why a page is filtered."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    LOGIN_PAGE = "login_page"
    INDEX_PAGE = "index_page"


@dataclass(frozen=True, slots=True)
class NotAnArticle:
    """A page that is rightly left out."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page shows beside its body."""

    url: str
    title: str
    headlines: int = 0
    """Blocks that are nothing but a link of a headline's length."""
    linked_share: float = 0.0
    """Share of the body's characters that are link text."""
    asks_password: bool = False
    says_article: bool = False
    """JSON-LD or `og:type` call the page an article."""
    visible_words: int = 0


def judge(body: str, confidence: float, signs: Signs) -> NotAnArticle | None:
    """None for an article; otherwise why it is none."""
    words = count_words(body)
    if (
        signs.asks_password
        and words < _FEW
        and (
            words < FEWEST_WORDS
            or _LOGIN.search(signs.title)
            or _LOGIN.search(urlsplit_path(signs.url))
        )
    ):
        return NotAnArticle(Reason.LOGIN_PAGE, f"asks for a password, {words} words of text")
    if words < FEWEST_WORDS and _LOGIN.search(signs.title):
        return NotAnArticle(
            Reason.LOGIN_PAGE, f"titled {signs.title[:100]!r}, {words} words of text"
        )
    if signs.headlines >= _MANY_HEADLINES and not signs.says_article:
        front = urlsplit_path(signs.url) in ("", "/")
        doubtful = confidence < _UNSURE or signs.linked_share > _MUCH
        if words < FEWEST_WORDS or signs.linked_share > _MOSTLY or (front and doubtful):
            return NotAnArticle(Reason.INDEX_PAGE, f"{signs.headlines} linked headlines")
    if not words:
        return NotAnArticle(Reason.EMPTY, f"no article text among {signs.visible_words} words")
    if words < FEWEST_WORDS:
        return NotAnArticle(Reason.TOO_SHORT, f"{words} words, fewer than {FEWEST_WORDS}")
    return None


def urlsplit_path(url: str) -> str:
    """Path of a URL; empty where the URL is broken."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
