"""An article against many others: how alike they are in each respect.

Every column is a number the merge score is learned on; `COLUMNS` names them.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.features import similarity
from services.dedup.features.document_frequency import BUCKETS, Frequencies, damped
from services.dedup.features.feature_batch import FIELDS, Pack
from services.dedup.features.recurring_template import form_shared
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
"""Columns that `Comparer.pairs` leaves at 0: `Comparer.shared_text` fills them where they count."""
WEIGHED: Final = ("terms", "title", "lead", "entities")
"""Fields that are compared by the weights of what they hold."""
Matrix = npt.NDArray[np.float64]
_INDEX = {name: i for i, name in enumerate(COLUMNS)}
_DAY = 86_400.0
_RECENT_DAYS = 3.0
_RECENT_UNKNOWN = 0.5
_GRAM_BUCKETS = 1 << 18
_ROWS = [FIELDS.index(name) for name in WEIGHED]


class Comparer:
    """Compares by looking each word up in a table; keeps the tables between calls."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._weights = np.zeros((len(WEIGHED), BUCKETS), dtype=np.float32)
        self._present = np.zeros(_GRAM_BUCKETS, dtype=np.uint8)

    def pairs(self, one: Pack, many: Pack) -> Matrix:
        """``one`` article (a pack of one) against each of ``many``: one row a pair.

        The columns `SHARED_TEXT` are 0.
        """
        found = np.zeros((len(many), len(COLUMNS)))
        known = self._frequencies
        similarity.compare(
            _weighed(one), _weighed(many), many.lengths[_ROWS],
            known.logs, known.total, self._weights, found,
        )  # fmt: skip
        column = {name: found[:, i] for name, i in _INDEX.items()}
        column["speaker"][:] = (many.facts[4] == one.facts[4, 0]) & (many.facts[4] != 0)
        self._dates(one, many, column)
        return found

    def shared_text(self, one: Pack, many: Pack, found: Matrix) -> None:
        """Fill the columns `SHARED_TEXT` of rows that `pairs` made."""
        mine, quoted = one.field("grams"), one.field("quoted")
        smaller = np.minimum(np.minimum(many.facts[2], one.facts[2, 0]), len(mine))
        smaller = np.maximum(1, np.minimum(smaller, _lengths(many, "grams")))
        found[:, _INDEX["grams"]] = self._common(mine, many, "grams") / smaller
        found[:, _INDEX["quotes"]] = np.maximum(
            self._common(mine, many, "quoted") / np.maximum(12, _lengths(many, "quoted")),
            self._common(quoted, many, "grams") / max(12, len(quoted)),
        )

    def form(self, one: Pack, many: Pack) -> Matrix:
        """Share of the form that each has in common with ``one``; see `series`."""
        mine = one.field("skeleton")
        common = self._common(mine, many, "skeleton")
        return form_shared(common, len(mine), _lengths(many, "skeleton"))

    def _dates(self, one: Pack, many: Pack, column: dict[str, Any]) -> None:
        days = one.field("days")
        if len(days):
            same = self._common(days.astype(np.uint32), many, "days")
            column["days"][:] = np.log1p(same)
        column["weekday"][:] = (many.facts[5] & one.facts[5, 0]) != 0
        apart = np.abs(many.facts[0] - one.facts[0, 0])
        known = many.facts[1].astype(bool) & bool(one.facts[1, 0])
        column["gap"][:] = np.where(known, np.log1p(apart / _DAY), 0.0)
        near = np.exp(-apart / (_RECENT_DAYS * _DAY))
        column["recent"][:] = np.where(known, near, _RECENT_UNKNOWN)

    def _common(self, mine: Hashes, many: Pack, name: str) -> Matrix:
        """How many of ``mine`` stand in each one's field."""
        theirs = many.field(name).astype(np.uint32, copy=False)
        return similarity.common(mine, theirs, _lengths(many, name), self._present)


def _weighed(pack: Pack) -> list[tuple[Hashes, npt.NDArray[np.float32] | None]]:
    """The fields `WEIGHED`, each with what its words' rarity is multiplied by."""
    return [
        (pack.field("terms"), damped(pack.field("counts"))),
        (pack.field("title"), None),
        (pack.field("lead"), None),
        (pack.field("entities"), np.divide(pack.field("saliences"), 255, dtype=np.float32)),
    ]


def _lengths(many: Pack, name: str) -> npt.NDArray[np.int32]:
    found: npt.NDArray[np.int32] = many.lengths[FIELDS.index(name)]
    return found
