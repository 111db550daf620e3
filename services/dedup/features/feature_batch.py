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
    "title_support",
)  # fmt: skip
"""Features with several values an article; `title_support` says of each title term whether the body
has it too."""
SCALAR_FIELDS: Final = (
    "event_time", "has_stated_date", "shingle_count", "quoted_word_count", "main_speaker",
    "weekdays",
)  # fmt: skip
"""Features with one value an article; weekdays are the bits of a number."""

MIN_SUPPORTING_TEXT: Final = 30
"""A text of fewer shingles is too short to tell a standing headline: a teaser is often written
around its headline's words."""

Array = npt.NDArray[Any]


def title_support(features: ArticleFeatures) -> npt.NDArray[np.bool_]:
    """Return for each term of the title whether it occurs in the body too.

    The words of a headline occur in its text; those of a standing headline ("News in brief") do
    not. A term of the title is counted once more for each time that it occurs in the body.
    """
    places = np.searchsorted(features.terms, features.title_terms)
    places = np.minimum(places, len(features.terms) - 1)
    found: npt.NDArray[np.bool_] = np.zeros(len(places), dtype=np.bool_)
    if features.shingle_count < MIN_SUPPORTING_TEXT:
        return np.ones(len(places), dtype=np.bool_)
    if len(features.terms):
        is_term = features.terms[places] == features.title_terms
        found = is_term & (features.term_counts[places] > 1)
    return found


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
        derived = {
            "days": np.array(sorted(features.days), dtype=np.int16),
            "title_support": title_support(features),
        }
        arrays = tuple(
            derived[name] if name in derived else getattr(features, name) for name in ARRAY_FIELDS
        )
        weekdays = sum(1 << day for day in features.weekdays)
        return cls(
            arrays,
            np.array([[len(array)] for array in arrays], dtype=np.int32),
            np.array(
                [
                    [features.event_time], [features.has_stated_date], [features.shingle_count],
                    [features.quoted_word_count], [features.main_speaker], [weekdays],
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
