"""Clean one page: the pure function behind the cleaning stage."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.base import MAX_PAGE_CHARS
from services.cleaning.article_filter import FilterReason, NotAnArticle
from services.cleaning.classifier.models import load_models
from services.cleaning.limits import CleaningTimeout, Deadline, HostileMarkup
from services.cleaning.page_extractor import clean_html
from services.cleaning.result import CleanedPage
from services.cleaning.text.html_lines import html_lines
from services.cleaning.text_extractor import clean_text

__all__ = [
    "CleanedPage",
    "CleaningTimeout",
    "FilterReason",
    "NotAnArticle",
    "clean_page",
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
    """Clean an HTML page, or text that was extracted from one.

    HTML is tried first; the text is cleaned if the HTML is missing or no article. `title` is the
    feed's and is believed. Dates after `now` are dropped; without `now` (with a zone) the clock is
    used. Cleaning takes at most about `timeout` seconds.

    Raises `CleaningTimeout` after that, and nothing else, whatever the input.
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
    return outcome or NotAnArticle(FilterReason.EMPTY, "neither HTML nor text")
