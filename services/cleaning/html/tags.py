"""The tags of a page as arrays: the kind and position of each tag and the text after it.

The input is the parsed page, serialized by the parser. It is well-formed whatever the original
page was: every element except void ones is closed, and `<` and `>` only occur in tags. So the
tags can be found, classified and counted as arrays, at a fraction of the cost of walking the
tree node by node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.cleaning.html import tag_groups, tag_scanner
from services.cleaning.html.encoding import encode
from services.cleaning.limits import MAX_NODES

Ints = NDArray[np.int64]

_RAW = ("script", "style", "iframe", "noframes", "noembed", "xmp", "plaintext")
_RAW_NAMES = tuple(name.encode() for name in _RAW)
SKIPPED_TAGS = (
    *_RAW,
    *(
        "noscript",
        "template",
        "svg",
        "math",
        "select",
        "textarea",
        "object",
        "canvas",
        "video",
        "audio",
    ),
    *("datalist", "map", "head"),
)
"""Elements whose content is never part of the page's text."""

BLOCK_TAGS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "button", "caption", "center"),
        *("dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"),
        *("hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    ]
)
"""Elements that start and end a block."""

# Kinds of tags; tags not listed in `_TAG_KINDS` are inline, as `span` is.
INLINE, BLOCK, LIST, LINK, BREAK, IMAGE, RULE, _SKIP, _MENU, _ARTICLE = range(10)
_TAG_KINDS = {
    **dict.fromkeys(BLOCK_TAGS, BLOCK),
    **dict.fromkeys(SKIPPED_TAGS, _SKIP),
    **dict.fromkeys(("ul", "ol", "menu"), LIST),
    **dict.fromkeys(("nav", "footer"), _MENU),
    **dict.fromkeys(("h1", "article", "main"), _ARTICLE),
    "a": LINK,
    "br": BREAK,
    "img": IMAGE,
    "hr": RULE,
}
_LONG_NAME = 8
"""Bytes from which a tag name no longer fits the hash table of `tag_scanner.scan_tags`."""

_LONG_NAMES = {tag.encode(): kind for tag, kind in _TAG_KINDS.items() if len(tag) >= _LONG_NAME}
_BUCKETS = 4093
"""A prime modulo which no two of the short names collide."""


def _hash_table() -> tuple[NDArray[np.uint64], NDArray[np.int8]]:
    """Return the short tag names, encoded as integers, and their kinds, as a hash table."""
    codes, kinds = np.zeros(_BUCKETS, dtype=np.uint64), np.zeros(_BUCKETS, dtype=np.int8)
    for tag, kind in _TAG_KINDS.items():
        if len(tag) < _LONG_NAME:
            code = int.from_bytes(tag.encode(), "little")
            codes[code % _BUCKETS], kinds[code % _BUCKETS] = code, kind
    return codes, kinds


_CODES, _KINDS = _hash_table()

_MAX_MENUS = 200
_RUNNING_TEXT = 150
"""Bytes between two tags from which text is running text; menus and footers seldom reach it."""


@dataclass(slots=True)
class Tags:
    """The tags of a page in order, without elements that are never text and without menus."""

    data: bytes
    """The page in UTF-8. The last byte of every `br` is replaced by a space, for the line break."""
    kind: NDArray[np.int8]
    """Kind of each tag: `BLOCK`, `LINK` and so on."""
    direction: Ints
    """1 for an opening tag, -1 for a closing one."""
    start: Ints
    end: Ints
    """Positions of the `<` and `>` of each tag."""
    text_from: Ints
    text_to: Ints
    """Start and end of the text between each tag and the next one."""
    truncated: bool = False
    """Whether the page has more tags than are read."""


def read_tags(serialized: str) -> Tags:
    """Read the tags of a page that the parser has serialized."""
    data = tag_scanner.remove_elements(encode(serialized), _RAW_NAMES)
    start, end, kind, direction, complete = tag_scanner.scan_tags(
        data, _CODES, _KINDS, _LONG_NAMES, 2 * MAX_NODES
    )
    kept = tag_groups.readable_tags(data, start, end, kind, direction, _MAX_MENUS, _RUNNING_TEXT)
    return Tags(*kept, truncated=not complete)
