"""Find the date and the authors in text that a scraper took from a page."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.article import DateSource
from services.cleaning.dates.candidates import Candidate, DateChoice, Evidence
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.parsing import parse_date
from services.cleaning.dates.ranking import choose
from services.cleaning.metadata.authors import find_byline_authors
from services.cleaning.metadata.byline_labels import is_byline_label
from services.cleaning.metadata.dates import line_candidates, url_candidates
from services.cleaning.metadata.near_title import PageLine
from services.cleaning.text.line_style import fold

_LINES_BEFORE_BODY, _LINES_OF_BODY = 12, 3
"""Lines before the running text, and of it, that may state the date or the authors."""


def find_text_published(
    lines: Sequence[str],
    title: str,
    body_start: int,
    prefix: str | None,
    *,
    url: str,
    context: DateContext,
) -> DateChoice:
    """Return the publication date of a text, with all candidates.

    `prefix` is the date that a scraper wrote before the first line; `body_start` is the number of
    the first line of the running text.
    """
    found: list[Candidate] = []
    if prefix and (date := parse_date(prefix, DateSource.TEXT, context)):
        found.append(Candidate(date, Evidence.META, f"date {prefix}"))
    found += line_candidates(near_body(lines, title, body_start), context)
    found += url_candidates(url, context)
    return choose(found)


def find_text_authors(
    lines: Sequence[str], title: str, body_start: int, context: DateContext
) -> tuple[str, ...]:
    """Return the names in the byline among the lines before the running text."""
    near = [line.text for line in near_body(lines, title, body_start) if not line.before_title]
    labelled = [
        f"{line} {after}" if is_byline_label(line) else line
        for line, after in zip(near, [*near[1:], ""], strict=True)
    ]
    return find_byline_authors(labelled, context)


def near_body(lines: Sequence[str], title: str, body_start: int) -> list[PageLine]:
    """Return the lines before the running text, and the first of it."""
    first = max(0, body_start - _LINES_BEFORE_BODY)
    near = lines[first : body_start + _LINES_OF_BODY]
    key = fold(title)
    at = [number for number, line in enumerate(near) if key and fold(line) == key]
    return [PageLine(line, bool(at) and number < at[-1]) for number, line in enumerate(near)]
