"""The short lines of a page that may state its date or its authors, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from services.cleaning.classifier.block_selection import Selection
from services.cleaning.dates.lines import has_label, is_label
from services.cleaning.dates.patterns import YEAR
from services.cleaning.html.blocks import (
    IN_ARTICLE,
    IN_ASIDE,
    IN_FIGURE,
    IN_FOOTER,
    IN_FORM,
    IN_LIST,
    IN_NAV,
    Blocks,
)
from services.cleaning.metadata.byline_labels import is_byline, is_byline_label, is_long_byline
from services.cleaning.metadata.page_region import FOREIGN_NAMES, MIXED_NAMES
from services.cleaning.text.line_style import fold, is_same_line

_LINES_BEFORE_TITLE, _LINES_AFTER_TITLE, _MAX_LINE_LENGTH = 4, 10, 160
"""Which lines around the headline may state the date or the authors."""
_MAX_LINKED_CHARS = 20
"""Characters of link text from which an item of a list is a teaser."""
_FLAGS = ((IN_NAV, "in nav"), (IN_FIGURE, "in a figure"), (IN_FORM, "in a form"))
_MAX_FAR_BLOCKS, _MAX_LABEL, _MAX_BYLINE, _NAMED_LEVELS = 12, 30, 80, 3
_DIGIT = re.compile(r"\d")
_MAX_LIST_LINES = 3
"""Lines of a list of links from which it is a list of articles or archives."""
_DATE_NAMES = frozenset(
    [
        "date",
        "dates",
        "dateline",
        "published",
        "publish",
        "pubdate",
        "pub",
        "posted",
        "timestamp",
        "postdate",
        "datetime",
    ]
)
"""Names of elements that hold a date."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A short line near the headline."""

    text: str
    before_title: bool = False
    far: bool = False
    """Whether it stands elsewhere on the page, in an element named after dates."""
    foreign: str | None = None
    """Why it is not the article's ("in a figure"), or None if it may be."""


class PageLines:
    """The short lines of a page: those around the headline, and marked ones elsewhere."""

    def __init__(self, blocks: Blocks, selection: Selection | None, title: str) -> None:
        """Find the headline, or the start of the body without one."""
        texts = blocks.texts
        self._blocks = blocks
        self._start, self._found = _headline(texts, selection, title)
        body = selection.indexes[0] if selection and selection.indexes else self._start
        self._body = min(body, max(0, len(texts) - 1))
        first = max(0, self._start - _LINES_BEFORE_TITLE)
        self._window = range(first, min(len(texts), self._start + _LINES_AFTER_TITLE))

    @cached_property
    def near(self) -> tuple[PageLine, ...]:
        """The lines around the headline, in order."""
        return tuple(line for i in self._window for line in self._lines(i))

    def containing(self, words: str) -> Iterator[PageLine]:
        """Yield the lines around the headline that contain some words."""
        for i in self._window:
            if words in self._blocks.texts[i]:
                yield from (line for line in self._lines(i) if words in line.text)

    @property
    def have_byline(self) -> bool:
        """Whether one of the lines around the headline may be a byline, without reading them."""
        texts = (self._blocks.texts[i] for i in self._window)
        short = (text for text in texts if len(text) <= _MAX_LINE_LENGTH)
        return any(is_byline(line) for text in short for line in text.split("\n"))

    @cached_property
    def far(self) -> tuple[PageLine, ...]:
        """The lines elsewhere that begin as a byline or belong to elements named after dates."""
        marked = dict.fromkeys(i for i in _marked_blocks(self._blocks) if i not in self._window)
        return tuple(line for i in list(marked)[:_MAX_FAR_BLOCKS] for line in self._lines(i))

    def _lines(self, i: int) -> Iterator[PageLine]:
        """Yield the lines of a block.

        One that is no more than a label ("Published") is joined with the block after it.
        """
        texts = self._blocks.texts
        if len(texts[i]) > _MAX_LIST_LINES * _MAX_LINE_LENGTH:
            return
        label = ""
        if i > 0 and len(texts[i - 1]) <= _MAX_LABEL:
            opens = is_label if YEAR.search(texts[i]) else is_byline_label
            label = f"{texts[i - 1]} " if opens(texts[i - 1]) else ""
        states_something = _DIGIT.search(texts[i]) or is_byline(texts[i]) or label
        reason = None
        if states_something:
            reason = _foreign_reason(self._blocks, i, (self._start, self._body))
        before = self._found and i < self._start
        for line in texts[i].split("\n"):
            if len(line) <= _MAX_LINE_LENGTH:
                yield PageLine(label + line, before, i not in self._window, reason)


def _headline(texts: list[str], selection: Selection | None, title: str) -> tuple[int, bool]:
    """Return the block of the headline, or of the start of the body, and whether it is the first.

    Breadcrumbs repeat the headline: the last one before the body counts.
    """
    body = selection.indexes[0] if selection and selection.indexes else len(texts)
    key = fold(title)
    at = [i for i, text in enumerate(texts) if is_same_line(text, key, len(title))] if key else []
    before = [i for i in at if i <= body]
    start = before[-1] if before else at[0] if at else body
    return (0 if start == len(texts) else start), bool(at)


def _marked_blocks(blocks: Blocks) -> Iterator[int]:
    """Yield the blocks that begin as a byline, and those with a year and a name or label for it."""
    for i, text in enumerate(blocks.texts):
        if len(text) > _MAX_LINE_LENGTH:
            continue
        if len(text) <= _MAX_BYLINE and is_long_byline(text, blocks.texts[i - 1] if i else ""):
            yield i
        if not YEAR.search(text):
            continue
        element = int(blocks.owner[i])
        names: set[str] = set()
        for _ in range(_NAMED_LEVELS):
            names.update(blocks.signatures[blocks.signature[element]].names)
            element = int(blocks.parent[element])
        if names & _DATE_NAMES or has_label(text):
            yield i


def _foreign_reason(blocks: Blocks, index: int, own: tuple[int, int]) -> str | None:
    """Return why a block is not the article's; `own` are the blocks of headline and body."""
    element = int(blocks.owner[index])
    headline_flags = int(blocks.flags[blocks.owner[own[0]]])
    flags = int(blocks.flags[element]) & ~headline_flags
    for flag, reason in _FLAGS:
        if flags & flag:
            return reason
    text = blocks.texts[index]
    linked = blocks.link_share[index] * len(text)
    if flags & IN_LIST and (linked >= _MAX_LINKED_CHARS or text.count("\n") >= _MAX_LIST_LINES):
        return "in a list of links"
    if flags & (IN_ASIDE | IN_FOOTER) and _beside_teasers(blocks, element, own):
        return "beside links to other articles"
    while element and not any(blocks.first[element] <= i < blocks.last[element] for i in own):
        signature = blocks.signatures[blocks.signature[element]]
        if signature.tag == "article" and headline_flags & IN_ARTICLE:
            return "in another article"
        own_names = signature.names
        names = FOREIGN_NAMES.intersection(own_names)
        mixed = MIXED_NAMES.intersection(own_names)
        if mixed and not names and _has_teasers(blocks, element):
            names = mixed
        if names:
            return f"in {min(names)}"
        element = int(blocks.parent[element])
    return None


def _beside_teasers(blocks: Blocks, element: int, own: tuple[int, int]) -> bool:
    """Return whether the outermost element that does not hold the article has teasers in it."""
    while element:
        parent = int(blocks.parent[element])
        if not parent or any(blocks.first[parent] <= i < blocks.last[parent] for i in own):
            break
        element = parent
    return _has_teasers(blocks, element)


def _has_teasers(blocks: Blocks, element: int) -> bool:
    """Return whether an element holds a link that is as long as a headline."""
    return any(
        blocks.link_share[i] * len(blocks.texts[i]) >= _MAX_LINKED_CHARS
        for i in range(int(blocks.first[element]), int(blocks.last[element]))
    )
