"""A page as a flat list of blocks: runs of text between block-level boundaries.

Every block-level element has the range of blocks that it contains, so that a sum over the
blocks of an element is the difference of two cumulative sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.cleaning.html import tag_groups, tag_scanner
from services.cleaning.html.element_names import read_names
from services.cleaning.html.tags import IMAGE, Tags, read_tags
from services.cleaning.limits import MAX_BLOCKS, Deadline

Ints = NDArray[np.int64]

IN_LINK, HIDDEN = 1, 2
IN_NAV, IN_ASIDE, IN_HEADER, IN_FOOTER = 4, 8, 16, 32
IN_FIGURE, IN_TABLE, IN_LIST, IN_QUOTE = 64, 128, 256, 512
IN_FORM, IN_ARTICLE, IN_MAIN, IN_HEADING = 1024, 2048, 4096, 8192
_TAG_FLAG = {
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
_NAME_ATTRIBUTES = (b"class=", b"id=", b"itemprop=", b"role=", b"data-testid=", b"data-component=")
_MAX_CACHED_LENGTH = 300
"""Bytes of an opening tag up to which its parsed signature is cached across pages."""

_STRIPPED_TAGS = ["script", "style", "svg"]
ALL_LINK = 0.9
"""Share of link text above which a block counts as nothing but a link."""

_MAX_LINK_LENGTH = 100
_MAX_BREAK_DISTANCE = 8
"""Number of tags within which a second line break ends a block."""


class TagSignature(NamedTuple):
    """Tag name, names and flags of an element, as read from its opening tag."""

    tag: str = ""
    names: tuple[str, ...] = ()
    """Words of class, id and role."""
    groups: int = 0
    """Bit mask of the groups of these words (`element_names.GROUPS`)."""
    flags: int = 0
    """Flags that the element sets for its content (`IN_…`, `HIDDEN`)."""


def _empty() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(slots=True)
class Blocks:
    """The blocks of a page in order, and the block-level elements that contain them."""

    texts: list[str] = field(default_factory=list)
    """Text of each block, with white space collapsed.

    Consecutive short link items of one list form one block with one line each: half of all
    blocks are menus, whose items are kept or dropped together.
    """
    owner: Ints = field(default_factory=_empty)
    """Innermost block-level element that contains each block."""
    link_share: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Share of each block's text that is link text, from 0 to 1."""
    images: Ints = field(default_factory=_empty)
    """Number of images from the start of the page to the end of each block."""

    signatures: list[TagSignature] = field(default_factory=list)
    """Distinct signatures of the elements that contain text; the first stands for all others."""
    signature: Ints = field(default_factory=_empty)
    """Index of each element's signature in `signatures`."""
    parent: Ints = field(default_factory=_empty)
    """Block-level parent of each element, which has a lower index; the root is its own parent."""
    depth: Ints = field(default_factory=_empty)
    flags: Ints = field(default_factory=_empty)
    """Flags of each element and all its ancestors (`IN_…`, `HIDDEN`)."""
    own_groups: Ints = field(default_factory=_empty)
    groups: Ints = field(default_factory=_empty)
    """Name groups of each element alone (`own_groups`), and with those of its ancestors."""
    first: Ints = field(default_factory=_empty)
    last: Ints = field(default_factory=_empty)
    """Range of blocks that each element contains: from `first` up to, not including, `last`."""

    truncated: bool = False
    """Whether the page is longer than the part that was read."""


def read_blocks(
    tree: LexborHTMLParser, deadline: Deadline, not_text: Iterable[LexborNode] | None = None
) -> Blocks:
    """Read the blocks of a parsed page.

    The tree is modified: scripts, styles and drawings are removed from its body. `not_text` are
    these elements, if they are known; else they are searched for. Raises `CleaningTimeout`.
    """
    page = Blocks()
    body = tree.body
    if body is not None:
        if not_text is None:
            body.strip_tags(_STRIPPED_TAGS)
        else:  # half of the page, which is skipped anyway
            for node in not_text:
                node.decompose(recursive=False)
    serialized = body.html if body is not None else None
    if not serialized:
        return page
    deadline.check()
    tags = read_tags(serialized)
    page.truncated = tags.truncated
    deadline.check()
    opened, closed, page.parent, page.depth, list_of, innermost = tag_scanner.pair_elements(
        tags.kind, tags.direction
    )
    if not len(opened):
        return page

    group, in_link = tag_groups.group_tags(
        tags.data, tags.kind, tags.direction, tags.text_from, tags.text_to, _MAX_BREAK_DISTANCE
    )
    runs = _Runs(group, in_link, innermost, list_of)
    group_of = _read_texts(tags, page, runs)
    deadline.check()
    page.first = group_of.searchsorted(group[opened])
    page.last = group_of.searchsorted(group[closed])
    page.images = group[tags.kind == IMAGE].searchsorted(group_of, side="right")

    _read_signatures(tags, page, opened)
    flags = np.array([one.flags for one in page.signatures], dtype=np.int64)[page.signature]
    groups = np.array([one.groups for one in page.signatures], dtype=np.int64)
    page.own_groups = groups[page.signature]
    page.flags = tag_scanner.add_bits_of_ancestors(flags | in_link[opened], page.parent)
    page.groups = tag_scanner.add_bits_of_ancestors(page.own_groups, page.parent)
    return page


@dataclass(frozen=True, slots=True)
class _Runs:
    """The block, link and element that the text after each tag belongs to."""

    group: Ints
    """Number of the block, counted by boundaries."""
    in_link: NDArray[np.uint8]
    element: Ints
    """Innermost element."""
    list_of: Ints
    """List or menu that each element lies in."""


def _read_texts(tags: Tags, page: Blocks, runs: _Runs) -> Ints:
    """Set texts, owners and link shares of the page; return the number of each block's boundary."""
    full = tag_scanner.non_blank_runs(tags.data, tags.text_from, tags.text_to)
    if not len(full):
        return _empty()
    (first, last, owner, group, lists), share = tag_groups.block_runs(
        full, tags.text_from, tags.text_to, runs.group, runs.in_link, runs.element, runs.list_of,
        ALL_LINK,
    )  # fmt: skip
    page.texts, kept = tag_scanner.block_texts(
        tags.data, tags.text_from, tags.text_to, first, last, lists, _MAX_LINK_LENGTH, MAX_BLOCKS
    )
    page.truncated = page.truncated or len(page.texts) > MAX_BLOCKS
    page.link_share, page.owner = share[kept], owner[kept]
    of_block: Ints = group[kept]
    return of_block


def _read_signatures(tags: Tags, page: Blocks, opened: Ints) -> None:
    """Set the signatures of the elements that contain text."""
    indexes: dict[TagSignature, int] = {TagSignature(): 0}
    holds = np.flatnonzero(page.last > page.first)
    at = opened[holds]
    heads, which = tag_scanner.deduplicate_slices(tags.data, tags.start[at] + 1, tags.end[at])
    signatures = (
        _cached_signature(head) if len(head) < _MAX_CACHED_LENGTH else _parse_signature(head)
        for head in heads
    )
    numbers = np.array(
        [indexes.setdefault(one, len(indexes)) for one in signatures], dtype=np.int64
    )
    page.signatures = list(indexes)
    page.signature = np.zeros(len(opened), dtype=np.int64)
    page.signature[holds] = numbers[which]
    page.signature[0] = 0  # the names of `body` apply to every block alike


def _parse_signature(head: bytes) -> TagSignature:
    """Parse the inside of an opening tag, as the parser serializes it."""
    name, names, hidden = tag_groups.read_head(head, _NAME_ATTRIBUTES)
    tag = name.decode("utf-8", "replace")
    flags = _TAG_FLAG.get(tag, 0) | HIDDEN * hidden
    return TagSignature(tag, *read_names(names), flags) if names else TagSignature(tag, flags=flags)


_cached_signature = lru_cache(maxsize=20_000)(_parse_signature)
