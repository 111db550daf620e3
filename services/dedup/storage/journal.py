"""The journal: a row that holds several changes, so that they happen together or not at all."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import Final

from services.dedup.storage.rows import ARTICLES, STORIES, Change

MAX_UNCOMPRESSED_BYTES: Final = 90_000
"""A longer journal is compressed. Compression takes longer than a decision, and only a journal
that would be too long for a row needs it."""
_COMPRESSED, _PLAIN = b"z", b"p"
_ENTRY = struct.Struct("<BHi")
_DELETED = -1


def encode_journal(changes: Iterable[Change]) -> bytes:
    """Return changes as one row; it is written before them."""
    parts = []
    for table, key, row in changes:
        name = key.encode()
        length = _DELETED if row is None else len(row)
        parts.append(_ENTRY.pack(table == STORIES, len(name), length))
        parts += [name, row or b""]
    data = b"".join(parts)
    if len(data) > MAX_UNCOMPRESSED_BYTES:
        return _COMPRESSED + zlib.compress(data, 1)
    return _PLAIN + data


def decode_journal(row: bytes) -> list[Change]:
    """Return the changes that a journal's row holds."""
    data = zlib.decompress(row[1:]) if row[:1] == _COMPRESSED else row[1:]
    offset, changes = 0, []
    while offset < len(data):
        is_story, name_length, length = _ENTRY.unpack_from(data, offset)
        offset += _ENTRY.size
        name = data[offset : offset + name_length].decode()
        offset += name_length
        value = None if length == _DELETED else data[offset : offset + length]
        offset += max(0, length)
        changes.append((STORIES if is_story else ARTICLES, name, value))
    return changes
