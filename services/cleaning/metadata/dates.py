"""Find the dates of publication and of the last change of an article on its page."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from schemas.article import DateSource, Precision, StatedDate
from services.cleaning.dates.candidates import Candidate, DateChoice, Evidence
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.lines import LineDate, LineKind, dates_in_line, has_label
from services.cleaning.dates.parsing import parse_date
from services.cleaning.dates.ranking import choose
from services.cleaning.dates.url import date_in_url
from services.cleaning.metadata.marked_dates import rarely_marked_dates
from services.cleaning.metadata.near_title import PageLine, PageLines
from services.cleaning.metadata.page_metadata import PageMetadata, TimeElement

_PUBLISHED_NAMES = (
    "articlepublishedtime", "ogarticlepublishedtime", "datepublished", "parselypubdate",
    "sailthrudate", "cxenseparserecspublishtime", "publishdate", "publisheddate",
    "pubdate", "publicationdate", "publishtime", "publicationtime", "publishedtime", "publishedat",
    "published", "dcdateissued", "dctermsissued", "dctermsdate", "dcissued", "articlepublished",
    "articlepublicationdate", "articledateoriginal", "originalpublicationdate", "displaydate",
    "ogpublishedtime", "ogpubdate", "btpubdate", "citationpublicationdate", "citationonlinedate",
    "citationdate", "prismpublicationdate", "ogreleasedate", "rnewsdatepublished", "postdate",
    "dateissued", "issued", "articledate",
)  # fmt: skip
"""Names of publication dates, without marks between their words, the most exact first."""
_CREATED_NAMES = (
    "dcdate",
    "date",
    "datecreated",
    "dctermscreated",
    "dcdatecreated",
    "dccreated",
    "created",
)
_MODIFIED_NAMES = (
    "articlemodifiedtime", "ogupdatedtime", "datemodified", "dctermsmodified", "dcdatemodified",
    "lastmod", "lastmodified", "articleupdated", "ogmodifiedtime", "modifiedtime", "modifieddate",
    "updatedtime", "dateupdated", "lastupdated",
)  # fmt: skip

_IN_SCRIPT = re.compile(
    # "datePublished", "firstPublished…", "publishedAt", "publish_date" and the like. The pattern
    # starts with the letters that all have in common, which is many times faster.
    r"ublish(?:(?:ed)?_?[dD]ate|ed_?[aA]t|(?<=(?:date|irst)Publish)ed\w{0,9})"
    r"(?:\\?[\"']|&quot;)\s{0,3}:\s{0,3}(?:\\?[\"']|&quot;)([0-9]{4}-[0-9T:.+Z -]{5,30})"
)
_DIGIT = re.compile(r"\d")
_MAX_SOURCE = 200
_MAX_CANDIDATES, _MAX_TIMES = 60, 20
_MAX_SCRIPT_DATES = 3
_DAY_LENGTH = len("2031-05-04")


def find_published(
    page: PageMetadata,
    html: str,
    url: str,
    lines: PageLines,
    context: DateContext,
    *,
    thorough: bool = False,
) -> DateChoice:
    """Return the publication date, with all candidates and why the chosen one was chosen.

    The ranking is that of `Evidence`. Lines away from the headline and the data of scripts are
    searched only where the page states no date for machines. Once a complete time is known, the
    other candidates change nothing and are left out, except in a `thorough` search.
    """
    structured = _structured(page, context)
    first = next(structured, None)
    if first and not thorough and _is_final(first.date):
        return choose([first])
    found = [first, *structured] if first else []
    if found and not thorough and _is_complete(min(found, key=lambda one: one.evidence).date):
        return choose(found)
    changes = {one.text for one in page.times[:_MAX_TIMES] if one.kind == "modified" and one.text}
    shown = list(line_candidates(lines.near, context, changes))
    marked = list(_from_times(page.times[:_MAX_TIMES], lines.near, shown, context))
    if not found and all(one.excluded for one in (*marked, *shown)):
        marked += _from_times(tuple(rarely_marked_dates(page)), lines.near, shown, context)
    found += marked
    found += [*url_candidates(url, context), *shown]
    if not any(one.evidence.is_structured and one.excluded is None for one in found):
        if all(one.excluded for one in found):
            found += line_candidates(lines.far, context)
        for value in _IN_SCRIPT.findall(html)[:_MAX_SCRIPT_DATES]:
            if any(value in script for script in page.linked_data_scripts):
                continue  # the date of another article, or of none
            if date := parse_date(value, DateSource.META, context):
                found.append(Candidate(date, Evidence.SCRIPT, value))
    return choose(found[:_MAX_CANDIDATES])


def _is_final(date: StatedDate) -> bool:
    """Return whether a date, the most trusted one, can't be refined by another: see `refines`."""
    return _is_complete(date) and not date.value.endswith("+00:00") and not date.ambiguous


def _is_complete(date: StatedDate) -> bool:
    return date.precision is Precision.SECOND and date.utc is not None


def _structured(page: PageMetadata, context: DateContext) -> Iterator[Candidate]:
    meta = page.named
    stated = [
        (page.ld.published, DateSource.JSON_LD, Evidence.JSON_LD, "datePublished"),
        *((meta.get(name), DateSource.META, Evidence.META, name) for name in _PUBLISHED_NAMES),
        (page.ld.created, DateSource.JSON_LD, Evidence.CREATED, "dateCreated"),
        *((meta.get(name), DateSource.META, Evidence.CREATED, name) for name in _CREATED_NAMES),
    ]
    for value, origin, evidence, name in stated:
        if value and (date := parse_date(value, origin, context)):
            yield Candidate(date, evidence, f"{name}: {value}"[:_MAX_SOURCE])


def _from_times(
    times: Sequence[TimeElement],
    near: Sequence[PageLine],
    lines: Sequence[Candidate],
    context: DateContext,
) -> Iterator[Candidate]:
    changes = {
        one.date.value[:_DAY_LENGTH] for one in lines if one.evidence is Evidence.UPDATED_LINE
    }
    shown = "\n".join(line.text for line in near if not line.far)
    for element in times:
        date = parse_date(element.value, DateSource.TIME_TAG, context)
        if element.kind == "modified" or date is None or _is_update(element.text, context):
            continue
        evidence, excluded = Evidence.TIME_ELEMENT, element.foreign
        if element.kind != "published":
            is_near = element.text and element.text in shown
            evidence = Evidence.UNMARKED_TIME_ELEMENT if is_near else Evidence.FAR_TIME_ELEMENT
            if date.value[:_DAY_LENGTH] in changes:
                excluded = excluded or "the date of a change"
        yield Candidate(date, evidence, f"time: {element.value}", excluded)


def _is_update(text: str, context: DateContext) -> bool:
    return has_label(text, context.language) and any(
        one.kind is LineKind.UPDATED for one in dates_in_line(text, context)
    )


def url_candidates(url: str, context: DateContext) -> list[Candidate]:
    """Return the date in the path of a URL, if there is one."""
    date = date_in_url(url, context.now)
    if date is None:
        return []
    with_day = len(date.value) == _DAY_LENGTH
    return [Candidate(date, Evidence.URL_DAY if with_day else Evidence.URL_MONTH, url)]


def line_candidates(
    near: Sequence[PageLine], context: DateContext, changes: Container[str] = ()
) -> Iterator[Candidate]:
    """Yield the dates in the lines around a headline.

    `changes` are the texts that the page marks as the date of a change.
    """
    for line in near:
        dates = list(dates_in_line(line.text, context))
        is_change = len(dates) == 1 and line.text in changes
        for found in dates:
            evidence = _evidence(found, line)
            excluded = line.foreign
            if found.kind is LineKind.OTHER:
                excluded = excluded or "part of a sentence, or of something else"
            elif found.kind is LineKind.UPDATED or is_change:
                excluded = excluded or "the date of a change"
            yield Candidate(found.date, evidence, line.text[:_MAX_SOURCE], excluded)


def _evidence(found: LineDate, line: PageLine) -> Evidence:
    if found.kind is LineKind.UPDATED:
        return Evidence.UPDATED_LINE
    if found.date.relative:
        return Evidence.RELATIVE
    if found.kind is LineKind.PUBLISHED:
        return Evidence.LABELLED_LINE
    if line.far:
        return Evidence.FAR_LINE
    return Evidence.BARE_LINE_BEFORE if line.before_title else Evidence.BARE_LINE


def find_modified(page: PageMetadata, lines: PageLines, context: DateContext) -> StatedDate | None:
    """Return the date of the last change that the page states."""
    for value, origin in _stated_changes(page):
        if value and (date := parse_date(value, origin, context)):
            return date
    if not any(_is_update_line(line.text, context) for line in lines.near):
        return None
    for line in lines.near:
        for found in dates_in_line(line.text, context) if line.foreign is None else ():
            if found.kind is LineKind.UPDATED:
                return found.date
    return None


def _stated_changes(page: PageMetadata) -> Iterator[tuple[str | None, DateSource]]:
    yield page.ld.modified, DateSource.JSON_LD
    for name in _MODIFIED_NAMES:
        yield page.named.get(name), DateSource.META
    for element in page.times:
        if element.kind == "modified" and element.foreign is None:
            yield element.value, DateSource.TIME_TAG


def of_last_change(modified: StatedDate | None) -> StatedDate | None:
    """Return the date of the last change, marked, to stand for an unknown date of publication."""
    return modified.model_copy(update={"of_last_change": True}) if modified else None


def _is_update_line(text: str, context: DateContext) -> bool:
    return _DIGIT.search(text) is not None and has_label(text, context.language)
