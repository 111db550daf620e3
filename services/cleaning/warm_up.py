"""Load what cleaning needs before the first article: models, patterns, the language detector."""

from __future__ import annotations

from datetime import UTC, datetime

from services.cleaning.core import clean_page
from services.cleaning.dates.lines import has_label

_PARAGRAPHS = (
    "The ferry between the two islands sails again after the harbour was repaired in the spring.",
    "The mayor said that the first boat had been full, and that a second one will follow in June.",
    "Read the timetable before you travel, because the last boat leaves an hour earlier now.",
)
_LINES = ("The ferry sails again", "By Ida Falk", "Published 4 May 2021 08:30", *_PARAGRAPHS)
_BODY = "".join(f"<p>{line}</p>" for line in _LINES[1:])
_PAGE = f"<body><article><h1>{_LINES[0]}</h1>{_BODY}</article></body>"
_URL = "https://news.example/ferry"
_NOW = datetime(2021, 5, 5, tzinfo=UTC)


def warm_up() -> None:
    """Clean an invented page, with and without a language, and an invented text.

    It takes about a quarter of a second, which the first articles would take longer.
    """
    for page in (f'<html lang="en">{_PAGE}</html>', f"<html>{_PAGE}</html>"):
        clean_page(html=page, text=None, url=_URL, now=_NOW)
    has_label("")  # of a date in any language
    clean_page(html=None, text="\n".join(_LINES), url=_URL, title=_LINES[0], now=_NOW)
