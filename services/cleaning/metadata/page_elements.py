"""Find the elements of a page that its facts are read from, in one pass over the tree.

A pass costs about as much whether it looks for one kind of element or for twenty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_STATEMENTS = 'meta[content], [itemprop], h1, time, input[type="password"]'
_CONTROLS = 'button, select, input[type="checkbox"], a[rel~="next"], link[rel~="next"]'
_PLAYERS = "video[src], video source[src], iframe[src]"
_LINKS = 'link[rel="canonical"], a[rel~="tag"]'
_SELECTOR = f"{_STATEMENTS}, {_CONTROLS}, {_LINKS}, {_PLAYERS}, body, script, style, svg, math"
_STATING = frozenset({"meta", "h1", "time"})
_SHOWN = frozenset({"button", "select", "input", "a", "link", "video", "source", "iframe"})
_NOT_SHOWN, _VIDEO = frozenset({"svg", "script", "style"}), frozenset({"video"})
Attributes = Mapping[str, str | None]

_BLANKS = re.compile(r"[ \t\n\f\r]+")


@dataclass(slots=True)
class PageElements:
    """Elements of a page, in order."""

    scripts: list[LexborNode] = field(default_factory=list)
    """Those of JSON-LD."""
    headings: list[LexborNode] = field(default_factory=list)
    times: list[LexborNode] = field(default_factory=list)
    statements: list[tuple[LexborNode, Attributes]] = field(default_factory=list)
    """`meta` elements and others that state a value by their attributes, with these."""
    canonical: str | None = None
    """Address of the first link to the canonical page."""
    has_password_field: bool = False
    controls: Counter[str] = field(default_factory=Counter)
    """Number of `button` and `select` elements, of checkboxes (`input`), and of links to a next
    page (`a` and `link`)."""
    tag_links: list[LexborNode] = field(default_factory=list)
    """Links to the tags of the article."""
    players: list[LexborNode] = field(default_factory=list)
    """Videos and frames, which may play one."""
    not_text: list[LexborNode] = field(default_factory=list)
    """Scripts, styles and drawings in the body."""


def find_elements(tree: LexborHTMLParser) -> PageElements:
    """Return the elements of a page. Controls, links and players inside drawings are left out."""
    found = PageElements()
    previous = 0
    has_drawing = in_body = False
    for node in tree.css(_SELECTOR):
        if node.mem_id == previous:  # it matches two of the selectors
            continue
        previous = node.mem_id
        tag = node.tag or ""
        attributes = node.attributes
        if in_body and tag in _NOT_SHOWN:
            found.not_text.append(node)
        _add_statement(node, tag, attributes, found)
        if tag in _SHOWN and not (has_drawing and _is_inside(node, _NOT_SHOWN)):
            _add_shown(node, tag, attributes, found)
        in_body = in_body or tag == "body"
        has_drawing = has_drawing or tag in ("svg", "math")
    return found


def _add_statement(node: LexborNode, tag: str, attributes: Attributes, found: PageElements) -> None:
    """Add an element that states something for machines, a heading or a time."""
    if tag == "script":
        if "itemprop" in attributes or "ld+json" in (attributes.get("type") or "").lower():
            found.scripts.append(node)
        return
    if tag in _STATING or "itemprop" in attributes or _is_password(tag, attributes):
        found.statements.append((node, attributes))
        found.has_password_field = found.has_password_field or tag == "input"
    if tag == "h1":
        found.headings.append(node)
    elif tag == "time":
        found.times.append(node)
    elif tag == "link" and found.canonical is None and _rel(attributes) == "canonical":
        found.canonical = attributes.get("href")


def _add_shown(node: LexborNode, tag: str, attributes: Attributes, found: PageElements) -> None:
    """Add a control, a link or a player, if the element is one; others were found as statements."""
    if tag in ("button", "select"):
        found.controls[tag] += 1
    elif tag == "input":
        found.controls[tag] += (attributes.get("type") or "").lower() == "checkbox"
    elif tag in ("a", "link"):
        relations = _BLANKS.split(_rel(attributes))
        found.controls[tag] += "next" in relations
        if tag == "a" and "tag" in relations:
            found.tag_links.append(node)
    elif "src" in attributes and (tag != "source" or _is_inside(node, _VIDEO)):
        found.players.append(node)


def _rel(attributes: Attributes) -> str:
    return (attributes.get("rel") or "").lower()


def _is_password(tag: str, attributes: Attributes) -> bool:
    return tag == "input" and (attributes.get("type") or "").lower() == "password"


def _is_inside(node: LexborNode, tags: frozenset[str]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False
