"""The stored row of an article, as bytes.

A row is a header with lengths, arrays, then JSON, so that an index can be rebuilt from the
arrays without reading the JSON.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

import msgspec
import numpy as np
import numpy.typing as npt

from services.dedup.features.article_features import ArticleFeatures
from services.dedup.features.tokens import Hashes

ARTICLES: Final = "articles"
STORIES: Final = "stories"
JOURNAL: Final = "~journal"
"""Key, in `ARTICLES`, of the row that holds all changes of the last decision."""

Change = tuple[str, str, bytes | None]
"""Table, key and the new row; None deletes the row."""

_ARRAYS: Final = (
    ("index", "<u4"), ("terms", "<u4"), ("entity_keys", "<u4"), ("term_counts", "u1"),
    ("entity_saliences", "u1"), ("shingles", "<u4"), ("lead_shingles", "<u4"),
    ("quoted_shingles", "<u4"), ("capitalized_words", "<u4"), ("title_terms", "<u4"),
    ("lead_terms", "<u4"), ("numbers", "<u4"), ("story_keys", "<u4"), ("days", "<i2"),
    ("template_shingles", "<u4"),
)  # fmt: skip
_TYPES = [np.dtype(kind) for _name, kind in _ARRAYS]
_SIZES = [kind.itemsize for kind in _TYPES]
_HEAD = struct.Struct("<BqqqBIIIB8s15H")
_FIRST_LENGTH = 10
"""Place of the first array's length among the fields of the header."""
_INDEX_HEAD = np.dtype(
    {
        "names": ["touched", "serial", "lengths"],
        "formats": ["<i8", "<i8", ("<u2", len(_ARRAYS))],
        "offsets": [1, 9, _HEAD.size - 2 * len(_ARRAYS)],
        "itemsize": _HEAD.size,
    }
)
"""The part of `_HEAD` that `read_index_columns` reads."""
VERSION: Final = 2
_WEEKDAYS = 7


class Rows(Protocol):
    """Where the rows of one language are stored."""

    def get(self, table: str, key: str) -> bytes | None:
        """Return the row as last persisted, or None."""
        ...


class PastDecision(msgspec.Struct, array_like=True):
    """A decision on a revision of an article, kept to answer a redelivery in the same way."""

    revision_id: str
    sequence: int
    verdict: msgspec.Raw
    """A `schemas.article.Verdict` as JSON."""
    story_id: str | None
    changed_stories: list[str]


class ArticleDetails(
    msgspec.Struct,
    omit_defaults=True,
    rename={
        "url": "u",
        "source": "o",
        "title": "t",
        "body_hash": "b",
        "published": "p",
        "status": "st",
        "revision": "n",
        "history": "i",
        "story_id": "s",
        "copy_of": "r",
        "clock_anchor": "g",
    },
):
    """What is stored of an article besides its features."""

    url: str
    source: str
    title: str
    body_hash: str
    published: str | None
    status: str
    revision: int
    """Number of the article's revision, from 1."""
    history: list[PastDecision]
    """The last decisions, the latest at the end."""
    story_id: str | None
    copy_of: str | None = None
    """Id of the original, for a copy."""
    clock_anchor: tuple[int, int] | None = None
    """`EventClock.anchor` at the time of the decision."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as it is stored."""

    features: ArticleFeatures
    index: Hashes
    """Shingles under which copies of it are found; empty for a copy or a retraction."""
    touched: int
    """The shard's clock at the last change, in seconds."""
    serial: int
    """Rank of the article by when it was last put into the index."""
    details: ArticleDetails


_DETAILS_DECODER = msgspec.json.Decoder(ArticleDetails)
_ENCODER = msgspec.json.Encoder()


def encode_article(row: ArticleRow) -> bytes:
    """Return an article's row as bytes."""
    features = row.features
    days = np.array(sorted(features.days), dtype=np.int16)
    given: dict[str, npt.NDArray[Any]] = {"index": row.index, "days": days}
    arrays: list[npt.NDArray[Any]] = [
        given[name] if name in given else cast("npt.NDArray[Any]", getattr(features, name))
        for name, _ in _ARRAYS
    ]
    head = _HEAD.pack(
        VERSION, row.touched, row.serial, features.event_time, features.has_stated_date,
        features.shingle_count, features.quoted_word_count, features.main_speaker,
        sum(1 << day for day in features.weekdays), features.text_digest,
        *(len(array) for array in arrays),
    )  # fmt: skip
    parts = [
        array.astype(kind, copy=False).tobytes() for array, kind in zip(arrays, _TYPES, strict=True)
    ]
    return b"".join((head, *parts, _ENCODER.encode(row.details)))


def decode_article(row: bytes) -> ArticleRow:
    """Read an article's row.

    Raises `ValueError` if another version of the format wrote it.
    """
    features, index, touched, serial, offset = _decode_arrays(row)
    details = _DETAILS_DECODER.decode(memoryview(row)[offset:])
    return ArticleRow(features, index, touched, serial, details)


def decode_features(row: bytes) -> ArticleFeatures:
    """Read only the features from an article's row."""
    return _decode_arrays(row)[0]


def _decode_arrays(row: bytes) -> tuple[ArticleFeatures, Hashes, int, int, int]:
    """Return features, index, touched, serial, and where the JSON begins."""
    head = _HEAD.unpack_from(row)
    if head[0] != VERSION:
        raise ValueError(f"an article row of format {head[0]}, not {VERSION}")
    arrays: dict[str, Any] = {}
    offset = _HEAD.size
    for (name, _), kind, count in zip(_ARRAYS, _TYPES, head[_FIRST_LENGTH:], strict=True):
        arrays[name] = np.frombuffer(row, kind, count, offset)
        offset += count * kind.itemsize
    index = arrays.pop("index")
    arrays["days"] = frozenset(arrays["days"].tolist())
    weekday_bits = head[8]
    features = ArticleFeatures(
        event_time=head[3],
        has_stated_date=bool(head[4]),
        shingle_count=head[5],
        quoted_word_count=head[6],
        main_speaker=head[7],
        weekdays=frozenset(day for day in range(_WEEKDAYS) if weekday_bits >> day & 1),
        text_digest=head[9],
        **arrays,
    )
    return features, index, head[1], head[2], offset


def decode_details(row: bytes) -> ArticleDetails:
    """Read only the details from an article's row."""
    head = _HEAD.unpack_from(row)
    lengths = zip(head[_FIRST_LENGTH:], _SIZES, strict=True)
    offset = _HEAD.size + sum(count * size for count, size in lengths)
    return _DETAILS_DECODER.decode(memoryview(row)[offset:])


@dataclass(frozen=True, slots=True)
class ArticleIndexColumns:
    """What an index needs of many articles: one item an article, except in `keys` and `words`."""

    touched: npt.NDArray[np.int64]
    serials: npt.NDArray[np.int64]
    key_counts: npt.NDArray[np.int64]
    """How many of `keys` belong to each article."""
    keys: Hashes
    """The shingles under which copies are found."""
    words: Hashes
    """All words and entities to count."""


def read_index_columns(rows: Sequence[bytes]) -> ArticleIndexColumns:
    """Read in bulk what an index needs of many rows."""
    size = _HEAD.size
    heads = np.frombuffer(b"".join([row[:size] for row in rows]), dtype=_INDEX_HEAD)
    lengths = heads["lengths"].astype(np.int64)
    key_ends = size + 4 * lengths[:, 0]
    word_ends = (key_ends + 4 * (lengths[:, 1] + lengths[:, 2])).tolist()
    bounds = list(zip(rows, key_ends.tolist(), word_ends, strict=True))
    keys = b"".join([row[size:key_end] for row, key_end, _ in bounds])
    words = b"".join([row[key_end:word_end] for row, key_end, word_end in bounds])
    return ArticleIndexColumns(
        heads["touched"],
        heads["serial"],
        lengths[:, 0],
        np.frombuffer(keys, dtype="<u4"),
        np.frombuffer(words, dtype="<u4"),
    )
