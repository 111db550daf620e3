"""Unicode repair: mojibake, normalization to NFC, invisible and control characters.

Quotation marks, dashes and letters are not changed.
"""

from __future__ import annotations

import re
import unicodedata

# Control characters except tab and line ends; soft hyphen; zero-width space; word joiner; byte
# order mark.
# Zero-width (non-)joiners are kept, as Persian and Indic spelling needs them; so are
# direction marks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Character pairs that result from UTF-8 decoded as a one-byte encoding.
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00c5\u00d0\u00d1][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]"
    "|\u00e2[\u0080\u20ac]|\u00ef\u00bf\u00bd"
)
_MOJIBAKE_STARTS = "\u00c2\u00c3\u00c5\u00d0\u00d1\u00e2\u00ef"
"""First characters of these pairs; searching for each is faster than the pattern."""

_MAX_MOJIBAKE_LENGTH = 2_000_000
"""Longer texts are not searched for mojibake, to bound the time it takes."""


def drop_invisible(text: str) -> str:
    """Remove control characters and invisible characters."""
    return text if text.replace("\n", "").isprintable() else _INVISIBLE.sub("", text)


def repair(text: str) -> str:
    """Return a text with its Unicode repaired; correct text is returned unchanged."""
    if text.isascii():
        return text if text.isprintable() else drop_invisible(text)
    suspect = any(letter in text for letter in _MOJIBAKE_STARTS)
    if suspect and len(text) <= _MAX_MOJIBAKE_LENGTH and _MOJIBAKE.search(text):
        import ftfy  # noqa: PLC0415 - slow to load, seldom needed

        text = ftfy.fix_encoding(text)
    text = drop_invisible(text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def collapse_space(text: str) -> str:
    """Replace every run of white space (also non-breaking) by one space; trim the ends."""
    return " ".join(text.split())
