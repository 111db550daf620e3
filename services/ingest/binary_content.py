"""Recognise binary files that have the name of a text file."""

from __future__ import annotations

import codecs

_LOOKED_AT_BYTES = 4096
_MAX_CONTROL_SHARE = 0.02
"""Share of control characters that no text reaches; of compressed data about a tenth are such."""

_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x7fELF",
)
"""First bytes of PDF, PNG, JPEG, GIF, ZIP (also office documents), gzip, programs."""

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b") | {127})


def is_binary(data: bytes) -> bool:
    """Return whether a file is not text, judged by its first 4,096 bytes."""
    if data.startswith(_SIGNATURES):
        return True
    if data.startswith(_WIDE):
        return False
    start = data[:_LOOKED_AT_BYTES]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls > _MAX_CONTROL_SHARE * len(start)
