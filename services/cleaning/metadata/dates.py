"""When a page says that its article was published and last changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from schemas.article import DateSource, StatedDate
from services.cleaning.metadata.date_parsing import date_in_url, parse_date
from services.cleaning.metadata.page_metadata import Metadata
from services.languages.registry import languages

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "publish-date",
    "publish_date", "publishdate", "pubdate", "published_date", "published", "dc.date.issued",
    "dcterms.issued", "dcterms.date", "dcterms.created", "dc.date.created", "article.published",
    "article_date_original", "originalpublicationdate", "displaydate", "og:published_time",
    "bt:pubdate", "citation_publication_date", "citation_online_date", "dc.date", "date",
    "datecreated", "og:pubdate", "rnews:datepublished", "og:release_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "lastmod", "last-modified", "article.updated", "og:modified_time",
)  # fmt: skip
_IN_SCRIPT = re.compile(
    # "datePublished", "firstPublished…", "publishedAt", "publish_date" and the like; letters
    # that all share come first, which makes the search many times faster.
    r"ublish(?:(?:ed)?_?[dD]ate|ed_?[aA]t|(?<=(?:date|irst)Publish)ed\w{0,9})"
    r"\\?[\"']\s{0,3}:\s{0,3}\\?[\"']([0-9]{4}-[0-9T:.+Z -]{5,30})"
)
_DATE_LINE = 90
"""A longer line holds more than a date and a name."""

_UPDATE_LABEL = re.compile(
    r"\b(?:"
    + "|".join(word for language in languages().values() for word in language.update_words)
    + ")",
    re.IGNORECASE,
)


def published_of(  # noqa: C901, PLR0911 - one place after the other, in order of trust
    page: Metadata, html: str, url: str, near_title: Sequence[str], now: datetime
) -> StatedDate | None:
    """Return the publication date from the most trusted place that states a possible one.

    `near_title` are the short lines around the headline. `html` is searched last, for dates in the
    data of scripts. A date shown near the headline that is earlier than the one stated in the
    page's head wins, because sites that keep one date for each page set it again with every change.
    """
    shown = _shown(near_title, now)
    for value, origin in _dates_stated(page, page.ld.published, _PUBLISHED, "published"):
        if value and (date := parse_date(value, origin, now)):
            return shown if shown and shown.value[:10] < date.value[:10] else date
    if shown:
        return _as_time_tag(shown, page, now) or shown
    for value, kind in page.times:
        if kind != "modified" and (date := parse_date(value, DateSource.TIME_TAG, now)):
            return date
    if date := date_in_url(url, now):
        return date
    for value in _IN_SCRIPT.findall(html)[:3]:
        if date := parse_date(value, DateSource.META, now):
            return date
    for line in near_title:
        if date := parse_date(line, DateSource.TEXT, now):
            return date
    return None


def _dates_stated(
    page: Metadata, in_ld: str | None, names: Iterable[str], kind: str
) -> Iterable[tuple[str | None, DateSource]]:
    """Yield the stated dates, the most trusted first; `time` elements are read only if needed."""
    yield in_ld, DateSource.JSON_LD
    for name in names:
        yield page.meta.get(name), DateSource.META
    for value, said in page.times:
        if said == kind:
            yield value, DateSource.TIME_TAG


def _shown(near_title: Sequence[str], now: datetime) -> StatedDate | None:
    """Return the first date with a day in a short line that does not speak of a change."""
    for line in near_title:
        if len(line) <= _DATE_LINE and not _UPDATE_LABEL.search(line):
            date = parse_date(line, DateSource.TEXT, now)
            if date and len(date.value) >= len("2031-05-04"):
                return date
    return None


def _as_time_tag(date: StatedDate, page: Metadata, now: datetime) -> StatedDate | None:
    """Return the same date from a `time` element, which may state time and zone with it."""
    for value, _ in page.times:
        tagged = parse_date(value, DateSource.TIME_TAG, now)
        if tagged and tagged.value[:10] == date.value[:10]:
            return tagged
    return None


def modified_of(page: Metadata, now: datetime) -> StatedDate | None:
    """Return when the page says that it was last changed, or None."""
    for value, origin in _dates_stated(page, page.ld.modified, _MODIFIED, "modified"):
        if value and (date := parse_date(value, origin, now)):
            return date
    return None
