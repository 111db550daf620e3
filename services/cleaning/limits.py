"""Limits on the work for a page: a deadline, and markup that the parser must not be given.

The parser is compiled code that can't be stopped, and the rules of HTML make it quadratic for some
markup: every `<div>` searches all open elements for a `<p>`, and every `<p>` reopens all unclosed
`<b>`. Such pages are recognised beforehand in linear time.
"""

from __future__ import annotations

import re
import time

import numpy as np

from services.cleaning.html import tag_scanner

MAX_NODES = 400_000
"""Nodes of a page that are read; the rest is left out."""

MAX_BLOCKS = 20_000
"""Blocks or lines of a page that are read, approximately; the rest is left out."""

MAX_DEPTH = 1500
"""Deepest nesting that is given to the HTML parser (real pages stay below 100)."""

MAX_UNCLOSED = 200
"""Formatting elements left open that are given to the HTML parser."""

_FEW_TAGS = 2000
"""With fewer tags than this no markup makes more than a million nodes."""

_MANY_TAGS = 10_000
"""With fewer tags than this the deepest nesting is parsed in a fraction of a second."""

_FORMATTING = np.array(
    [
        int.from_bytes(name, "little")
        # Without `a` and `nobr`, of which HTML never leaves two open.
        for name in (b"b", b"i", b"s", b"u", b"em", b"tt", b"big", b"code", b"font", b"small",
                     b"strike", b"strong")
    ],
    dtype=np.uint64,
)  # fmt: skip
"""Names of elements that HTML reopens wherever they are left open, as numbers."""

_NESTING = re.compile(
    rb"<(/?)(?:address|article|aside|blockquote|button|center|dd|details|dialog|dir|div|dl|dt|"
    rb"fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|li|main|marquee|menu|nav|object|"
    rb"ol|pre|section|summary|svg|table|template|ul|math)(?=[\s/>])",
    re.IGNORECASE,
)


class CleaningTimeout(Exception):  # noqa: N818 - the stage's vocabulary calls it a timeout
    """Cleaning one article took longer than its deadline allows."""


class Deadline:
    """A time after which `check` raises; every loop over the input calls it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise `CleaningTimeout` after the deadline."""
        if time.monotonic() > self._end:
            raise CleaningTimeout(f"not cleaned within {self._seconds:g} s")


class HostileMarkup(Exception):  # noqa: N818 - it is the page's fault, and no error of ours
    """Markup for which the parser would need more than linear time or space."""


def is_hostile(page: bytes) -> bool:
    """Return whether the parser would need more than linear time or space for a page."""
    tags, opened, closed = tag_scanner.formatting(page, _FORMATTING)
    if tags < _FEW_TAGS:
        return False
    if opened > MAX_UNCLOSED and opened - closed > MAX_UNCLOSED:
        return True
    return tags >= _MANY_TAGS and _deepest(page) > MAX_DEPTH


def _deepest(page: bytes) -> int:
    depth = deepest = 0
    for closing in _NESTING.findall(page):
        # Some elements close by themselves (`li`, `dd`), so this estimate is high, never low.
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest
