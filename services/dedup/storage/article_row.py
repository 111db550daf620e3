"""Rows as bytes: what of an article is kept, and the journal of the last decision.

A row is a header with lengths, the arrays, then JSON, so that an index can be rebuilt
from the arrays without reading the JSON.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

import numpy as np
import numpy.typing as npt
import orjson

from services.dedup.features.article_features import Features
from services.dedup.features.tokens import Hashes

ARTICLES: Final = "articles"
STORIES: Final = "stories"
JOURNAL: Final = "~journal"
"""Key, in `ARTICLES`, of the row that holds all changes of the last decision."""

Change = tuple[str, str, bytes | None]
"""Table, key and the new row; None takes the row away."""

_ARRAYS: Final = (
    ("index", "<u4"), ("terms", "<u4"), ("entities", "<u4"), ("counts", "u1"),
    ("saliences", "u1"), ("grams", "<u4"), ("lead_grams", "<u4"), ("quoted", "<u4"),
    ("facts", "<u4"), ("title", "<u4"), ("lead", "<u4"), ("numbers", "<u4"), ("keys", "<u4"),
    ("days", "<i2"), ("skeleton", "<u4"),
)  # fmt: skip
_TYPES = [np.dtype(kind) for _name, kind in _ARRAYS]
_SIZES = [kind.itemsize for kind in _TYPES]
_HEAD = struct.Struct("<BqqqBIIIB8s15H")
_HEADS = np.dtype(
    {
        "names": ["touched", "serial", "lengths"],
        "formats": ["<i8", "<i8", ("<u2", len(_ARRAYS))],
        "offsets": [1, 9, _HEAD.size - 2 * len(_ARRAYS)],
        "itemsize": _HEAD.size,
    }
)
"""What `for_index` reads of `_HEAD`."""
_ENTRY = struct.Struct("<BHi")
VERSION: Final = 2
LONG_JOURNAL: Final = 90_000


class Rows(Protocol):
    """Where rows lie; a Faust table, or `MemoryRows`."""

    def get(self, table: str, key: str) -> bytes | None:
        """Return the row as last persisted; None where there is none."""
        ...


class MemoryRows:
    """Rows in a dictionary: for tests, notebooks and scores."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], bytes] = {}

    def get(self, table: str, key: str) -> bytes | None:
        """Return the row as last persisted."""
        return self.rows.get((table, key))

    def apply(self, changes: Iterable[Change]) -> None:
        """Persist a decision's changes, in order."""
        for table, key, row in changes:
            if row is None:
                self.rows.pop((table, key), None)
            else:
                self.rows[table, key] = row

    def items(self) -> list[tuple[str, str, bytes]]:
        """All rows, as `Shard.load` takes them."""
        return [(table, key, row) for (table, key), row in self.rows.items()]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as it is kept."""

    features: Features
    index: Hashes
    """Shingles under which copies of it are found; empty for a copy or a retraction."""
    touched: int
    """The shard's clock when it was last changed, in seconds."""
    serial: int
    """Order in which the shard's articles were last put into the index."""
    more: dict[str, Any]
    """Titles, verdicts and the rest, as JSON."""


def dump_article(row: ArticleRow) -> bytes:
    """Return an article's row as bytes."""
    one = row.features
    days = np.array(sorted(one.days), dtype=np.int16)
    given: dict[str, npt.NDArray[Any]] = {"index": row.index, "days": days}
    arrays: list[npt.NDArray[Any]] = [
        given[name] if name in given else cast("npt.NDArray[Any]", getattr(one, name))
        for name, _ in _ARRAYS
    ]
    head = _HEAD.pack(
        VERSION, row.touched, row.serial, one.at, one.dated, one.size, one.quoted_words,
        one.speaker, sum(1 << day for day in one.weekdays), one.digest,
        *(len(array) for array in arrays),
    )  # fmt: skip
    parts = [
        array.astype(kind, copy=False).tobytes() for array, kind in zip(arrays, _TYPES, strict=True)
    ]
    return b"".join((head, *parts, orjson.dumps(row.more)))


def load_article(row: bytes) -> ArticleRow:
    """Return an article's row from bytes.

    Raises `ValueError` when another version of the format wrote it.
    """
    one, index, touched, serial, offset = _load_arrays(row)
    return ArticleRow(one, index, touched, serial, orjson.loads(memoryview(row)[offset:]))


def load_features(row: bytes) -> Features:
    """Return what is compared of an article alone, from its row."""
    return _load_arrays(row)[0]


def _load_arrays(row: bytes) -> tuple[Features, Hashes, int, int, int]:
    head = _HEAD.unpack_from(row)
    if head[0] != VERSION:
        raise ValueError(f"an article row of format {head[0]}, not {VERSION}")
    got: dict[str, Any] = {}
    offset = _HEAD.size
    for (name, _), kind, count in zip(_ARRAYS, _TYPES, head[10:], strict=True):
        got[name] = np.frombuffer(row, kind, count, offset)
        offset += count * kind.itemsize
    index = got.pop("index")
    got["days"] = frozenset(got["days"].tolist())
    bits = head[8]
    one = Features(
        at=head[3], dated=bool(head[4]), size=head[5], quoted_words=head[6], speaker=head[7],
        weekdays=frozenset(day for day in range(7) if bits >> day & 1), digest=head[9], **got,
    )  # fmt: skip
    return one, index, head[1], head[2], offset


def more_of(row: bytes) -> dict[str, Any]:
    """Return the JSON of an article's row alone."""
    head = _HEAD.unpack_from(row)
    offset = _HEAD.size + sum(n * size for n, size in zip(head[10:], _SIZES, strict=True))
    found: dict[str, Any] = orjson.loads(memoryview(row)[offset:])
    return found


@dataclass(frozen=True, slots=True)
class ForIndex:
    """What an index needs of many articles; one item an article but for `keys` and `words`."""

    touched: npt.NDArray[np.int64]
    serials: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    """How many of `keys` are whose."""
    keys: Hashes
    """The shingles under which copies are found."""
    words: Hashes
    """All words and entities to count."""


def for_index(rows: Sequence[bytes]) -> ForIndex:
    """Return what an index needs of many rows, got in bulk from where it stands in each."""
    size = _HEAD.size
    heads = np.frombuffer(b"".join([row[:size] for row in rows]), dtype=_HEADS)
    lengths = heads["lengths"].astype(np.int64)
    middles = size + 4 * lengths[:, 0]
    ends = (middles + 4 * (lengths[:, 1] + lengths[:, 2])).tolist()
    given = list(zip(rows, middles.tolist(), ends, strict=True))
    return ForIndex(
        heads["touched"],
        heads["serial"],
        lengths[:, 0],
        np.frombuffer(b"".join([row[size:middle] for row, middle, _ in given]), dtype="<u4"),
        np.frombuffer(b"".join([row[middle:end] for row, middle, end in given]), dtype="<u4"),
    )


def dump_journal(changes: Iterable[Change]) -> bytes:
    """Return changes as one row; written first, it makes several rows change as one."""
    parts = []
    for table, key, row in changes:
        name = key.encode()
        parts.append(_ENTRY.pack(table == STORIES, len(name), -1 if row is None else len(row)))
        parts += [name, row or b""]
    data = b"".join(parts)
    # Packing takes longer than the whole decision; only what is too long for a row needs it.
    return b"z" + zlib.compress(data, 1) if len(data) > LONG_JOURNAL else b"p" + data


def load_journal(row: bytes) -> list[Change]:
    """Return the changes of a journal's row."""
    data = zlib.decompress(row[1:]) if row[:1] == b"z" else row[1:]
    offset, found = 0, []
    while offset < len(data):
        story, name_length, length = _ENTRY.unpack_from(data, offset)
        offset += _ENTRY.size
        name = data[offset : offset + name_length].decode()
        offset += name_length
        kept = None if length < 0 else data[offset : offset + length]
        offset += max(0, length)
        found.append((STORIES if story else ARTICLES, name, kept))
    return found
