"""Read from many article rows at once what the indexes of a shard are rebuilt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.dedup.features.tokens import Hashes
from services.dedup.storage.article_row import ARRAYS, HEADER

_INDEX_HEADER = np.dtype(
    {
        "names": ["touched", "serial", "lengths"],
        "formats": ["<i8", "<i8", ("<u2", len(ARRAYS))],
        "offsets": [1, 9, HEADER.size - 2 * len(ARRAYS)],
        "itemsize": HEADER.size,
    }
)
"""The part of `HEADER` that `read_index_columns` reads."""


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
    size = HEADER.size
    heads = np.frombuffer(b"".join([row[:size] for row in rows]), dtype=_INDEX_HEADER)
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
