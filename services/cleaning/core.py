"""The public interface of cleaning: clean one page. It needs neither Faust nor Kafka."""

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
    fetched_at: datetime | None = None,
    explain: bool = False,
    min_words: int = 8,
) -> CleanedPage | NotAnArticle:
    """Clean a page of HTML, or text that was extracted from one.

    The text is used if there is no HTML or the HTML is not an article. `title` is the title
    stated by the feed; the name of the site is cut from it. A text with a title, and a page that
    shows itself to be an article, is one from `min_words` words on. Dates after `now`
    (timezone-aware; by default the current time) are ignored; a date such as "2 hours ago" is
    counted from `fetched_at`, or from `now` if it is unknown. With `explain`, all candidates for
    the date are collected.

    Raises `CleaningTimeout` after about `timeout` seconds, and no other exception whatever the
    input.
    """
    deadline = Deadline(timeout)
    moment = now or datetime.now(UTC)
    visited = fetched_at or moment
    outcome: CleanedPage | NotAnArticle | None = None
    if html is not None and html.strip():
        html = html[:MAX_PAGE_CHARS]
        try:
            outcome = clean_html(
                html,
                url,
                title,
                moment,
                deadline,
                min_words=min_words,
                fetched_at=visited,
                explain=explain,
            )
        except HostileMarkup:  # splitting it into lines takes linear time
            lines = "\n".join(html_lines(html))
            outcome = clean_text(
                lines, url, title, moment, deadline, min_words=min_words, fetched_at=visited
            )
        if isinstance(outcome, CleanedPage):
            return outcome
    if text is not None and text.strip():
        deadline.check()
        return clean_text(
            text[:MAX_PAGE_CHARS],
            url,
            title,
            moment,
            deadline,
            min_words=min_words,
            fetched_at=visited,
        )
    return outcome or NotAnArticle(FilterReason.EMPTY, "neither HTML nor text")
