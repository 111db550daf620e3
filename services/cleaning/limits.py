"""Limits on the work of cleaning one page: sizes, a deadline, and a check for hostile markup.

The HTML parser is compiled code that cannot be interrupted, and the parsing rules of HTML
make it quadratic on some markup: every `<div>` searches all open elements for a `<p>`, and
every `<p>` reopens all unclosed `<b>`. Such pages are detected by a scan that takes linear
time, before they are parsed.
"""

from __future__ import annotations

import re
import time

import numpy as np

from services.cleaning.html import tag_scanner

MAX_NODES = 400_000
"""Maximum number of nodes read from a page; the rest of the page is ignored."""

MAX_BLOCKS = 20_000
"""Approximate maximum number of blocks or lines read from a page; the rest is ignored."""

MAX_DEPTH = 1500
"""Maximum nesting depth passed to the HTML parser (real pages stay below 100)."""

MAX_UNCLOSED = 200
"""Maximum number of unclosed formatting elements passed to the HTML parser."""

_MIN_TAGS_FOR_UNCLOSED = 2000
"""Below this number of tags no markup produces more than a million nodes."""

_MIN_TAGS_FOR_DEPTH = 10_000
"""Below this number of tags even the deepest nesting is parsed in a fraction of a second."""

_FORMATTING_TAGS = np.array(
    [
        int.from_bytes(name, "little")
        # `a` and `nobr` are not listed: HTML never leaves two of them open.
        for name in (b"b", b"i", b"s", b"u", b"em", b"tt", b"big", b"code", b"font", b"small",
                     b"strike", b"strong")
    ],
    dtype=np.uint64,
)  # fmt: skip
"""Names of the elements that the parser reopens when they are left open, encoded as integers."""

_NESTING_TAG = re.compile(
    rb"<(/?)(?:address|article|aside|blockquote|button|center|dd|details|dialog|dir|div|dl|dt|"
    rb"fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|li|main|marquee|menu|nav|object|"
    rb"ol|pre|section|summary|svg|table|template|ul|math)(?=[\s/>])",
    re.IGNORECASE,
)


class CleaningTimeout(Exception):  # noqa: N818 - named after the dead-letter reason `timeout`
    """Cleaning one article took longer than its deadline allows."""


class Deadline:
    """A point in time after which `check` raises; every loop over the input calls it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise `CleaningTimeout` if the deadline has passed."""
        if time.monotonic() > self._end:
            raise CleaningTimeout(f"not cleaned within {self._seconds:g} s")


class HostileMarkup(Exception):  # noqa: N818 - describes the page, not an error of the program
    """Markup that would take the parser more than linear time or space."""


def is_hostile(page: bytes) -> bool:
    """Return whether parsing the page would take more than linear time or space."""
    tags, opened, closed = tag_scanner.count_formatting_tags(page, _FORMATTING_TAGS)
    if tags < _MIN_TAGS_FOR_UNCLOSED:
        return False
    if opened > MAX_UNCLOSED and opened - closed > MAX_UNCLOSED:
        return True
    return tags >= _MIN_TAGS_FOR_DEPTH and _max_depth(page) > MAX_DEPTH


def _max_depth(page: bytes) -> int:
    depth = deepest = 0
    for closing in _NESTING_TAG.findall(page):
        # Some elements are closed implicitly (`li`, `dd`): this estimate is an upper bound.
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest
