"""Read the tags in the head of a page without parsing the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

MAX_HEAD: Final = 256 * 1024
"""Bytes that are read of a page whose head does not end before."""

_NEXT: Final = re.compile(rb"<(?:(!--)|(script|style)[\s>]|/head[\s>]|body[\s>])")
_TAG: Final = re.compile(
    rb"<(base|link|meta)[\s/]((?:[^>\"']++|\"[^\"]{0,5000}+\"|'[^']{0,5000}+')*+)", re.IGNORECASE
)
_ATTRIBUTE: Final = re.compile(
    rb"([a-z-]{1,30})\s{0,9}=\s{0,9}(?:\"([^\"]{0,5000})\"|'([^']{0,5000})'|([^\s\"'>]{1,5000}))",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(rb"<title[^>]{0,200}>([^<]{1,2000})", re.IGNORECASE)


def read_head(page: bytes) -> bytes:
    """Return the head of a page without its comments, scripts and styles."""
    page = page[:MAX_HEAD]
    lower = page.lower()
    kept: list[bytes] = []
    start = 0
    while found := _NEXT.search(lower, start):
        kept.append(page[start : found.start()])
        if not (found[1] or found[2]):
            return b" ".join(kept)
        start = lower.find(b"-->" if found[1] else b"</" + found[2], found.end())
        if start < 0:
            return b" ".join(kept)
    return b" ".join([*kept, page[start:]])


def head_tags(head: bytes, wanted: re.Pattern[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield name and attributes of `base`, and of each `link` and `meta` with the pattern."""
    for tag in _TAG.finditer(head):
        name = tag[1].lower()
        if name != b"base" and not wanted.search(tag[2]):
            continue
        attributes: dict[str, str] = {}
        for found in _ATTRIBUTE.finditer(tag[2]):
            value = found[2] or found[3] or found[4] or b""
            attributes.setdefault(found[1].decode().lower(), _text(value))
        yield name.decode(), attributes


def head_title(head: bytes) -> str:
    """Return the text of the `title`, empty if there is none."""
    found = _TITLE.search(head)
    return _text(found[1]) if found else ""


def _text(data: bytes) -> str:
    return html.unescape(data.decode("utf-8", "replace")).strip()
