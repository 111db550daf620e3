"""Find the dates of publication and of the last change of an article on its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from schemas.article import DateSource, StatedDate
from services.cleaning.metadata.date_parsing import date_in_url, parse_date
from services.cleaning.metadata.page_metadata import PageMetadata
from services.languages.registry import languages

_PUBLISHED_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "publish-date",
    "publish_date", "publishdate", "pubdate", "published_date", "published", "dc.date.issued",
    "dcterms.issued", "dcterms.date", "dcterms.created", "dc.date.created", "article.published",
    "article_date_original", "originalpublicationdate", "displaydate", "og:published_time",
    "bt:pubdate", "citation_publication_date", "citation_online_date", "dc.date", "date",
    "datecreated", "og:pubdate", "rnews:datepublished", "og:release_date",
)  # fmt: skip
_MODIFIED_NAMES = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "lastmod", "last-modified", "article.updated", "og:modified_time",
)  # fmt: skip

_IN_SCRIPT = re.compile(
    # "datePublished", "firstPublished…", "publishedAt", "publish_date" and the like. The pattern
    # starts with the letters that all have in common, which is many times faster.
    r"ublish(?:(?:ed)?_?[dD]ate|ed_?[aA]t|(?<=(?:date|irst)Publish)ed\w{0,9})"
    r"\\?[\"']\s{0,3}:\s{0,3}\\?[\"']([0-9]{4}-[0-9T:.+Z -]{5,30})"
)
_MAX_LINE_LENGTH = 90
"""A longer line holds more than a date and a name."""

_UPDATE_LABELS = [label for language in languages().values() for label in language.update_labels]
_UPDATE_LABEL = re.compile(rf"\b(?:{'|'.join(_UPDATE_LABELS)})", re.IGNORECASE)


def find_published(  # noqa: C901, PLR0911 - one source after the other, in order of trust
    page: PageMetadata, html: str, url: str, near_title: Sequence[str], now: datetime
) -> StatedDate | None:
    """Return the publication date from the most trusted source that has a valid one.

    `near_title` are the short lines around the headline. A date in such a line that is earlier
    than the one in the metadata wins, because sites that keep a single date for each page
    update it with every change. The data in the scripts of the page (`html`) is searched last.
    """
    visible = _visible_date(near_title, now)
    for value, origin in _candidates(page, page.ld.published, _PUBLISHED_NAMES, "published"):
        if value and (date := parse_date(value, origin, now)):
            return visible if visible and visible.value[:10] < date.value[:10] else date
    if visible:
        return _from_time_element(visible, page, now) or visible
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


def _candidates(
    page: PageMetadata, in_ld: str | None, names: Iterable[str], kind: str
) -> Iterable[tuple[str | None, DateSource]]:
    """Yield what may state a date, the most trusted source first; `time` elements lazily."""
    yield in_ld, DateSource.JSON_LD
    for name in names:
        yield page.meta.get(name), DateSource.META
    for value, stated_kind in page.times:
        if stated_kind == kind:
            yield value, DateSource.TIME_TAG


def _visible_date(near_title: Sequence[str], now: datetime) -> StatedDate | None:
    """Return the first date with a day in a short line that does not mention an update."""
    for line in near_title:
        if len(line) <= _MAX_LINE_LENGTH and not _UPDATE_LABEL.search(line):
            date = parse_date(line, DateSource.TEXT, now)
            if date and len(date.value) >= len("2031-05-04"):
                return date
    return None


def _from_time_element(date: StatedDate, page: PageMetadata, now: datetime) -> StatedDate | None:
    """Return the same day from a `time` element, which may add the time and the zone."""
    for value, _ in page.times:
        tagged = parse_date(value, DateSource.TIME_TAG, now)
        if tagged and tagged.value[:10] == date.value[:10]:
            return tagged
    return None


def find_modified(page: PageMetadata, now: datetime) -> StatedDate | None:
    """Return the date of the last change that the page states."""
    for value, origin in _candidates(page, page.ld.modified, _MODIFIED_NAMES, "modified"):
        if value and (date := parse_date(value, origin, now)):
            return date
    return None
