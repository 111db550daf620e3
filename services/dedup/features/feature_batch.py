"""Several articles' features side by side, so that many are compared at once."""

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
FACTS: Final = ("at", "dated", "size", "quoted_words", "speaker", "weekdays")

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Pack:
    """Features of n articles: for each field all values in a row, and how many are whose."""

    values: tuple[Array, ...]
    lengths: npt.NDArray[np.int32]
    """One row a field, one column an article."""
    facts: npt.NDArray[np.int64]
    """One row for each of `FACTS`, one column an article."""

    def __len__(self) -> int:
        return int(self.facts.shape[1])

    def field(self, name: str) -> Array:
        """All values of a field."""
        return self.values[FIELDS.index(name)]

    def parts(self, name: str) -> list[bytes]:
        """What each article has of a field."""
        values, ends = self.field(name), np.cumsum(self.lengths[FIELDS.index(name)]).tolist()
        return [values[start:end].tobytes() for start, end in zip([0, *ends], ends, strict=False)]

    def without(self, index: int) -> Pack:
        """Return the same articles but one."""
        values = tuple(
            np.concatenate((value[:start], value[end:])) for value, start, end in self._at(index)
        )
        left = [i for i in range(len(self)) if i != index]
        return Pack(values, self.lengths[:, left], self.facts[:, left])

    def only(self, index: int) -> Pack:
        """One of the articles alone."""
        values = tuple(value[start:end] for value, start, end in self._at(index))
        its = slice(index, index + 1)
        return Pack(values, self.lengths[:, its], self.facts[:, its])

    def _at(self, index: int) -> Iterator[tuple[Array, int, int]]:
        """Yield each field's values, and where those of one article begin and end."""
        starts = self.lengths[:, :index].sum(axis=1)
        ends = starts + self.lengths[:, index]
        return zip(self.values, starts.tolist(), ends.tolist(), strict=True)


def with_keys(one: Pack, keys: Array) -> Pack:
    """Return a pack of one article with other keys."""
    place = FIELDS.index("keys")
    lengths = one.lengths.copy()
    lengths[place] = len(keys)
    return Pack((*one.values[:place], keys, *one.values[place + 1 :]), lengths, one.facts)


def pack(article: Features) -> Pack:
    """One article as a pack."""
    values = tuple(
        np.array(sorted(article.days), dtype=np.int16) if name == "days" else getattr(article, name)
        for name in FIELDS
    )
    bits = sum(1 << day for day in article.weekdays)
    return Pack(
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


def join(packs: Sequence[Pack], without: Sequence[str] = ()) -> Pack:
    """Several packs as one, in order; the fields ``without`` are left empty."""
    if len(packs) == 1:
        return packs[0]
    lengths = np.concatenate([one.lengths for one in packs], axis=1)
    values = []
    for i, name in enumerate(FIELDS):
        if name in without:
            lengths[i] = 0
            values.append(packs[0].values[i][:0])
        else:
            values.append(np.concatenate([one.values[i] for one in packs]))
    return Pack(tuple(values), lengths, np.concatenate([one.facts for one in packs], axis=1))
