"""Lay the features of several articles side by side, so that they are compared at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from services.dedup.features.article_features import ArticleFeatures

ARRAY_FIELDS: Final = (
    "shingles", "quoted_shingles", "terms", "term_counts", "title_terms", "lead_terms",
    "entity_keys", "entity_saliences", "days", "story_keys", "template_shingles", "numbers",
    "tickers",
)  # fmt: skip
"""Features with several values an article."""
SCALAR_FIELDS: Final = (
    "event_time", "has_stated_date", "shingle_count", "quoted_word_count", "main_speaker",
    "weekdays", "title_weight",
)  # fmt: skip
"""Features with one value an article; weekdays are the bits of a number, `title_weight` is in
thousandths."""
THOUSANDTHS: Final = 1000

STANDING_SUPPORT: Final = 0.2
"""Share of a title's terms that the body has, up to which it is taken as a standing headline."""
HEADLINE_SUPPORT: Final = 0.4
"""The same share, from which the title weighs fully."""
MIN_SUPPORTING_TEXT: Final = 30
"""A text of fewer shingles is too short to tell a standing headline: a teaser is often written
around its headline's words."""

Array = npt.NDArray[Any]


def title_weight(features: ArticleFeatures) -> float:
    """Return how much the title says about the text, from 0 to 1.

    The words of a headline occur in its text; those of a standing headline ("News in brief") do
    not, and two articles that share it have nothing in common. A term of the title is counted once
    more for each time that it occurs in the body.
    """
    title = features.title_terms
    if features.shingle_count < MIN_SUPPORTING_TEXT:
        return 1.0
    if not len(title):
        return 0.0
    places = np.minimum(features.terms.searchsorted(title), len(features.terms) - 1)
    is_supported = (features.terms[places] == title) & (features.term_counts[places] > 1)
    share = int(is_supported.sum()) / len(title)
    weight = (share - STANDING_SUPPORT) / (HEADLINE_SUPPORT - STANDING_SUPPORT)
    return min(1.0, max(0.0, weight))


@dataclass(frozen=True, slots=True)
class FeatureBatch:
    """The features of n articles, column by column."""

    arrays: tuple[Array, ...]
    """For each of `ARRAY_FIELDS` the values of all articles, one article after another."""
    lengths: npt.NDArray[np.int32]
    """Number of values: one row for each of `ARRAY_FIELDS`, one column an article."""
    scalars: npt.NDArray[np.int64]
    """One row for each of `SCALAR_FIELDS`, one column an article."""

    @classmethod
    def from_features(cls, features: ArticleFeatures) -> Self:
        """Return a batch of one article."""
        arrays = tuple(
            np.array(sorted(features.days), dtype=np.int16)
            if name == "days"
            else getattr(features, name)
            for name in ARRAY_FIELDS
        )
        weekdays = sum(1 << day for day in features.weekdays)
        return cls(
            arrays,
            np.array([[len(array)] for array in arrays], dtype=np.int32),
            np.array(
                [
                    [features.event_time], [features.has_stated_date], [features.shingle_count],
                    [features.quoted_word_count], [features.main_speaker], [weekdays],
                    [round(THOUSANDTHS * title_weight(features))],
                ],
                dtype=np.int64,
            ),
        )  # fmt: skip

    @classmethod
    def concatenate(cls, batches: Sequence[Self], leave_empty: Sequence[str] = ()) -> Self:
        """Return several batches as one, in order.

        The array fields ``leave_empty`` have no values in the result, unless there is only one
        batch, which is returned as it is.
        """
        if len(batches) == 1:
            return batches[0]
        lengths = np.concatenate([batch.lengths for batch in batches], axis=1)
        arrays = []
        for i, name in enumerate(ARRAY_FIELDS):
            if name in leave_empty:
                lengths[i] = 0
                arrays.append(batches[0].arrays[i][:0])
            else:
                arrays.append(np.concatenate([batch.arrays[i] for batch in batches]))
        return cls(
            tuple(arrays), lengths, np.concatenate([batch.scalars for batch in batches], axis=1)
        )

    def __len__(self) -> int:
        return int(self.scalars.shape[1])

    def array(self, name: str) -> Array:
        """Return the values of an array field, of all articles."""
        return self.arrays[ARRAY_FIELDS.index(name)]

    def array_lengths(self, name: str) -> npt.NDArray[np.int32]:
        """Return how many values of an array field each article has."""
        found: npt.NDArray[np.int32] = self.lengths[ARRAY_FIELDS.index(name)]
        return found

    def scalar(self, name: str) -> npt.NDArray[np.int64]:
        """Return a scalar field's value for each article."""
        found: npt.NDArray[np.int64] = self.scalars[SCALAR_FIELDS.index(name)]
        return found

    def array_bytes(self, name: str) -> list[bytes]:
        """Return the values of an array field as bytes, one item an article."""
        values, ends = self.array(name), np.cumsum(self.array_lengths(name)).tolist()
        return [values[start:end].tobytes() for start, end in zip([0, *ends], ends, strict=False)]

    def article(self, index: int) -> FeatureBatch:
        """Return a batch of one of the articles."""
        arrays = tuple(values[start:end] for values, start, end in self._slices(index))
        only = slice(index, index + 1)
        return FeatureBatch(arrays, self.lengths[:, only], self.scalars[:, only])

    def without(self, index: int) -> FeatureBatch:
        """Return a batch of all articles but one."""
        arrays = tuple(
            np.concatenate((values[:start], values[end:]))
            for values, start, end in self._slices(index)
        )
        others = [i for i in range(len(self)) if i != index]
        return FeatureBatch(arrays, self.lengths[:, others], self.scalars[:, others])

    def with_story_keys(self, keys: Array) -> FeatureBatch:
        """Return this batch of one article with other story keys."""
        field = ARRAY_FIELDS.index("story_keys")
        lengths = self.lengths.copy()
        lengths[field] = len(keys)
        arrays = (*self.arrays[:field], keys, *self.arrays[field + 1 :])
        return FeatureBatch(arrays, lengths, self.scalars)

    def _slices(self, index: int) -> Iterator[tuple[Array, int, int]]:
        """Yield each array field's values, and where those of one article start and end."""
        starts = self.lengths[:, :index].sum(axis=1)
        ends = starts + self.lengths[:, index]
        return zip(self.arrays, starts.tolist(), ends.tolist(), strict=True)
