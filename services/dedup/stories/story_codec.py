"""Write a story's row to bytes and read it.

A row is a header, the lengths of the representatives' keys, the keys, and the rest as JSON. An
index reads the header and the keys alone.
"""

from __future__ import annotations

import struct
from array import array
from typing import Final, NamedTuple

import msgspec

from services.dedup.stories.story_row import StoryRow

VERSION: Final = 2
_HEAD = struct.Struct("<BqBIB")
_DECODER = msgspec.json.Decoder(StoryRow)
_ENCODER = msgspec.json.Encoder()


def encode_story(row: StoryRow) -> bytes:
    """Return a story's row as bytes."""
    keys, row.keys = row.keys, []  # an empty list is left out of the JSON
    encoded = _ENCODER.encode(row)
    row.keys = keys
    head = _HEAD.pack(VERSION, row.touched, row.closed, row.article_count, len(keys))
    lengths = array("H", map(len, keys)).tobytes()
    return b"".join((head, lengths, *keys, encoded))


def decode_story(data: bytes) -> StoryRow:
    """Read a story's row.

    Raises `ValueError` if another version of the format wrote it.
    """
    version, _touched, _closed, _articles, count = _HEAD.unpack_from(data)
    if version != VERSION:
        raise ValueError(f"a story row of format {version}, not {VERSION}")
    at = _HEAD.size + 2 * count
    keys = []
    for length in array("H", data[_HEAD.size : at]):
        keys.append(data[at : at + length])
        at += length
    row = _DECODER.decode(memoryview(data)[at:])
    row.keys = keys
    return row


class StoryIndexEntry(NamedTuple):
    """What an index needs to know of a story."""

    touched: int
    closed: bool
    articles: int
    representatives: int
    """How many representatives the story has."""
    keys: bytes
    """All keys of its representatives."""


def read_index_entry(data: bytes) -> StoryIndexEntry:
    """Read from a story's row what an index needs, without decoding the JSON."""
    _version, touched, closed, articles, count = _HEAD.unpack_from(data)
    at = _HEAD.size + 2 * count
    keys = data[at : at + sum(array("H", data[_HEAD.size : at]))]
    return StoryIndexEntry(touched, bool(closed), articles, count, keys)
