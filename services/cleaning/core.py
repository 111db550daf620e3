"""Clean one article: the one door to everything in this folder that is not Kafka."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.base import MAX_PAGE_CHARS
from services.cleaning.article_filter import NotAnArticle, Reason
from services.cleaning.classifier.models import load_models
from services.cleaning.classifier.text_features import html_lines
from services.cleaning.limits import CleaningTimeout, Deadline, HostileMarkup
from services.cleaning.page_extractor import clean_html
from services.cleaning.result import CleanedPage
from services.cleaning.text_extractor import clean_text
from services.ingest.encoding import decode_html

__all__ = [
    "CleanedPage",
    "CleaningTimeout",
    "NotAnArticle",
    "Reason",
    "clean_page",
    "decode_html",
    "load_models",
]


def clean_page(
    *,
    html: str | None,
    text: str | None,
    url: str,
    title: str | None = None,
    now: datetime | None = None,
    timeout: float = 5.0,
) -> CleanedPage | NotAnArticle:
    """Clean a page of HTML, or text that was taken out of one.

    HTML goes first; the text is cleaned where the HTML is missing or no article.
    `title` is the feed's, and is believed. Dates later than `now` are dropped; without
    `now` (aware) the clock is asked. Cleaning takes at most about `timeout` seconds.

    Raises `CleaningTimeout` after that; nothing else, whatever the input.
    """
    deadline = Deadline(timeout)
    moment = now or datetime.now(UTC)
    outcome: CleanedPage | NotAnArticle | None = None
    if html is not None and html.strip():
        html = html[:MAX_PAGE_CHARS]
        try:
            outcome = clean_html(html, url, title, moment, deadline)
        except HostileMarkup:  # its lines can be had in linear time
            outcome = clean_text("\n".join(html_lines(html)), url, title, moment, deadline)
        if isinstance(outcome, CleanedPage):
            return outcome
    if text is not None and text.strip():
        deadline.check()
        return clean_text(text[:MAX_PAGE_CHARS], url, title, moment, deadline)
    return outcome or NotAnArticle(Reason.EMPTY, "neither HTML nor text")
