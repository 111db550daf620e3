"""Read the metadata of a page: `meta`, JSON-LD, headings, `time` and other marked elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.cleaning.html.element_names import read_names
from services.cleaning.metadata.json_ld import LinkedData, read_linked_data
from services.cleaning.metadata.own_node import PageIdentity
from services.cleaning.metadata.page_elements import Attributes, PageElements, find_elements
from services.cleaning.metadata.page_region import PageRegion
from services.cleaning.text.unicode_repair import collapse_space, repair

_MAX_ELEMENTS = 400
"""Number of elements of one kind that are read."""

_SITE_NAMES = ("og:site_name", "application-name", "al:android:app_name", "dc.publisher")
_SECTION_NAMES = ("article:section", "parsely-section", "section", "cxenseparse:section")
_SUMMARY_NAMES = ("description", "og:description", "twitter:description", "dc.description")
_BYLINE_SELECTOR = (
    '[rel~="author"], [itemprop~="author"], [class*="byline" i], [class*="author" i]'
    ', a[href*="/author/"], a[href*="/authors/"], [property$="author"]:not(meta)'
    ', [class*="contributor" i], [class*="writer" i], [id*="author" i], [id*="byline" i]'
    ', [data-testid*="byline" i]'
)
_BYLINE_NAMES = frozenset([
    "byline", "bylines", "author", "authors", "contributor", "contributors", "writer", "writers",
])  # fmt: skip
_NO_BYLINE_NAMES = frozenset(["bio", "box", "about", "image", "avatar", "img", "photo", "archive"])
"""Names of elements about an author that hold more than the name, or no name."""
_MAX_BYLINES = 40
_MAX_BYLINE_LENGTH = 200

_PUBLISHED_WORDS = frozenset(
    [
        "publish",
        "published",
        "datepublished",
        "pub",
        "pubdate",
        "posted",
        "entry",
        "date",
        "created",
    ]
)
_FIRST_PUBLISHED_WORDS = frozenset(["publish", "published", "datepublished", "pubdate"])
"""Names by which an element that was never changed says so ("published updated")."""
_MODIFIED_WORDS = frozenset(["update", "updated", "modified", "updatedate", "lastmod"])
_LOCALE = re.compile(r"([A-Za-z]{2,3})[-_]([A-Za-z]{2}|\d{3})$")
_DEFAULT_LOCALE = "en_US"
_NO_MARKS = str.maketrans("", "", "-_.: ")
_MAX_MARKED_DATES, _MAX_REPEATED, _MAX_TIME_ELEMENTS, _MAX_LEVELS = 20, 20, 60, 20


@dataclass(frozen=True, slots=True)
class Byline:
    """An element that is marked as naming an author."""

    text: str
    exact: bool
    """Whether it is marked as the name alone."""
    groups: frozenset[int]
    """Ids of the elements around it, which bylines of one article share."""
    aside: bool = False
    """Whether it stands in an `aside`, `nav` or `footer`, as links to other authors do."""


@dataclass(frozen=True, slots=True)
class TimeElement:
    """A `time` element: its value and what its names say it is."""

    value: str
    text: str
    kind: str
    """`published`, `modified` or empty."""
    foreign: str | None
    """Why it is not the article's, or None if it may be."""


@dataclass(frozen=True)
class PageMetadata:
    """What a page states about itself; None or empty where it states nothing."""

    ld: LinkedData
    meta: dict[str, str]
    """Unchanged first values of `meta` and marked elements, by name in lower case."""
    repeated: dict[str, list[str]]
    """Further values of these names."""
    title_tag: str
    headings: tuple[str, ...]
    """Texts of the `h1` elements, in order."""
    canonical: str | None
    language: str | None
    elements: PageElements
    region: PageRegion
    tree: LexborHTMLParser
    linked_data_scripts: tuple[str, ...] = ()
    """The texts of the JSON-LD scripts."""

    @cached_property
    def times(self) -> tuple[TimeElement, ...]:
        """The `time` elements, in order."""
        nodes = self.elements.times[:_MAX_TIME_ELEMENTS]
        return tuple(_read_time_element(node, self.region) for node in nodes)

    @cached_property
    def bylines(self) -> tuple[Byline, ...]:
        """The article's elements that are marked as the name of the author, in order."""
        found: dict[str, Byline] = {}
        for node in self.tree.css(_BYLINE_SELECTOR)[:_MAX_BYLINES]:
            byline = _read_byline(node)
            if byline and byline.text not in found and not self.region.foreign_reason(node):
                found[byline.text] = byline
        return tuple(found.values())

    @cached_property
    def named(self) -> dict[str, str]:
        """The metadata by its names without the marks between their words."""
        named: dict[str, str] = {}
        for name, value in self.meta.items():
            named.setdefault(_without_marks(name), value)
        return named

    def all_values(self, name: str) -> list[str]:
        """Return all values of a metadata name, in order."""
        return [self.meta[name], *self.repeated.get(name, ())] if name in self.meta else []

    def first(self, names: Iterable[str]) -> str | None:
        """Return the value of the first of these metadata names that the page has."""
        for name in names:
            if name in self.meta and (value := collapse_space(repair(self.meta[name]))):
                return value
        return None

    @cached_property
    def summary(self) -> str:
        """The page's description of itself; empty if it has none."""
        return self.first(_SUMMARY_NAMES) or ""

    @cached_property
    def site_name(self) -> str | None:
        """Name of the site, as the page states it."""
        return self.first(_SITE_NAMES) or self.ld.publisher

    @cached_property
    def section(self) -> str | None:
        """Section of the site that the article is in."""
        return self.first(_SECTION_NAMES) or self.ld.section


def read_metadata(tree: LexborHTMLParser, url: str) -> PageMetadata:
    """Read the metadata of a parsed page with a single search of its tree.

    `times` and `bylines` are read lazily.
    """
    meta: dict[str, str] = {}
    repeated: dict[str, list[str]] = {}
    found = find_elements(tree)
    marked_dates: list[tuple[LexborNode, Attributes]] = []
    region = PageRegion(tree, tuple(found.headings[:20]), url)
    for node, attributes in found.statements:
        if "date" not in (attributes.get("itemprop") or ""):
            _add_attributes(attributes, meta, repeated)
        elif len(marked_dates) < _MAX_MARKED_DATES:
            marked_dates.append((node, attributes))
    for node, attributes in marked_dates:
        if not region.foreign_reason(node):
            _add_attributes(attributes, meta, repeated)
    canonical = _absolute(found.canonical, url) or _absolute(meta.get("og:url"), url)
    title_tag = _text(tree.css_first("head title") or tree.css_first("title"))
    headings = tuple(text for node in found.headings[:20] if (text := _text(node)))
    identity = PageIdentity(
        tuple(address for address in (url, canonical) if address),
        tuple(title for title in (*headings, meta.get("og:title"), title_tag) if title),
    )
    scripts = tuple(script.text() for script in found.scripts[:50])
    return PageMetadata(
        ld=read_linked_data(scripts, identity),
        meta=meta,
        repeated=repeated,
        title_tag=title_tag,
        headings=headings,
        canonical=canonical,
        language=_language(tree, meta),
        elements=found,
        region=region,
        tree=tree,
        linked_data_scripts=scripts,
    )


def _add_attributes(
    attributes: Attributes, meta: dict[str, str], repeated: dict[str, list[str]]
) -> None:
    """Add the value that one element states to `meta`, or to `repeated` if the name is there."""
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
    value = attributes.get("content") or attributes.get("datetime")
    if not name and (header := attributes.get("http-equiv")):
        name = f"http-equiv:{header}"
    if name and value and len(value) < 5000 and len(meta) < 5 * _MAX_ELEMENTS:  # noqa: PLR2004 - metadata is not longer
        key = name.strip().lower()
        if meta.setdefault(key, value) is not value:
            others = repeated.setdefault(key, [])
            if len(others) < _MAX_REPEATED:
                others.append(value)


@lru_cache(maxsize=4096)  # sites use the same names
def _without_marks(name: str) -> str:
    return name.translate(_NO_MARKS)


def _text(node: LexborNode | None) -> str:
    return collapse_space(repair(node.text(separator=" ")[:5000])) if node is not None else ""


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
    declared = (root.attributes.get("lang") if root else None) or meta.get("og:locale") or ""
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,4}|\d{3}))?$", declared.strip())
    if not match:
        return None
    language, region = match.group(1).lower(), match.group(2)
    return f"{language}-{region}" if region else language + _other_region(meta, language)


def _other_region(meta: Mapping[str, str], language: str) -> str:
    """Return the region ("-GB") that the page states elsewhere for a language without one.

    `en_US` of Open Graph is what many tools write by default.
    """
    for stated in (meta.get("http-equiv:content-language", ""), meta.get("og:locale", "")):
        found = _LOCALE.match(stated.strip())
        if found and found[1].lower() == language and stated.strip() != _DEFAULT_LOCALE:
            return f"-{found[2]}"
    return ""


def _read_byline(node: LexborNode) -> Byline | None:
    """Return the byline that an element is, or None if it is something else about an author."""
    if node.tag in ("style", "script", "link", "meta", "input"):
        return None
    attributes = node.attributes
    links_to_author = "/author" in (attributes.get("href") or "")
    exact = "rel" in attributes or "itemprop" in attributes or "property" in attributes
    exact = exact or links_to_author
    named = " ".join(attributes.get(name) or "" for name in ("class", "id", "data-testid"))
    words = set(read_names(named.encode("utf-8", "replace"))[0])
    is_name = words >= {"author", "name"}
    if (words & _NO_BYLINE_NAMES and not is_name) or not (exact or words & _BYLINE_NAMES):
        return None
    text = _byline_text(node)
    if not text or len(text) > _MAX_BYLINE_LENGTH:
        return None
    parent = node.parent
    around = parent.parent if parent is not None else None
    groups = {one.mem_id for one in (parent, around) if one is not None}
    return Byline(text, exact or is_name, frozenset(groups), _is_aside(node))


def _byline_text(node: LexborNode) -> str:
    """Return the text of a byline, with semicolons between the items of a list."""
    if items := [text for item in node.css("li")[:_MAX_REPEATED] if (text := _text(item))]:
        return "; ".join(items)
    if text := _text(node):
        return text
    stated = node.css_first('[itemprop="name"][content]')
    return collapse_space(stated.attributes.get("content") or "") if stated is not None else ""


def _is_aside(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(_MAX_LEVELS):
        if parent is None or parent.tag in ("body", "article", "main"):
            return False
        if parent.tag in ("aside", "nav", "footer"):
            return True
        parent = parent.parent
    return False


def _read_time_element(node: LexborNode, region: PageRegion) -> TimeElement:
    text = _text(node)[:200]
    value = (node.attributes.get("datetime") or text)[:200]
    kind = time_element_kind(node)
    foreign = region.foreign_reason(node) or (None if kind else region.beside_teaser(node))
    return TimeElement(value, text, kind, foreign)


def time_element_kind(node: LexborNode) -> str:
    """Return `published`, `modified` or nothing, by the names of an element and of its parent."""
    if "pubdate" in node.attributes:
        return "published"
    own = _name_words(node)
    if own & _MODIFIED_WORDS and not own & _FIRST_PUBLISHED_WORDS:
        return "modified"
    words = own | (_name_words(node.parent) if node.parent is not None else set())
    if words & _MODIFIED_WORDS and not own & _PUBLISHED_WORDS:
        return "modified"
    return "published" if words & _PUBLISHED_WORDS else ""


def _name_words(node: LexborNode) -> set[str]:
    """Return the words of the names of an element."""
    attributes = node.attributes
    names = (attributes.get(key) for key in ("class", "itemprop", "id"))
    joined = " ".join(name for name in names if name)
    return set(read_names(joined.encode("utf-8", "replace"))[0]) if joined else set()
