"""Bounds on work: a deadline that loops ask, and markup no parser should be given.

The parser is compiled code that cannot be stopped half-way, and HTML's own rules
make it quadratic on some markup: every `<div>` looks through all open elements
for a `<p>`, and every `<p>` reopens all unclosed `<b>`. Such pages are found by a
linear look beforehand.
"""

from __future__ import annotations

import re
import time

import numpy as np

from services.cleaning.html import tag_scanner
from services.settings import MAX_DEPTH, MAX_UNCLOSED

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
"""Names of elements that HTML opens again wherever they are left open, as numbers."""

_NESTING = re.compile(
    rb"<(/?)(?:address|article|aside|blockquote|button|center|dd|details|dialog|dir|div|dl|dt|"
    rb"fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|li|main|marquee|menu|nav|object|"
    rb"ol|pre|section|summary|svg|table|template|ul|math)(?=[\s/>])",
    re.IGNORECASE,
)


class CleaningTimeout(Exception):  # noqa: N818 - the stage's vocabulary calls it a timeout
    """Cleaning one article took longer than its deadline allows."""


class Deadline:
    """A moment after which `check` raises; asked inside every loop over the input."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise `CleaningTimeout` once the time is up."""
        if time.monotonic() > self._end:
            raise CleaningTimeout(f"not cleaned within {self._seconds:g} s")


class HostileMarkup(Exception):  # noqa: N818 - it is the page's fault, and no error of ours
    """Markup that would take the parser more than linear time or space."""


def is_hostile(page: bytes) -> bool:
    """Tell whether the markup would take the parser more than linear time or space."""
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
