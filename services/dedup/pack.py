"""Several articles' features side by side, so that many are compared at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.features import Features

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
        values = []
        for row, value in zip(self.lengths, self.values, strict=True):
            start = int(row[:index].sum())
            values.append(np.concatenate((value[:start], value[start + row[index] :])))
        return Pack(
            tuple(values), np.delete(self.lengths, index, 1), np.delete(self.facts, index, 1)
        )

    def only(self, index: int) -> Pack:
        """One of the articles alone."""
        values = []
        for row, value in zip(self.lengths, self.values, strict=True):
            start = int(row[:index].sum())
            values.append(value[start : start + int(row[index])])
        return Pack(
            tuple(values), self.lengths[:, index : index + 1], self.facts[:, index : index + 1]
        )


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


def join(packs: Sequence[Pack]) -> Pack:
    """Several packs as one, in order."""
    if len(packs) == 1:
        return packs[0]
    return Pack(
        tuple(np.concatenate([one.values[i] for one in packs]) for i in range(len(FIELDS))),
        np.concatenate([one.lengths for one in packs], axis=1),
        np.concatenate([one.facts for one in packs], axis=1),
    )
