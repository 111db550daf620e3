"""The stored row of an article, as bytes.

A row is a header with lengths, arrays, then JSON, so that an index can be rebuilt from the
arrays without reading the JSON (`index_columns.py`).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import Any, Final, cast

import msgspec
import numpy as np
import numpy.typing as npt

from services.dedup.entity_resolution.resolution import Resolution
from services.dedup.features.article_features import ArticleFeatures
from services.dedup.features.tickers import title_tickers
from services.dedup.features.tokens import Hashes

ARRAYS: Final = (
    ("index", "<u4"), ("terms", "<u4"), ("entity_keys", "<u4"), ("term_counts", "u1"),
    ("entity_saliences", "u1"), ("shingles", "<u4"), ("lead_shingles", "<u4"),
    ("quoted_shingles", "<u4"), ("capitalized_words", "<u4"), ("title_terms", "<u4"),
    ("lead_terms", "<u4"), ("numbers", "<u4"), ("story_keys", "<u4"), ("days", "<i2"),
    ("template_shingles", "<u4"),
)  # fmt: skip
"""The arrays of a row in their stored order, with their element types."""
_TYPES = [np.dtype(kind) for _name, kind in ARRAYS]
_SIZES = [kind.itemsize for kind in _TYPES]
HEADER: Final = struct.Struct("<BqqqBIIIB8s15H")
"""Format version, `touched`, `serial`, the scalar features, the lengths of the arrays."""
_FIRST_LENGTH = 10
"""Place of the first array's length among the fields of the header."""
VERSION: Final = 2
_WEEKDAYS = 7


FieldHashes = dict[str, str]
"""By name of the field: `story_row.short_hash` of its text."""


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
        "field_hashes": "h",
        "retraction_hashes": "w",
        "resolutions": "e",
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
    field_hashes: FieldHashes | None = None
    """Hashes of the last text's other fields; None in a row that version 0.1.0 wrote."""
    retraction_hashes: FieldHashes | None = None
    """Hashes of all fields of the last retraction, if the article is retracted."""
    resolutions: dict[int, tuple[Resolution, ...]] = {}  # msgspec makes a new dict for each row
    """By sequence of a decision in `history`: the entities that had another id in the story."""


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
        for name, _ in ARRAYS
    ]
    head = HEADER.pack(
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
    features = replace(features, tickers=title_tickers(details.title))
    return ArticleRow(features, index, touched, serial, details)


def _decode_arrays(row: bytes) -> tuple[ArticleFeatures, Hashes, int, int, int]:
    """Return features, index, touched, serial, and where the JSON begins."""
    head = HEADER.unpack_from(row)
    if head[0] != VERSION:
        raise ValueError(f"an article row of format {head[0]}, not {VERSION}")
    arrays: dict[str, Any] = {}
    offset = HEADER.size
    for (name, _), kind, count in zip(ARRAYS, _TYPES, head[_FIRST_LENGTH:], strict=True):
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
    head = HEADER.unpack_from(row)
    lengths = zip(head[_FIRST_LENGTH:], _SIZES, strict=True)
    offset = HEADER.size + sum(count * size for count, size in lengths)
    return _DETAILS_DECODER.decode(memoryview(row)[offset:])
