"""Features of several articles side by side, so that many are compared at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.features.article_features import Features

FIELDS: Final = (
    "grams", "quoted", "terms", "counts", "title", "lead", "entities", "saliences", "days", "keys",
    "skeleton",
)  # fmt: skip
SCALARS: Final = ("at", "dated", "size", "quoted_words", "speaker", "weekdays")

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class FeatureBatch:
    """Features of n articles: for each field all values in a row, and how many belong to each."""

    values: tuple[Array, ...]
    lengths: npt.NDArray[np.int32]
    """One row a field, one column an article."""
    scalars: npt.NDArray[np.int64]
    """One row for each of `SCALARS`, one column an article."""

    def __len__(self) -> int:
        return int(self.scalars.shape[1])

    def field(self, name: str) -> Array:
        """Return all values of a field."""
        return self.values[FIELDS.index(name)]

    def parts(self, name: str) -> list[bytes]:
        """Return each article's values of a field, as bytes."""
        values, ends = self.field(name), np.cumsum(self.lengths[FIELDS.index(name)]).tolist()
        return [values[start:end].tobytes() for start, end in zip([0, *ends], ends, strict=False)]

    def without(self, index: int) -> FeatureBatch:
        """Return the batch without one article."""
        values = tuple(
            np.concatenate((value[:start], value[end:]))
            for value, start, end in self._slices(index)
        )
        left = [i for i in range(len(self)) if i != index]
        return FeatureBatch(values, self.lengths[:, left], self.scalars[:, left])

    def select(self, index: int) -> FeatureBatch:
        """Return a batch of one of the articles."""
        values = tuple(value[start:end] for value, start, end in self._slices(index))
        its = slice(index, index + 1)
        return FeatureBatch(values, self.lengths[:, its], self.scalars[:, its])

    def _slices(self, index: int) -> Iterator[tuple[Array, int, int]]:
        """Yield each field's values, and where those of one article begin and end."""
        starts = self.lengths[:, :index].sum(axis=1)
        ends = starts + self.lengths[:, index]
        return zip(self.values, starts.tolist(), ends.tolist(), strict=True)


def with_keys(one: FeatureBatch, keys: Array) -> FeatureBatch:
    """Return a batch of one article with other keys."""
    place = FIELDS.index("keys")
    lengths = one.lengths.copy()
    lengths[place] = len(keys)
    return FeatureBatch((*one.values[:place], keys, *one.values[place + 1 :]), lengths, one.scalars)


def batch_of(article: Features) -> FeatureBatch:
    """Return a batch of one article."""
    values = tuple(
        np.array(sorted(article.days), dtype=np.int16) if name == "days" else getattr(article, name)
        for name in FIELDS
    )
    bits = sum(1 << day for day in article.weekdays)
    return FeatureBatch(
        values,
        np.array([[len(value)] for value in values], dtype=np.int32),
        np.array(
            [
                [article.at], [article.dated], [article.size],
                [article.quoted_words], [article.speaker], [bits],
            ],
            dtype=np.int64,
        ),
    )  # fmt: skip


def concatenate(batches: Sequence[FeatureBatch], without: Sequence[str] = ()) -> FeatureBatch:
    """Return several batches as one, in order; the fields ``without`` are left empty."""
    if len(batches) == 1:
        return batches[0]
    lengths = np.concatenate([one.lengths for one in batches], axis=1)
    values = []
    for i, name in enumerate(FIELDS):
        if name in without:
            lengths[i] = 0
            values.append(batches[0].values[i][:0])
        else:
            values.append(np.concatenate([one.values[i] for one in batches]))
    return FeatureBatch(
        tuple(values), lengths, np.concatenate([one.scalars for one in batches], axis=1)
    )
