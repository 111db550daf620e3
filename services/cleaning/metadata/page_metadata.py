"""Title, authors, dates and the rest that a page states beside its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.article import DateSource, StatedDate
from services.cleaning.html.element_names import read_names
from services.cleaning.metadata.dates import date_in_url, parse_date
from services.cleaning.metadata.json_ld import LinkedData, read_linked_data
from services.cleaning.text.line_style import fold
from services.cleaning.text.unicode_repair import fold_space, repair

_MOST = 400
"""Elements of one kind that are looked at."""

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
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator",
           "dcterms.creator", "byl", "citation_author", "cxenseparse:author")  # fmt: skip
_SITE = ("og:site_name", "application-name", "al:android:app_name", "dc.publisher")
_SECTION = ("article:section", "parsely-section", "section", "cxenseparse:section")
_SUMMARY = ("description", "og:description", "twitter:description", "dc.description")
_TITLE = ("og:title", "twitter:title", "parsely-title", "dc.title", "title", "sailthru.title")

_STATEMENTS = 'meta[content], [itemprop], script[type*="ld+json"], h1, time, input[type="password"]'
_BYLINES = '[rel~="author"], [itemprop="author"], .byline, .author, .author-name, .byline-name'

_BY = re.compile(
    r"^(?:(?:written|posted|words|reported|story)\s)?by[:\s]\s*|^(?:von|par|por|di|door|от)\s",
    re.IGNORECASE,
)
_BY_END = re.compile(
    r"\s(?:[|•·\u2013\u2014-]\s.*|on\s\w+\s\d.*|(?:published|updated|posted)\b.*)$",
    re.IGNORECASE,
)
_SPLIT_AUTHORS = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b)\s*", re.IGNORECASE)
_TITLE_MARKS = re.compile(r"\s+[|·•»«\u2013\u2014-]+\s+|\s*\|\s*|\s+::\s+")
_CLEAN_NAME = re.compile(r"https?:|www\.|@|\.com\b|\d{3}|\||\{|<")
_IN_SCRIPT = re.compile(
    # "datePublished", "firstPublished…", "publishedAt", "publish_date" and the like; letters
    # that all share come first, which makes the search many times faster.
    r"ublish(?:(?:ed)?_?[dD]ate|ed_?[aA]t|(?<=(?:date|irst)Publish)ed\w{0,9})"
    r"\\?[\"']\s{0,3}:\s{0,3}\\?[\"']([0-9]{4}-[0-9T:.+Z -]{5,30})"
)
_DATE_LINE = 90
"""A line longer than this is more than a date and a name."""

_UPDATE_LABEL = re.compile(
    r"\b(?:updated|modified|reviewed|aktualisiert|mis à jour|actualizado|обновлено)", re.IGNORECASE
)
_PUBLISH_WORDS = frozenset(
    ["publish", "published", "pub", "pubdate", "posted", "entry", "date", "created"]
)
_UPDATE_WORDS = frozenset(["update", "updated", "modified", "updatedate", "lastmod"])


@dataclass(frozen=True)
class Metadata:
    """What the page states; None or empty where it states nothing."""

    ld: LinkedData
    meta: dict[str, str]
    """What `meta` and marked elements state, as written, by name."""
    title_tag: str
    headings: tuple[str, ...]
    """Texts of the `h1` elements, in order."""
    canonical: str | None
    language: str | None
    asks_password: bool
    time_nodes: Sequence[LexborNode]
    tree: LexborHTMLParser

    @cached_property
    def times(self) -> tuple[tuple[str, str], ...]:
        """`time` elements: what they state, and `published`, `modified` or nothing."""
        return tuple(_time(node) for node in self.time_nodes)

    @cached_property
    def bylines(self) -> tuple[str, ...]:
        """Texts of the elements that are marked as naming the author."""
        return tuple(text for node in self.tree.css(_BYLINES)[:20] if (text := _text(node)))

    def first(self, names: Iterable[str]) -> str | None:
        """Value of the first of these meta names that the page has."""
        for name in names:
            if value := fold_space(repair(self.meta.get(name, ""))):
                return value
        return None

    @property
    def summary(self) -> str:
        """Return the page's description of itself; empty where it has none."""
        return self.first(_SUMMARY) or ""

    @property
    def site_name(self) -> str | None:
        """Return the outlet, as the page names it."""
        return self.first(_SITE) or self.ld.publisher

    @property
    def section(self) -> str | None:
        """Section of the outlet."""
        return self.first(_SECTION) or self.ld.section


def read_metadata(tree: LexborHTMLParser, url: str) -> Metadata:
    """Read what a parsed page states, in one search through it.

    `times` and `bylines` are read when they are asked for.
    """
    meta: dict[str, str] = {}
    found: dict[str, list[LexborNode]] = {"script": [], "h1": [], "time": [], "input": []}
    before = 0
    for node in tree.css(_STATEMENTS):
        if node.mem_id == before:  # it fits two of the selectors
            continue
        before = node.mem_id
        tag = node.tag or ""
        if tag in found:
            found[tag].append(node)
        if tag != "script":
            _state(node.attributes, meta)
    canonical = tree.css_first('link[rel="canonical"]')
    head_title = tree.css_first("head title") or tree.css_first("title")
    return Metadata(
        ld=read_linked_data([script.text() for script in found["script"][:50]]),
        meta=meta,
        title_tag=_text(head_title),
        headings=tuple(text for node in found["h1"][:20] if (text := _text(node))),
        canonical=_absolute(canonical.attributes.get("href") if canonical else None, url)
        or _absolute(meta.get("og:url"), url),
        language=_language(tree, meta),
        asks_password=bool(found["input"]),
        time_nodes=found["time"][:_MOST],
        tree=tree,
    )


def _state(attributes: Mapping[str, str | None], meta: dict[str, str]) -> None:
    """Note what one element states; the first of a name counts."""
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
    value = attributes.get("content") or attributes.get("datetime")
    if name and value and len(value) < 5000 and len(meta) < 5 * _MOST:  # noqa: PLR2004 - no statement is longer
        meta.setdefault(name.strip().lower(), value)


def _text(node: LexborNode | None) -> str:
    return fold_space(repair(node.text(separator=" ")[:5000])) if node is not None else ""


def _absolute(href: str | None, url: str) -> str | None:
    if not href:
        return None
    try:
        joined = urljoin(url, href.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.netloc and len(joined) <= 2048:  # noqa: PLR2004
        return joined if not re.search(r"\s", joined) else None
    return None


def _language(tree: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    root = tree.root
    said = (root.attributes.get("lang") if root else None) or meta.get("og:locale") or ""
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,4}|\d{3}))?$", said.strip())
    if not match:
        return None
    region = match.group(2)
    return match.group(1).lower() + (f"-{region}" if region else "")


def _time(node: LexborNode) -> tuple[str, str]:
    attributes = node.attributes
    parent = node.parent
    names = " ".join(
        value
        for x in (attributes, parent.attributes if parent else {})
        for key in ("class", "itemprop", "id")
        if (value := x.get(key))
    )
    words = set(read_names(names.encode())[0])
    kind = "modified" if words & _UPDATE_WORDS else "published" if words & _PUBLISH_WORDS else ""
    if "pubdate" in attributes:
        kind = "published"
    return (attributes.get("datetime") or _text(node))[:200], kind


def title_of(page: Metadata, stated: str | None) -> str:
    """Return the headline: the feed's, else the `h1` that the page's own titles agree with.

    Empty where the page names none.
    """
    if stated and stated.strip():
        return fold_space(repair(stated))
    named = [t for t in (page.ld.headline, page.first(_TITLE), page.title_tag) if t]
    best, best_score = "", 0.0
    site = fold(page.site_name or "")
    headings = [h for h in page.headings if fold(h) != site] or page.headings
    if len(headings) == 1 and fold(headings[0]) in map(fold, named):
        return headings[0]
    for heading in headings:
        score = max((_likeness(heading, name) for name in named), default=0.0)
        # Title tags name the outlet too: of two parts of one title the longer is the headline.
        if score > best_score + 0.01 or (score > best_score - 0.01 and len(heading) > len(best)):
            best, best_score = heading, score
    if best_score >= 0.5 or (best_score >= 0.25 and len(headings) == 1):  # noqa: PLR2004
        return best  # shares most of its words, or is the only one and shares some
    if page.ld.headline and page.ld.is_article:
        return page.ld.headline
    rest = page.first(_TITLE) or page.title_tag
    if rest:
        return _without_site(rest, page.site_name)
    return page.headings[0] if page.headings else ""


def _likeness(heading: str, name: str) -> float:
    """Dice overlap of words, the site's part of the longer title not counted against it."""
    if fold(heading) and fold(heading) == fold(name):
        return 2.0
    a, b = set(fold_words(heading)), set(fold_words(name))
    parts = [set(fold_words(part)) for part in _TITLE_MARKS.split(name)]
    return max((2 * len(a & x) / (len(a) + len(x)) for x in [b, *parts] if a and x), default=0.0)


def fold_words(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return [word for part in text.split() if (word := fold(part))]


def _without_site(title: str, site: str | None) -> str:
    """Drop the outlet's name from the ends of a title tag."""
    parts = _TITLE_MARKS.split(title)
    if len(parts) == 1:
        return title
    known = fold(site or "")
    for part in (parts[-1], parts[0]):
        if known and fold(part) == known:
            start = title.find(part) if part is parts[0] else title.rfind(part)
            cut = title[start + len(part) :] if part is parts[0] else title[:start]
            return cut.strip(" |·•»«–—-:")  # noqa: RUF001
    longest = max(parts, key=len)
    if len(longest.split()) >= 4 and title.startswith(longest):  # noqa: PLR2004 - a headline's length
        tail = title[len(longest) :]
        if len(tail.split()) <= 5:  # noqa: PLR2004 - an outlet's name
            return longest
    return title


def authors_of(page: Metadata, stated: Sequence[str] = ()) -> tuple[str, ...]:
    """Name the authors: the feed's, else JSON-LD's, else meta's, else the byline's; at most 50."""
    for found in _authors_stated(page, stated):
        names: list[str] = []
        for value in found:
            for name in _SPLIT_AUTHORS.split(_byline_name(value)):
                if _is_name(name) and name not in names:
                    names.append(name)
        if names:
            return tuple(names[:50])
    return ()


def _authors_stated(page: Metadata, stated: Sequence[str]) -> Iterable[Sequence[str]]:
    """Yield what names authors, the most trusted first; later ones are read only if asked for."""
    yield stated
    yield page.ld.authors
    yield [value for name in _AUTHOR if (value := page.meta.get(name))]
    yield page.bylines[:3]


def _byline_name(value: str) -> str:
    return _BY_END.sub("", _BY.sub("", fold_space(repair(value[:400]))))


def _is_name(text: str) -> bool:
    return 2 < len(text) <= 80 and len(text.split()) <= 7 and not _CLEAN_NAME.search(text)  # noqa: PLR2004


def published_of(  # noqa: C901, PLR0911 - one place after the other, in order of trust
    page: Metadata, html: str, url: str, near_title: Sequence[str], now: datetime
) -> StatedDate | None:
    """Return the publication date, from the most trusted place that states a possible one.

    `near_title` are the short lines around the headline; `html` is looked at last, for
    dates in the data that scripts carry. A date shown there that is
    earlier than the one stated in the page's head wins: sites that keep one date for
    each page set it anew with every change.
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
    """Yield what states a date, the most trusted first; `time` elements are read only if needed."""
    yield in_ld, DateSource.JSON_LD
    for name in names:
        yield page.meta.get(name), DateSource.META
    for value, said in page.times:
        if said == kind:
            yield value, DateSource.TIME_TAG


def _shown(near_title: Sequence[str], now: datetime) -> StatedDate | None:
    """Return the first date to the day in a short line that does not speak of a change."""
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
    """When the page says it was last changed."""
    for value, origin in _dates_stated(page, page.ld.modified, _MODIFIED, "modified"):
        if value and (date := parse_date(value, origin, now)):
            return date
    return None
