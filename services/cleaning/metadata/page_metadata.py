"""Read the metadata of a page: `meta`, JSON-LD, headings, `time` and other marked elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.cleaning.html.element_names import read_names
from services.cleaning.metadata.json_ld import LinkedData, read_linked_data
from services.cleaning.text.unicode_repair import collapse_space, repair

_MAX_ELEMENTS = 400
"""Number of elements of one kind that are read."""

_SITE_NAMES = ("og:site_name", "application-name", "al:android:app_name", "dc.publisher")
_SECTION_NAMES = ("article:section", "parsely-section", "section", "cxenseparse:section")
_SUMMARY_NAMES = ("description", "og:description", "twitter:description", "dc.description")
_METADATA_SELECTOR = (
    'meta[content], [itemprop], script[type*="ld+json"], h1, time, input[type="password"]'
)
_BYLINE_SELECTOR = (
    '[rel~="author"], [itemprop="author"], .byline, .author, .author-name, .byline-name'
)

_PUBLISHED_WORDS = frozenset(
    ["publish", "published", "pub", "pubdate", "posted", "entry", "date", "created"]
)
_MODIFIED_WORDS = frozenset(["update", "updated", "modified", "updatedate", "lastmod"])


@dataclass(frozen=True)
class PageMetadata:
    """What a page states about itself; None or empty where it states nothing."""

    ld: LinkedData
    meta: dict[str, str]
    """Unchanged values of `meta` and marked elements, by name in lower case."""
    title_tag: str
    headings: tuple[str, ...]
    """Texts of the `h1` elements, in order."""
    canonical: str | None
    language: str | None
    has_password_field: bool
    time_nodes: Sequence[LexborNode]
    tree: LexborHTMLParser

    @cached_property
    def times(self) -> tuple[tuple[str, str], ...]:
        """Value and kind (`published`, `modified` or empty) of each `time` element."""
        return tuple(_read_time_element(node) for node in self.time_nodes)

    @cached_property
    def bylines(self) -> tuple[str, ...]:
        """Texts of the elements that are marked as the name of the author."""
        return tuple(text for node in self.tree.css(_BYLINE_SELECTOR)[:20] if (text := _text(node)))

    def first(self, names: Iterable[str]) -> str | None:
        """Return the value of the first of these metadata names that the page has."""
        for name in names:
            if value := collapse_space(repair(self.meta.get(name, ""))):
                return value
        return None

    @property
    def summary(self) -> str:
        """The page's description of itself; empty if it has none."""
        return self.first(_SUMMARY_NAMES) or ""

    @property
    def site_name(self) -> str | None:
        """Name of the site, as the page states it."""
        return self.first(_SITE_NAMES) or self.ld.publisher

    @property
    def section(self) -> str | None:
        """Section of the site that the article is in."""
        return self.first(_SECTION_NAMES) or self.ld.section


def read_metadata(tree: LexborHTMLParser, url: str) -> PageMetadata:
    """Read the metadata of a parsed page with a single search of its tree.

    `times` and `bylines` are read lazily.
    """
    meta: dict[str, str] = {}
    found: dict[str, list[LexborNode]] = {"script": [], "h1": [], "time": [], "input": []}
    previous = 0
    for node in tree.css(_METADATA_SELECTOR):
        if node.mem_id == previous:  # it matches two of the selectors
            continue
        previous = node.mem_id
        tag = node.tag or ""
        if tag in found:
            found[tag].append(node)
        if tag != "script":
            _add_attributes(node.attributes, meta)
    canonical = tree.css_first('link[rel="canonical"]')
    head_title = tree.css_first("head title") or tree.css_first("title")
    return PageMetadata(
        ld=read_linked_data([script.text() for script in found["script"][:50]]),
        meta=meta,
        title_tag=_text(head_title),
        headings=tuple(text for node in found["h1"][:20] if (text := _text(node))),
        canonical=_absolute(canonical.attributes.get("href") if canonical else None, url)
        or _absolute(meta.get("og:url"), url),
        language=_language(tree, meta),
        has_password_field=bool(found["input"]),
        time_nodes=found["time"][:_MAX_ELEMENTS],
        tree=tree,
    )


def _add_attributes(attributes: Mapping[str, str | None], meta: dict[str, str]) -> None:
    """Add the value that one element states to `meta`, unless the name is there already."""
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
    value = attributes.get("content") or attributes.get("datetime")
    if name and value and len(value) < 5000 and len(meta) < 5 * _MAX_ELEMENTS:  # noqa: PLR2004 - metadata is not longer
        meta.setdefault(name.strip().lower(), value)


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
    region = match.group(2)
    return match.group(1).lower() + (f"-{region}" if region else "")


def _read_time_element(node: LexborNode) -> tuple[str, str]:
    attributes = node.attributes
    parent = node.parent
    names = " ".join(
        value
        for x in (attributes, parent.attributes if parent else {})
        for key in ("class", "itemprop", "id")
        if (value := x.get(key))
    )
    words = set(read_names(names.encode())[0])
    kind = (
        "modified" if words & _MODIFIED_WORDS else "published" if words & _PUBLISHED_WORDS else ""
    )
    if "pubdate" in attributes:
        kind = "published"
    return (attributes.get("datetime") or _text(node))[:200], kind
