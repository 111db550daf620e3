"""A page as a flat list of blocks: runs of text between block-level boundaries.

One walk over the parsed tree notes the blocks in page order and, for every
element, which range of blocks it holds; all sums over containers are then
differences of running totals.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.cleaning.limits import Deadline
from services.cleaning.names import name_groups
from services.settings import MAX_BLOCKS, MAX_NODES

SKIPPED = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "select",
    "textarea",
    "object",
    "canvas",
    "video",
    "audio",
    "datalist",
    "map",
    "head",
]
"""Elements whose content is never text of the page."""

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin and end a block."""

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "hr",
    ]
)
_INLINE = frozenset(
    [
        "span",
        "b",
        "i",
        "em",
        "strong",
        "u",
        "s",
        "small",
        "sub",
        "sup",
        "font",
        "mark",
        "code",
        "abbr",
        "cite",
        "q",
        "time",
    ]
)
_NAMING = ("id", "itemprop", "role", "data-testid", "data-component")

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
_MENU_SHARE, _MOST_MENUS = 0.3, 50
_LISTS = frozenset(("ul", "ol", "nav", "menu"))
_ALL_LINK, _LINK_LENGTH = 0.9, 100
_CHECK_EVERY = 4096


@dataclass(slots=True)
class Blocks:
    """Blocks in page order, and the elements around them."""

    texts: list[str] = field(default_factory=list)
    """Text of each block, white space folded.

    The short linked items of one list that follow each other are one block, a line each:
    half of all blocks are menus, and stand or fall together.
    """
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
    own_groups: list[int] = field(default_factory=list)
    """Name groups of the element itself (`names.GROUPS`)."""
    groups: list[int] = field(default_factory=list)
    """Name groups of the element and all elements around it but the root."""
    depth: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    """Blocks an element holds: `first` to before `last`."""

    left_out: int = 0
    """Characters of menus and footers that were left out unread, white space included."""
    cut: bool = False
    """The page had more nodes than are walked."""


def read_blocks(tree: LexborHTMLParser, deadline: Deadline) -> Blocks:
    """Take the blocks out of a parsed page; changes the tree (drops `SKIPPED`)."""
    page = Blocks()
    body = tree.body
    if body is None:
        return page
    body.strip_tags(SKIPPED, recursive=True)
    page.left_out = _drop_menus(body)
    deadline.check()
    _walk(body, page, deadline)
    return page


def _drop_menus(body: LexborNode) -> int:
    """Drop `nav` and `footer` where they hold no article; return the characters dropped.

    Written by their makers' own word beside the text, they are a quarter of all
    elements. One that holds a headline, an article or a good part of the page is none:
    markup that forgets to close it.
    """
    dropped = 0
    found = body.css("nav, footer")
    if not found:
        return 0
    most = _MENU_SHARE * len(body.text())
    for node in found[:_MOST_MENUS]:
        length = len(node.text())
        if length < most and node.css_first("h1, article, main, nav, footer") is None:
            node.decompose()
            dropped += length
    return dropped


def _names(attributes: dict[str, str | None]) -> str:
    key = attributes.get("class") or ""
    if len(attributes) > 1 or not key:
        for name in _NAMING:
            if name in attributes:
                key += " " + (attributes[name] or "")
    return key


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if "style" not in attributes:
        return False
    style = attributes["style"] or ""
    return "display:none" in style[:500].replace(" ", "").lower()


def _walk(body: LexborNode, page: Blocks, deadline: Deadline) -> None:  # noqa: C901, PLR0912, PLR0915 - one flat loop over all nodes, the hottest of all
    texts, owner, linked, images = page.texts, page.owner, page.linked, page.images
    last = page.last
    # One row an element, taken apart into the page's columns at the end.
    rows = [(0, "body", "", 0, 0, 0, 0, 0)]
    last.append(0)
    # What is open: node, its block-level element, flags, name groups, depth and list inside it,
    # and whether it is block-level itself.
    stack = [(body.mem_id, 0, 0, 0, 0, 0, True)]
    top, element, flags, groups, depth, in_list, _ = stack[0]
    links_of = 0  # the list whose linked items the last block holds
    buffer: list[str] = []
    known: dict[str, int] = {}
    link_chars = seen_images = breaks = count = 0

    def flush(element: int) -> None:
        nonlocal link_chars, breaks, links_of
        raw = "".join(buffer)
        buffer.clear()
        text = " ".join(raw.split())
        if text:
            share = min(1.0, link_chars / len(raw))
            links = in_list if share > _ALL_LINK and len(text) <= _LINK_LENGTH else 0
            if links and links == links_of:
                texts[-1] += "\n" + text
            else:
                texts.append(text)
                owner.append(element)
                linked.append(share)
                images.append(seen_images)
            links_of = links
        link_chars = breaks = 0

    for node in body.traverse(include_text=True):
        count += 1
        if not count % _CHECK_EVERY:
            deadline.check()
            if count > MAX_NODES or len(texts) > MAX_BLOCKS:
                page.cut = True
                break
        if count == 1:
            continue
        tag = node.tag
        parent = node.parent.mem_id  # type: ignore[union-attr]  # every node below the body has one
        if parent != top:
            while stack[-1][0] != parent:
                _, element, _, _, _, in_list, block = stack.pop()
                if block:
                    if buffer:
                        flush(element)
                    last[element] = len(texts)
            top, element, flags, groups, depth, in_list, _ = stack[-1]
        if tag == "-text":
            text = node.text_content
            if not text:
                continue
            if text.isspace():
                if buffer:  # white space at the start of a block is none
                    buffer.append(" ")
                continue
            buffer.append(text)
            breaks = 0
            if flags & IN_LINK:
                link_chars += len(text)
        elif tag in BLOCK_TAGS:
            if buffer:
                flush(element)
            parent_element = element
            attributes = node.attributes
            own = 0
            key = ""
            if attributes:
                key = _names(attributes)
                if key:
                    if key not in known:
                        known[key] = name_groups(key)
                    own = known[key]
                    groups |= own
                if _is_hidden(attributes):
                    flags |= HIDDEN
            if tag in _TAG_FLAG:
                flags |= _TAG_FLAG[tag]
            depth += 1
            top, element = node.mem_id, len(rows)
            rows.append((parent_element, tag, key, flags, own, groups, depth, len(texts)))
            last.append(len(texts))
            if tag in _LISTS:
                in_list = element
            stack.append((top, element, flags, groups, depth, in_list, True))
        elif tag in _VOID:
            if tag == "br":
                breaks += 1
                if breaks > 1:
                    if buffer:
                        flush(element)
                elif buffer:
                    buffer.append(" ")
            elif tag == "img":
                seen_images += 1
            elif buffer and tag == "hr":
                flush(element)
        elif tag is not None and tag[0] != "-":
            if tag == "a":
                flags |= IN_LINK
            elif tag not in _INLINE:
                attributes = node.attributes
                if attributes and _is_hidden(attributes):
                    flags |= HIDDEN
            top = node.mem_id
            stack.append((top, element, flags, groups, depth, in_list, False))
    while stack:
        _, element, _, _, _, in_list, block = stack.pop()
        if block:
            if buffer:
                flush(element)
            last[element] = len(texts)
    columns = [list(column) for column in zip(*rows, strict=True)]
    page.parent, page.tag, page.key, page.flags = columns[:4]
    page.own_groups, page.groups, page.depth, page.first = columns[4:]
