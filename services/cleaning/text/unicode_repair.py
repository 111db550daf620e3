"""Repair Unicode: mojibake, composed forms, invisible and control characters.

Quotation marks, dashes and letters stay as they are written.
"""

from __future__ import annotations

import re
import unicodedata

# Controls but tab and line ends; soft hyphen; zero-width space; word joiner; byte order mark.
# Zero-width (non-)joiners stay: Persian and Indic spelling needs them. So do direction marks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Letters that UTF-8 read as a one-byte encoding turns into, followed by what comes after them.
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00c5\u00d0\u00d1][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]"
    "|\u00e2[\u0080\u20ac]|\u00ef\u00bf\u00bd"
)
_SUSPECT = "\u00c2\u00c3\u00c5\u00d0\u00d1\u00e2\u00ef"
"""The letters it begins with: looking for each is faster than the pattern."""

_LONGEST = 2_000_000
"""Longer texts are not searched for mojibake."""


def drop_invisible(text: str) -> str:
    """Return the text without control and invisible characters."""
    return text if text.replace("\n", "").isprintable() else _INVISIBLE.sub("", text)


def repair(text: str) -> str:
    """Return the repaired text; correct text is returned unchanged."""
    if text.isascii():
        return drop_invisible(text)
    suspect = any(letter in text for letter in _SUSPECT)
    if suspect and len(text) <= _LONGEST and _MOJIBAKE.search(text):
        import ftfy  # noqa: PLC0415 - slow to load, seldom needed

        text = ftfy.fix_encoding(text)
    text = drop_invisible(text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold_space(text: str) -> str:
    """Return the text with every run of white space as one space, trimmed."""
    return " ".join(text.split())
