"""A page as a flat list of blocks: runs of text between block-level boundaries.

For every block-level element the range of blocks it holds is noted; all sums over
containers are then differences of running totals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborHTMLParser

from services.cleaning.limits import Deadline
from services.cleaning.markup import BLOCK, BREAK, IMAGE, LINK, LIST, RULE, Tags, read_tags
from services.cleaning.names import read_names
from services.settings import MAX_BLOCKS

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
_ATTRIBUTE = re.compile(
    rb"(?:^| )(class|id|itemprop|role|data-testid|data-component|hidden|aria-hidden|style)"
    rb'="([^"]*)"'
)
_LONGEST_KEPT = 300
"""Bytes of an opening tag up to which what it says is kept for the next pages."""

_DROPPED = ["script", "style", "svg"]
ALL_LINK = 0.9
"""Share of link text from which a block is nothing but a link."""
_LINK_LENGTH = 100
_NEAR_BREAKS = 8
"""Tags within which a second line break ends a block."""

_CHECK_EVERY = 256


class Sort(NamedTuple):
    """What the opening tag of an element says."""

    tag: str = ""
    names: tuple[str, ...] = ()
    """Words of class, id and role."""
    groups: int = 0
    """Name groups of the words (`names.GROUPS`)."""
    flags: int = 0
    """What the element puts its content into (`IN_…`, `HIDDEN`)."""


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

    sorts: list[Sort] = field(default_factory=list)
    """The different opening tags of elements that hold text; the first stands for all others."""
    sort: Ints = field(default_factory=_none)
    """Sort of each element."""
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
    """Take the blocks out of a parsed page; changes the tree (drops scripts and drawings)."""
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
    opened, closed = _read_elements(tags, page)
    if not len(opened):
        return page

    group = np.cumsum(_boundaries(tags))
    in_link = np.cumsum(tags.step * (tags.kind == LINK)) > 0
    runs = _Runs(group, in_link, _left_open(tags, page, opened, closed), _lists(tags, page, opened))
    group_of = _read_texts(tags, page, runs, deadline)
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
    """Return each element's ancestor one, two, four and so on levels up; the last is all root."""
    jumps = [parent]
    while jumps[-1].any():
        jumps.append(jumps[-1][jumps[-1]])
    return jumps


def around(values: NDArray[Any], jumps: Sequence[Ints], join: np.ufunc) -> NDArray[Any]:
    """Join each element's value with those of all elements around it, along the last axis.

    `join` must not mind a value that is joined twice.
    """
    for ancestor in jumps:
        values = join(values, values[..., ancestor])
    return values


def _read_elements(tags: Tags, page: Blocks) -> tuple[Ints, Ints]:
    """Note parent and depth of each element; return the tags that open and close them.

    An element's parent is the last one opened before it one level up; it ends at the
    first tag after it that closes its level.
    """
    at = np.flatnonzero((tags.kind == BLOCK) | (tags.kind == LIST))
    level = np.cumsum(tags.step[at])
    over = np.flatnonzero(level <= 0)
    if len(over):
        at, level = at[: over[0] + 1], level[: over[0] + 1]
    opens = tags.step[at] > 0
    opened, depth = at[opens], level[opens]
    if not len(opened):
        return opened, opened
    width = len(tags.kind) + 1
    place = depth * width + opened
    order = np.argsort(place)
    up = np.searchsorted(place[order], (depth - 1) * width + opened) - 1
    page.parent = order[np.maximum(up, 0)]
    page.parent[0] = 0
    page.jumps = _jumps(page.parent)
    page.depth = depth

    end = int(at[-1])
    closing = np.append(np.sort((level[~opens] + 1) * width + at[~opens]), np.iinfo(np.int64).max)
    found = closing[np.searchsorted(closing, place)]
    # Only a page that is cut off leaves elements open.
    closed = np.where(found // width == depth, found % width, end)
    return opened, closed


def _boundaries(tags: Tags) -> NDArray[np.bool_]:
    """Tell which tags end a block: block-level ones, rules, and the second of two line breaks."""
    kind = tags.kind
    boundary: NDArray[np.bool_] = (kind == BLOCK) | (kind == LIST) | (kind == RULE)
    breaks = np.flatnonzero(kind == BREAK).tolist()
    for one, two in pairwise(breaks):
        if two - one < _NEAR_BREAKS and not any(
            tags.data[tags.text_from[i] : tags.text_to[i]].strip() for i in range(one, two)
        ):
            boundary[two] = True
    return boundary


def _left_open(tags: Tags, page: Blocks, opened: Ints, closed: Ints) -> Ints:
    """Return the innermost element that is open after each tag."""
    left = np.zeros(len(tags.kind), dtype=np.int64)
    left[closed[::-1]] = page.parent[::-1]  # of elements cut off together, the outermost counts
    left[opened] = np.arange(len(opened))
    changes = np.zeros(len(left), dtype=np.int64)
    changes[opened], changes[closed] = opened, closed
    return left[np.maximum.accumulate(changes)]


def _lists(tags: Tags, page: Blocks, opened: Ints) -> Ints:
    """Return the list or menu each element lies in; 0 for none."""
    own = np.where(tags.kind[opened] == LIST, np.arange(len(opened)), 0)
    return around(own, page.jumps, np.maximum)


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


def _read_texts(tags: Tags, page: Blocks, runs: _Runs, deadline: Deadline) -> Ints:
    """Note texts, owners and shares of links; return the run of each block."""
    data, length = tags.data, tags.text_to - tags.text_from
    full = np.flatnonzero(_has_text(tags, length))
    if not len(full):
        return _none()
    group = runs.group[full]
    first = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    last = np.append(first[1:], len(full)) - 1
    share = np.add.reduceat(length[full] * runs.in_link[full], first)
    share = share / np.add.reduceat(length[full], first)
    owner = runs.element[full[first]]
    lists = np.where(share > ALL_LINK, runs.list_of[owner], 0)
    texts: list[str] = []
    kept: list[int] = []
    links_of = 0  # the list whose linked items the last block holds
    text_from, text_to = tags.text_from.tolist(), tags.text_to.tolist()
    columns = zip(full[first].tolist(), full[last].tolist(), lists.tolist(), strict=True)
    for i, (one, two, links) in enumerate(columns):
        if one == two:
            raw = data[text_from[one] : text_to[one]]
        else:
            pieces = zip(text_from[one : two + 1], text_to[one : two + 1], strict=True)
            raw = b"".join([data[start:end] for start, end in pieces])
        text = _plain(raw)
        if not text:
            continue
        short = len(text) <= _LINK_LENGTH
        if short and links and links == links_of:
            texts[-1] += "\n" + text
        else:
            texts.append(text)
            kept.append(i)
            if not len(texts) % _CHECK_EVERY:
                deadline.check()
                if len(texts) > MAX_BLOCKS:
                    page.cut = True
                    break
        links_of = links if short else 0
    page.texts, page.linked, page.owner = texts, share[kept], owner[kept]
    of_block: Ints = group[first][kept]
    return of_block


def _has_text(tags: Tags, length: Ints) -> NDArray[np.bool_]:
    """Tell which tags are followed by more than white space."""
    chars = np.frombuffer(tags.data, dtype=np.uint8)
    starts = np.minimum(tags.text_from, len(chars) - 1)
    says = (length > 0) & (chars[starts] > ord(" "))
    doubtful = np.flatnonzero((length > 0) & ~says)
    runs = zip(tags.text_from[doubtful].tolist(), tags.text_to[doubtful].tolist(), strict=True)
    says[doubtful] = [not tags.data[start:end].isspace() for start, end in runs]
    return says


def _plain(raw: bytes) -> str:
    """Decode a run of text, white space folded; the parser writes no other entities than these."""
    text = raw.decode("utf-8", "replace").strip()
    if b"&" in raw:
        text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">")
        text = text.replace("&amp;", "&")
    if not text.isprintable() or "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    return text


def _read_sorts(tags: Tags, page: Blocks, opened: Ints) -> None:
    """Note what the opening tags say, of elements that hold text."""
    sorts: dict[Sort, int] = {Sort(): 0}
    seen: dict[bytes, int] = {}
    holds = np.flatnonzero(page.last > page.first)
    at = opened[holds]
    found = []
    for start, end in zip((tags.start[at] + 1).tolist(), tags.end[at].tolist(), strict=True):
        head = tags.data[start:end]
        number = seen.get(head)
        if number is None:
            sort = _kept_sort(head) if end - start < _LONGEST_KEPT else _sort(head)
            number = seen[head] = sorts.setdefault(sort, len(sorts))
        found.append(number)
    page.sorts = list(sorts)
    page.sort = np.zeros(len(opened), dtype=np.int64)
    page.sort[holds] = found
    page.sort[0] = 0  # what `body` says holds for all


def _sort(head: bytes) -> Sort:
    name, _, rest = head.partition(b" ")
    tag = name.decode("utf-8", "replace")
    flags = _TAG_FLAG.get(tag, 0)
    if not rest:
        return Sort(tag, flags=flags)
    parts = rest.split(b'"')
    if len(parts) == 3 and parts[0] == b"class=":  # noqa: PLR2004 - nothing but a class, mostly
        return Sort(tag, *read_names(parts[1]), flags)
    names = []
    for attribute, value in _ATTRIBUTE.findall(rest):
        if attribute == b"style":
            hidden = b"display:none" in value[:500].replace(b" ", b"").lower()
        elif attribute in (b"hidden", b"aria-hidden"):
            hidden = attribute == b"hidden" or value == b"true"
        else:
            names.append(value)
            continue
        flags |= HIDDEN * hidden
    return Sort(tag, *read_names(b" ".join(names)), flags)


_kept_sort = lru_cache(maxsize=20_000)(_sort)
