"""Split HTML into lines of text without parsing it."""

from __future__ import annotations

import html as html_entities
import re

from services.cleaning.html.tags import BLOCK_TAGS, SKIPPED_TAGS

_TAG_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
_DROPPED_TAGS = frozenset(SKIPPED_TAGS) - {"head", "map"}
_COMMENT_END = "-->"


def html_lines(html: str) -> list[str]:
    """Return the text of a page, one line for each block, with white space collapsed.

    Empty lines are left out. Takes time linear in the length of the page whatever its markup,
    as nothing is parsed.
    """
    splitter = _LineSplitter()
    first, *parts = html.split("<")
    splitter.add_text(first)
    for part in parts:
        splitter.add_markup(part)
    splitter.end_line()
    return splitter.lines


class _LineSplitter:
    """Collects the lines of a page from its parts between two `<`."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._buffer: list[str] = []
        self._skip_until = ""
        """Start of the part that ends a comment or a dropped element; empty outside of them."""
        self._after_break = False

    def add_text(self, text: str) -> None:
        self._buffer.append(text)

    def end_line(self) -> None:
        line = " ".join(html_entities.unescape("".join(self._buffer)).split())
        if line:
            self.lines.append(line)
        self._buffer.clear()

    def add_markup(self, part: str) -> None:
        """Add what follows a `<`, up to the next one: a tag and the text behind it."""
        if self._skip_until == _COMMENT_END:
            self._end_comment(part)
            return
        if self._skip_until:
            if part[: len(self._skip_until)].lower() != self._skip_until:
                return
            self._skip_until = ""
        if part.startswith("!--"):
            self._skip_until = _COMMENT_END
            self._end_comment(part)
            return
        match = _TAG_NAME.match(part)
        if match is None:
            # A single `<` is text; `<!doctype>` and `<?xml?>` are not.
            self.add_text(part.partition(">")[2] if part[:1] in ("!", "?") else "<" + part)
            return
        name = match.group(1).lower()
        if name in _DROPPED_TAGS and part[0] != "/":
            self._skip_until = "/" + name
            return
        if name in BLOCK_TAGS or (name == "br" and self._after_break):
            self.end_line()
        rest = part.partition(">")[2]
        self.add_text(" " + rest if name == "br" else rest)
        self._after_break = name == "br" and not rest.strip()

    def _end_comment(self, part: str) -> None:
        if _COMMENT_END in part:
            self._skip_until = ""
            self.add_text(part.partition(_COMMENT_END)[2])
