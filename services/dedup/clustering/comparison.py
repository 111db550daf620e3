"""Compare an article with many others, in each respect that the merge score uses.

Every column is an input of the merge score; `COLUMNS` names them.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.features import similarity
from services.dedup.features.document_frequency import BUCKETS, DocumentFrequencies, damped_counts
from services.dedup.features.feature_batch import FIELDS, FeatureBatch
from services.dedup.features.recurring_template import shared_form_share
from services.dedup.features.tokens import Hashes

COLUMNS: Final = (
    "body",  # cosine of TF-IDF weights of all words
    "title",  # cosine of the headlines
    "lead",  # cosine of headline and first words
    "entities",  # cosine of entities by salience and rarity
    "inside",  # share of the weight of the poorer text's words that the other has
    "heading",  # share of one headline's weight in the other's text, the better way round
    "rarest",  # rarity of the rarest entity both name
    "speaker",  # the same person is quoted most in both
    "grams",  # share of the shorter text's shingles in the other
    "quotes",  # share of one article's quoted words in the other's text
    "days",  # how many days both mention
    "weekday",  # both leads name the same weekday
    "recent",  # nearness in time: 1 at the same moment, falling by e every three days
    "gap",  # log of the days between them
)
SHARED_TEXT: Final = ("grams", "quotes")
"""Columns that `Comparer.compare` leaves at 0; `Comparer.compare_shared_text` fills them on
demand."""
WEIGHED: Final = ("terms", "title", "lead", "entities")
"""Fields that are compared by the TF-IDF weights of their words."""
Matrix = npt.NDArray[np.float64]
_INDEX = {name: i for i, name in enumerate(COLUMNS)}
_DAY = 86_400.0
_RECENT_DAYS = 3.0
_RECENT_UNKNOWN = 0.5
_GRAM_BUCKETS = 1 << 18
_ROWS = [FIELDS.index(name) for name in WEIGHED]


class Comparer:
    """Compares articles by looking up each word in a table; keeps the tables between calls."""

    def __init__(self, frequencies: DocumentFrequencies) -> None:
        self._frequencies = frequencies
        self._weights = np.zeros((len(WEIGHED), BUCKETS), dtype=np.float32)
        self._present = np.zeros(_GRAM_BUCKETS, dtype=np.uint8)

    def compare(self, one: FeatureBatch, many: FeatureBatch) -> Matrix:
        """Compare ``one`` article (a batch of one) with each of ``many``; return one row a pair.

        The columns `SHARED_TEXT` are 0.
        """
        found = np.zeros((len(many), len(COLUMNS)))
        known = self._frequencies
        similarity.compare(
            _weighed(one), _weighed(many), many.lengths[_ROWS],
            known.log_counts, known.log_articles, self._weights, found,
        )  # fmt: skip
        column = {name: found[:, i] for name, i in _INDEX.items()}
        column["speaker"][:] = (many.scalars[4] == one.scalars[4, 0]) & (many.scalars[4] != 0)
        self._dates(one, many, column)
        return found

    def compare_shared_text(self, one: FeatureBatch, many: FeatureBatch, found: Matrix) -> None:
        """Fill the columns `SHARED_TEXT` of rows that `compare` returned."""
        mine, quoted = one.field("grams"), one.field("quoted")
        smaller = np.minimum(np.minimum(many.scalars[2], one.scalars[2, 0]), len(mine))
        smaller = np.maximum(1, np.minimum(smaller, _lengths(many, "grams")))
        found[:, _INDEX["grams"]] = self._count_common(mine, many, "grams") / smaller
        found[:, _INDEX["quotes"]] = np.maximum(
            self._count_common(mine, many, "quoted") / np.maximum(12, _lengths(many, "quoted")),
            self._count_common(quoted, many, "grams") / max(12, len(quoted)),
        )

    def compare_form(self, one: FeatureBatch, many: FeatureBatch) -> Matrix:
        """Return the share of the template that each article has in common with ``one``."""
        mine = one.field("skeleton")
        common = self._count_common(mine, many, "skeleton")
        return shared_form_share(common, len(mine), _lengths(many, "skeleton"))

    def _dates(self, one: FeatureBatch, many: FeatureBatch, column: dict[str, Any]) -> None:
        days = one.field("days")
        if len(days):
            same = self._count_common(days.astype(np.uint32), many, "days")
            column["days"][:] = np.log1p(same)
        column["weekday"][:] = (many.scalars[5] & one.scalars[5, 0]) != 0
        apart = np.abs(many.scalars[0] - one.scalars[0, 0])
        known = many.scalars[1].astype(bool) & bool(one.scalars[1, 0])
        column["gap"][:] = np.where(known, np.log1p(apart / _DAY), 0.0)
        near = np.exp(-apart / (_RECENT_DAYS * _DAY))
        column["recent"][:] = np.where(known, near, _RECENT_UNKNOWN)

    def _count_common(self, mine: Hashes, many: FeatureBatch, name: str) -> Matrix:
        """Count how many of the hashes ``mine`` are in each article's field."""
        theirs = many.field(name).astype(np.uint32, copy=False)
        return similarity.count_common(mine, theirs, _lengths(many, name), self._present)


def _weighed(pack: FeatureBatch) -> list[tuple[Hashes, npt.NDArray[np.float32] | None]]:
    """Return the fields `WEIGHED`, each with the factors of its words' rarity."""
    return [
        (pack.field("terms"), damped_counts(pack.field("counts"))),
        (pack.field("title"), None),
        (pack.field("lead"), None),
        (pack.field("entities"), np.divide(pack.field("saliences"), 255, dtype=np.float32)),
    ]


def _lengths(many: FeatureBatch, name: str) -> npt.NDArray[np.int32]:
    found: npt.NDArray[np.int32] = many.lengths[FIELDS.index(name)]
    return found
