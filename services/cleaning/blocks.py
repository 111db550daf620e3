"""A page as a flat list of blocks: runs of text between block-level boundaries.

One walk over the parsed tree notes the blocks in page order and, for every
element, which range of blocks it holds; all sums over containers are then
differences of running totals.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.cleaning.limits import MAX_NODES, Deadline
from services.cleaning.names import name_groups

SKIPPED = ["script", "style", "noscript", "template", "svg", "math", "iframe", "select", "textarea", "object", "canvas", "video", "audio", "datalist", "map", "head"]
"""Elements whose content is never text of the page."""

BLOCK_TAGS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
)
"""Elements that begin and end a block."""

_VOID = frozenset(["area", "base", "br", "col", "embed", "img", "input", "link", "meta", "param", "source", "track", "wbr", "hr"])
_INLINE = frozenset(["span", "b", "i", "em", "strong", "u", "s", "small", "sub", "sup", "font", "mark", "code", "abbr", "cite", "q", "time"])
_NAMING = ("class", "id", "itemprop", "role", "data-testid", "data-component")

IN_LINK, HIDDEN = 1, 2
IN_NAV, IN_ASIDE, IN_HEADER, IN_FOOTER = 4, 8, 16, 32
IN_FIGURE, IN_TABLE, IN_LIST, IN_QUOTE = 64, 128, 256, 512
IN_FORM, IN_ARTICLE, IN_MAIN, IN_HEADING = 1024, 2048, 4096, 8192
_TAG_FLAG = {
    "a": IN_LINK,
    "nav": IN_NAV,
    "aside": IN_ASIDE,
    "header": IN_HEADER,
    "footer": IN_FOOTER,
    "figure": IN_FIGURE,
    "figcaption": IN_FIGURE,
    "table": IN_TABLE,
    "ul": IN_LIST,
    "ol": IN_LIST,
    "dl": IN_LIST,
    "blockquote": IN_QUOTE,
    "form": IN_FORM,
    "button": IN_FORM,
    "article": IN_ARTICLE,
    "main": IN_MAIN,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), IN_HEADING),
}
_CHECK_EVERY = 4096


@dataclass(slots=True)
class Blocks:
    """Blocks in page order, and the elements around them."""

    texts: list[str] = field(default_factory=list)
    """Text of each block, white space folded."""
    owner: list[int] = field(default_factory=list)
    """Element each block belongs to: the innermost block-level one."""
    linked: list[float] = field(default_factory=list)
    """Share of each block's characters that are link text."""
    images: list[int] = field(default_factory=list)
    """Images met before each block, from the start of the page."""

    parent: list[int] = field(default_factory=list)
    """Block-level parent of each element; the root's is itself."""
    tag: list[str] = field(default_factory=list)
    key: list[str] = field(default_factory=list)
    """Class, id and role of each element, in one string."""
    flags: list[int] = field(default_factory=list)
    """What each element lies in (`IN_…`, `HIDDEN`)."""
    groups: list[int] = field(default_factory=list)
    """Name groups of the element and all elements around it but the root."""
    depth: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    """Blocks an element holds: `first` to before `last`."""

    cut: bool = False
    """The page had more nodes than are walked."""


def read_blocks(tree: LexborHTMLParser, deadline: Deadline) -> Blocks:
    """Take the blocks out of a parsed page; changes the tree (drops `SKIPPED`)."""
    page = Blocks()
    body = tree.body
    if body is None:
        return page
    body.strip_tags(SKIPPED, recursive=True)
    _walk(body, page, deadline)
    return page


def _names(attributes: dict[str, str | None]) -> str:
    return " ".join([v for n in _NAMING if (v := attributes.get(n))])


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and "display:none" in style[:500].replace(" ", "").lower()  # type: ignore[index]


def _walk(body: LexborNode, page: Blocks, deadline: Deadline) -> None:  # noqa: C901, PLR0912, PLR0915 - one loop over all nodes, kept flat because it is the hottest
    texts, owner, linked, images = page.texts, page.owner, page.linked, page.images
    parent, tags, keys, flags = page.parent, page.tag, page.key, page.flags
    groups, depth, first, last = page.groups, page.depth, page.first, page.last

    parent.append(0)
    tags.append("body")
    keys.append("")
    flags.append(0)
    groups.append(0)
    depth.append(0)
    first.append(0)
    last.append(0)
    # One entry per open element: its id, its block-level element, the flags inside it and
    # whether it is block-level itself.
    open_ids, open_elements, open_flags, open_block = [body.mem_id], [0], [0], [True]
    buffer: list[str] = []
    link_chars = seen_images = breaks = 0

    def flush(element: int) -> None:
        nonlocal link_chars, breaks
        raw = "".join(buffer)
        text = " ".join(raw.split())
        if text:
            texts.append(text)
            owner.append(element)
            linked.append(min(1.0, link_chars / len(raw)))
            images.append(seen_images)
        buffer.clear()
        link_chars = breaks = 0

    count = 0
    for node in body.traverse(include_text=True):
        count += 1
        if count == 1:
            continue
        if not count % _CHECK_EVERY:
            deadline.check()
            if count > MAX_NODES:
                page.cut = True
                break
        tag = node.tag
        up = node.parent.mem_id  # type: ignore[union-attr] - every node below the body has one
        while open_ids[-1] != up:
            open_ids.pop()
            open_flags.pop()
            element = open_elements.pop()
            if open_block.pop():
                if buffer:
                    flush(element)
                last[element] = len(texts)
        if tag == "-text":
            text = node.text_content
            if text:
                buffer.append(text)
                if not text.isspace():
                    breaks = 0
                    if open_flags[-1] & IN_LINK:
                        link_chars += len(text)
            continue
        if tag in _VOID:
            if tag == "br":
                buffer.append(" ")
                breaks += 1
                if breaks > 1:
                    flush(open_elements[-1])
            elif tag == "img":
                seen_images += 1
            elif tag == "hr":
                flush(open_elements[-1])
            continue
        if tag is None or tag[0] == "-":
            continue
        here = open_flags[-1] | _TAG_FLAG.get(tag, 0)
        element = open_elements[-1]
        block = tag in BLOCK_TAGS
        if block:
            if buffer:
                flush(element)
            attributes = node.attributes
            key = _names(attributes) if attributes else ""
            if attributes and _is_hidden(attributes):
                here |= HIDDEN
            parent.append(element)
            tags.append(tag)
            keys.append(key)
            groups.append(groups[element] | name_groups(key) if key else groups[element])
            depth.append(depth[element] + 1)
            first.append(len(texts))
            last.append(len(texts))
            element = len(tags) - 1
            flags.append(here)
        elif tag not in _INLINE and tag != "a":
            attributes = node.attributes
            if attributes and _is_hidden(attributes):
                here |= HIDDEN
        open_ids.append(node.mem_id)
        open_elements.append(element)
        open_flags.append(here)
        open_block.append(block)
    while open_ids:
        open_ids.pop()
        element = open_elements.pop()
        if open_block.pop():
            flush(element)
            last[element] = len(texts)
