"""A page as a flat list of blocks: runs of text between block-level boundaries.

For every block-level element the range of its blocks is known, so all sums over containers are
differences of running totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborHTMLParser

from services.cleaning.html import tag_scanner
from services.cleaning.html.element_names import read_names
from services.cleaning.html.tags import BLOCK, BREAK, IMAGE, LINK, LIST, RULE, Tags, read_tags
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
_NAMING = (b"class=", b"id=", b"itemprop=", b"role=", b"data-testid=", b"data-component=")
_LONGEST_KEPT = 300
"""Bytes of an opening tag up to which its meaning is cached for the next pages."""

_DROPPED = ["script", "style", "svg"]
ALL_LINK = 0.9
"""Share of link text from which a block counts as nothing but a link."""
_LINK_LENGTH = 100
_NEAR_BREAKS = 8
"""Tags within which a second line break ends a block."""


class OpeningTag(NamedTuple):
    """What the opening tag of an element says."""

    tag: str = ""
    names: tuple[str, ...] = ()
    """Words of class, id and role."""
    groups: int = 0
    """Name groups of the words (`element_names.GROUPS`)."""
    flags: int = 0
    """The regions in which the element puts its content (`IN_…`, `HIDDEN`)."""


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(slots=True)
class Blocks:
    """Blocks in page order, and the block-level elements around them."""

    texts: list[str] = field(default_factory=list)
    """Text of each block, white space folded.

    The short linked items of one list that follow each other are one block, a line each:
    half of all blocks are menus, and stand or fall together.
    """
    owner: Ints = field(default_factory=_none)
    """Element each block belongs to: the innermost block-level one."""
    linked: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    """Share of each block's text that is link text."""
    images: Ints = field(default_factory=_none)
    """Images met before each block's end, from the start of the page."""

    sorts: list[OpeningTag] = field(default_factory=list)
    """The different opening tags of elements that hold text; the first stands for all others."""
    sort: Ints = field(default_factory=_none)
    """OpeningTag of each element."""
    parent: Ints = field(default_factory=_none)
    """Block-level parent of each element, which comes before it; the root's is itself."""
    jumps: list[Ints] = field(default_factory=list)
    """Ancestor of each element one, two, four and so on levels up."""
    depth: Ints = field(default_factory=_none)
    flags: Ints = field(default_factory=_none)
    """What each element lies in (`IN_…`, `HIDDEN`)."""
    own_groups: Ints = field(default_factory=_none)
    groups: Ints = field(default_factory=_none)
    """Name groups of the element itself; and with those of all elements around it but the root."""
    first: Ints = field(default_factory=_none)
    last: Ints = field(default_factory=_none)
    """Blocks an element holds: `first` to before `last`."""

    cut: bool = False
    """The page was longer than is read."""


def read_blocks(tree: LexborHTMLParser, deadline: Deadline) -> Blocks:
    """Return the blocks of a parsed page; changes the tree (drops scripts and drawings)."""
    page = Blocks()
    body = tree.body
    if body is not None:
        body.strip_tags(_DROPPED)  # half of what would be written out to be left unread
    written = body.html if body is not None else None
    if not written:
        return page
    deadline.check()
    tags = read_tags(written)
    page.cut = tags.cut
    deadline.check()
    opened, closed, page.parent, page.depth, list_of, innermost = tag_scanner.elements(
        tags.kind, tags.step
    )
    if not len(opened):
        return page
    page.jumps = _jumps(page.parent)

    group = np.cumsum(_boundaries(tags))
    in_link = np.cumsum(tags.step * (tags.kind == LINK)) > 0
    runs = _Runs(group, in_link, innermost, list_of)
    group_of = _read_texts(tags, page, runs)
    deadline.check()
    page.first = np.searchsorted(group_of, group[opened])
    page.last = np.searchsorted(group_of, group[closed])
    page.images = np.searchsorted(group[tags.kind == IMAGE], group_of, side="right")

    _read_sorts(tags, page, opened)
    sorts = np.array([(sort.flags, sort.groups) for sort in page.sorts]).T[:, page.sort]
    page.own_groups = sorts[1]
    sorts[0] |= in_link[opened]
    page.flags, page.groups = around(sorts, page.jumps, np.bitwise_or)
    return page


def _jumps(parent: Ints) -> list[Ints]:
    """Return each element's ancestor one, two, four and so on levels up.

    The last are all the root.
    """
    jumps = [parent]
    while jumps[-1].any():
        jumps.append(jumps[-1][jumps[-1]])
    return jumps


def around(values: NDArray[Any], jumps: Sequence[Ints], join: np.ufunc) -> NDArray[Any]:
    """Combine each element's value with those of all elements around it, along the last axis.

    `join` must be idempotent, because a value may be combined twice.
    """
    for ancestor in jumps:
        values = join(values, values[..., ancestor])
    return values


def _boundaries(tags: Tags) -> NDArray[np.bool_]:
    """Return which tags end a block.

    These are block-level tags, rules, and the second of two line breaks.
    """
    kind = tags.kind
    boundary: NDArray[np.bool_] = (kind == BLOCK) | (kind == LIST) | (kind == RULE)
    breaks = np.flatnonzero(kind == BREAK).tolist()
    for one, two in pairwise(breaks):
        if two - one < _NEAR_BREAKS and not any(
            tags.data[tags.text_from[i] : tags.text_to[i]].strip() for i in range(one, two)
        ):
            boundary[two] = True
    return boundary


@dataclass(frozen=True, slots=True)
class _Runs:
    """Where the text after each tag belongs."""

    group: Ints
    """Number of the run between two boundaries."""
    in_link: NDArray[np.bool_]
    element: Ints
    """Innermost element."""
    list_of: Ints
    """List or menu each element lies in."""


def _read_texts(tags: Tags, page: Blocks, runs: _Runs) -> Ints:
    """Set texts, owners and shares of links; return the run of each block."""
    length = tags.text_to - tags.text_from
    full = tag_scanner.says(tags.data, tags.text_from, tags.text_to)
    if not len(full):
        return _none()
    group = runs.group[full]
    first = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    last = np.append(first[1:], len(full)) - 1
    share = np.add.reduceat(length[full] * runs.in_link[full], first)
    share = share / np.add.reduceat(length[full], first)
    owner = runs.element[full[first]]
    lists = np.where(share > ALL_LINK, runs.list_of[owner], 0)
    page.texts, kept = tag_scanner.texts(
        tags.data, tags.text_from, tags.text_to, full[first], full[last], lists,
        _LINK_LENGTH, MAX_BLOCKS,
    )  # fmt: skip
    page.cut = page.cut or len(page.texts) > MAX_BLOCKS
    page.linked, page.owner = share[kept], owner[kept]
    of_block: Ints = group[first][kept]
    return of_block


def _read_sorts(tags: Tags, page: Blocks, opened: Ints) -> None:
    """Set what the opening tags of elements with text say."""
    sorts: dict[OpeningTag, int] = {OpeningTag(): 0}
    holds = np.flatnonzero(page.last > page.first)
    at = opened[holds]
    heads, which = tag_scanner.different(tags.data, tags.start[at] + 1, tags.end[at])
    made = (_kept_sort(one) if len(one) < _LONGEST_KEPT else _sort(one) for one in heads)
    numbers = np.array([sorts.setdefault(sort, len(sorts)) for sort in made], dtype=np.int64)
    page.sorts = list(sorts)
    page.sort = np.zeros(len(opened), dtype=np.int64)
    page.sort[holds] = numbers[which]
    page.sort[0] = 0  # what `body` says holds for all


def _sort(head: bytes) -> OpeningTag:
    name, _, rest = head.partition(b" ")
    tag = name.decode("utf-8", "replace")
    flags = _TAG_FLAG.get(tag, 0)
    if not rest:
        return OpeningTag(tag, flags=flags)
    names = []
    parts = rest.split(b'"')  # as the parser writes them: name="value" name="value"
    for name, value in zip(parts[::2], parts[1::2], strict=False):
        match name.lstrip():
            case b"style=":
                hidden = b"display:none" in value[:500].replace(b" ", b"").lower()
            case b"hidden=":
                hidden = True
            case b"aria-hidden=":
                hidden = value == b"true"
            case naming if naming in _NAMING:
                names.append(value)
                continue
            case _:
                continue
        flags |= HIDDEN * hidden
    return OpeningTag(tag, *read_names(b" ".join(names)), flags)


_kept_sort = lru_cache(maxsize=20_000)(_sort)
