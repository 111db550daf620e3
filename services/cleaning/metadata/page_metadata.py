"""Read what a page states in its head, in JSON-LD and in marked elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.cleaning.html.element_names import read_names
from services.cleaning.metadata.json_ld import LinkedData, read_linked_data
from services.cleaning.text.unicode_repair import fold_space, repair

_MOST = 400
"""Elements of one kind that are read."""

_SITE = ("og:site_name", "application-name", "al:android:app_name", "dc.publisher")
_SECTION = ("article:section", "parsely-section", "section", "cxenseparse:section")
_SUMMARY = ("description", "og:description", "twitter:description", "dc.description")

_STATEMENTS = 'meta[content], [itemprop], script[type*="ld+json"], h1, time, input[type="password"]'
_BYLINES = '[rel~="author"], [itemprop="author"], .byline, .author, .author-name, .byline-name'


_PUBLISH_WORDS = frozenset(
    ["publish", "published", "pub", "pubdate", "posted", "entry", "date", "created"]
)
_UPDATE_WORDS = frozenset(["update", "updated", "modified", "updatedate", "lastmod"])


@dataclass(frozen=True)
class Metadata:
    """What the page states; None or empty where it states nothing."""

    ld: LinkedData
    meta: dict[str, str]
    """The statements of `meta` and marked elements, as written, by name."""
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
        """The `time` elements: their value, and `published`, `modified` or nothing."""
        return tuple(_time(node) for node in self.time_nodes)

    @cached_property
    def bylines(self) -> tuple[str, ...]:
        """Texts of the elements that are marked as naming the author."""
        return tuple(text for node in self.tree.css(_BYLINES)[:20] if (text := _text(node)))

    def first(self, names: Iterable[str]) -> str | None:
        """Return the value of the first of these meta names that the page has, or None."""
        for name in names:
            if value := fold_space(repair(self.meta.get(name, ""))):
                return value
        return None

    @property
    def summary(self) -> str:
        """The description that the page gives of itself; empty if there is none."""
        return self.first(_SUMMARY) or ""

    @property
    def site_name(self) -> str | None:
        """The outlet, as the page names it."""
        return self.first(_SITE) or self.ld.publisher

    @property
    def section(self) -> str | None:
        """The section of the outlet."""
        return self.first(_SECTION) or self.ld.section


def read_metadata(tree: LexborHTMLParser, url: str) -> Metadata:
    """Read the statements of a parsed page, in one search through it.

    `times` and `bylines` are read on demand.
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
