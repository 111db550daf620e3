"""The tags of a page as arrays: the kind of each, where it stands, what text follows it.

The parser writes the parsed page out again. That text is well-formed whatever the page was: every
element but the void ones is closed, and `<` and `>` only mark tags. So its tags can be found,
distinguished and counted as arrays, at a fraction of the cost of a walk from node to node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.cleaning.html import tag_scanner
from services.cleaning.limits import MAX_NODES

Ints = NDArray[np.int64]

_RAW = ("script", "style", "iframe", "noframes", "noembed", "xmp", "plaintext")
_RAW_NAMES = tuple(name.encode() for name in _RAW)
SKIPPED = (
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
"""Elements whose content is never text of the page."""

BLOCK_TAGS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "button", "caption", "center"),
        *("dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"),
        *("hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    ]
)
"""Elements that begin and end a block."""

# What a tag means; all that is not listed below stands within a line, as `span` does.
INLINE, BLOCK, LIST, LINK, BREAK, IMAGE, RULE, _SKIP, _MENU, _ARTICLE = range(10)
_MEANING = {
    **dict.fromkeys(BLOCK_TAGS, BLOCK),
    **dict.fromkeys(SKIPPED, _SKIP),
    **dict.fromkeys(("ul", "ol", "menu"), LIST),
    **dict.fromkeys(("nav", "footer"), _MENU),
    **dict.fromkeys(("h1", "article", "main"), _ARTICLE),
    "a": LINK,
    "br": BREAK,
    "img": IMAGE,
    "hr": RULE,
}
_NAME_BYTES = 8
_LONG_NAMES = {tag.encode(): kind for tag, kind in _MEANING.items() if len(tag) >= _NAME_BYTES}
_BUCKETS = 4093
"""A prime for which no two of the short names share a bucket."""


def _buckets() -> tuple[NDArray[np.uint64], NDArray[np.int8]]:
    """Short names, as numbers, and their meanings, each in its bucket."""
    codes, kinds = np.zeros(_BUCKETS, dtype=np.uint64), np.zeros(_BUCKETS, dtype=np.int8)
    for tag, kind in _MEANING.items():
        if len(tag) < _NAME_BYTES:
            code = int.from_bytes(tag.encode(), "little")
            codes[code % _BUCKETS], kinds[code % _BUCKETS] = code, kind
    return codes, kinds


_CODES, _KINDS = _buckets()

_MOST_MENUS = 200
_RUNNING_TEXT = 150
"""Bytes between two tags that are rare in menus and the small print of footers."""


@dataclass(slots=True)
class Tags:
    """Tags in page order, without menus and what is never text."""

    data: bytes
    """The page, UTF-8. The last byte of every `br` is a space: it stands for the break."""
    kind: NDArray[np.int8]
    """Kind of each tag: `BLOCK`, `LINK` and so on."""
    step: Ints
    """1 for a tag that opens, -1 for one that closes."""
    start: Ints
    end: Ints
    """Places of a tag's `<` and `>`."""
    text_from: Ints
    text_to: Ints
    """Places of the text up to the next tag."""
    cut: bool = False
    """The page had more tags than are read."""


def read_tags(written: str) -> Tags:
    """Find the tags of a page as the parser writes it."""
    data = tag_scanner.without(written.encode(), _RAW_NAMES)
    start, end, kind, step, whole = tag_scanner.tags(
        data, _CODES, _KINDS, _LONG_NAMES, 2 * MAX_NODES
    )
    text_from = end + 1
    text_to = np.append(start[1:], text_from[-1:])

    read = np.cumsum(step * (kind == _SKIP)) <= 0
    notable = kind >= _MENU
    for i in np.flatnonzero((kind == _MENU) & (step > 0))[:_MOST_MENUS].tolist():
        tag = data[start[i] + 1 : end[i]].partition(b" ")[0]
        close = data.find(b"</" + tag + b">", end[i])
        last = int(np.searchsorted(start, close)) if close >= 0 else i
        inside = slice(i + 1, last)
        # One that holds a headline, an article or running text is no menu, but markup
        # that forgets to close it. The others are a quarter of all elements.
        if (
            last > i + 1
            and not notable[inside].any()
            and (text_to[inside] - text_from[inside]).max() < _RUNNING_TEXT
        ):
            read[i:last] = False
            kind[last] = RULE
    kind[kind == _MENU] = LIST
    kind[kind == _ARTICLE] = BLOCK

    breaks = kind == BREAK
    if breaks.any():
        spaced = bytearray(data)
        for i in end[breaks].tolist():
            spaced[i] = ord(" ")
        data = bytes(spaced)
        text_from -= breaks
    kept = np.flatnonzero(read)
    return Tags(
        data,
        kind[kept],
        step[kept],
        start[kept],
        end[kept],
        text_from[kept],
        text_to[kept],
        not whole,
    )
