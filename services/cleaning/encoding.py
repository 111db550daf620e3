"""Bytes of a page as text, also where its encoding is declared wrongly or not at all."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_HEAD = 4096


def decode_html(data: bytes, declared: str | None = None) -> str:
    """Decode: byte order mark, then UTF-8 if it fits, then what is declared, else Windows-1252.

    UTF-8 is tried before the declaration, for other text hardly ever is valid UTF-8 by
    chance, and declarations are often wrong.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    found = _DECLARED.search(data[:_HEAD])
    for charset in (declared, found.group(1).decode() if found else None):
        if charset and charset.lower() not in {"utf-8", "utf8"}:
            try:
                return data.decode(charset)
            except (LookupError, UnicodeDecodeError):
                continue
    return data.decode("cp1252", "replace")
