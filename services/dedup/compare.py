"""An article against many others: how alike they are in each respect.

Every column is a number the merge score is learned on; `COLUMNS` names them.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.frequencies import BUCKETS, MASK, Frequencies
from services.dedup.pack import FIELDS, Pack
from services.dedup.series import form_shared
from services.dedup.text import Hashes

COLUMNS: Final = (
    "body",  # cosine of TF-IDF weights of all words
    "inside",  # share of the weight of the poorer text's words that the other has
    "title",  # cosine of the headlines
    "lead",  # cosine of headline and first words
    "heading",  # share of one headline's weight in the other's text, the better way round
    "entities",  # cosine of entities by salience and rarity
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
_GRAM_MASK = np.uint32(_GRAM_BUCKETS - 1)
_RARITY = 8.0
_ROWS = [FIELDS.index(name) for name in WEIGHED]
_TITLE = np.uint32(WEIGHED.index("title") * BUCKETS)
_DAY_CODES = 1 << 11
_DAMPED = np.ones(256, dtype=np.float32)
_DAMPED[1:] += np.log(np.arange(1, 256, dtype=np.float32))
"""Weight of a word by how often it stands in a text."""


class Comparer:
    """Compares by looking each word up in a table; keeps the tables between calls.

    Half a decision's time is spent here, on some ten thousand words of up to 64
    articles, in a few long steps: each step costs more to begin than to do. So the
    fields that are compared by their words' weights go through together.
    """

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._weights = np.zeros(len(WEIGHED) * BUCKETS, dtype=np.float32)
        self._present = np.zeros(_GRAM_BUCKETS, dtype=np.bool_)
        self._days = np.zeros(_DAY_CODES, dtype=np.bool_)

    def pairs(self, one: Pack, many: Pack) -> Matrix:
        """``one`` article (a pack of one) against each of ``many``: one row a pair.

        The columns `SHARED_TEXT` are 0.
        """
        found = np.zeros((len(many), len(COLUMNS)))
        column = {name: found[:, i] for name, i in _INDEX.items()}
        self._words(one, many, column)
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

    def _words(self, one: Pack, many: Pack, column: dict[str, Any]) -> None:
        """Fill the columns that are made of the weights of words."""
        mine, theirs = _Weighed(one, self._frequencies), _Weighed(many, self._frequencies)
        table, count = self._weights, len(many)
        table[mine.at] = mine.weights
        # `take` without a check of bounds is three times as fast as an index.
        hit = table.take(theirs.at, mode="clip")
        dots = _sums(hit * theirs.weights, theirs.lengths).reshape(-1, count)
        squares = _sums(theirs.weights * theirs.weights, theirs.lengths).reshape(-1, count)
        lengths = np.sqrt(_sums(mine.weights * mine.weights, mine.lengths))
        cosines = dots / (np.sqrt(squares) * lengths[:, None] + 1e-9)
        for name, cosine in zip(("body", "title", "lead", "entities"), cosines, strict=True):
            column[name][:] = cosine

        words, title = theirs.part("terms"), theirs.part("title")
        inside = _sums(np.minimum(hit[words], theirs.weights[words]), theirs.of("terms"))
        poorer = _sums(theirs.weights[words], theirs.of("terms"))
        poorer = np.minimum(poorer, float(mine.weights[mine.part("terms")].sum()))
        column["inside"][:] = inside / np.maximum(40.0, poorer)

        heading = table.take(theirs.at[words] + _TITLE, mode="clip")
        weight = float(mine.weights[mine.part("title")].sum())
        mine_in = np.minimum(1.0, _sums(heading, theirs.of("terms")) / max(6.0, weight))
        known = table.take(theirs.at[title] - _TITLE, mode="clip") > 0
        theirs_in = _sums(known * theirs.weights[title], theirs.of("title"))
        theirs_in = theirs_in / np.maximum(6.0, _sums(theirs.weights[title], theirs.of("title")))
        column["heading"][:] = np.maximum(mine_in, theirs_in)

        both = np.flatnonzero(hit[theirs.part("entities")])
        if len(both):
            owner = np.repeat(np.arange(count), theirs.of("entities"))[both]
            rare = theirs.rarity[theirs.part("entities")][both] / _RARITY
            np.maximum.at(column["rarest"], owner, rare)
        table[mine.at] = 0

    def _dates(self, one: Pack, many: Pack, column: dict[str, Any]) -> None:
        days = one.field("days")
        if len(days):
            self._days[days] = True
            same = _sums(self._days[many.field("days")].astype(np.float64), _lengths(many, "days"))
            self._days[days] = False
            column["days"][:] = np.log1p(same)
        column["weekday"][:] = (many.facts[5] & one.facts[5, 0]) != 0
        apart = np.abs(many.facts[0] - one.facts[0, 0])
        known = many.facts[1].astype(bool) & bool(one.facts[1, 0])
        column["gap"][:] = np.where(known, np.log1p(apart / _DAY), 0.0)
        near = np.exp(-apart / (_RECENT_DAYS * _DAY))
        column["recent"][:] = np.where(known, near, _RECENT_UNKNOWN)

    def _common(self, mine: Hashes, many: Pack, name: str) -> Matrix:
        """How many of ``mine`` stand in each one's field."""
        theirs = many.field(name)
        if not len(mine) or not len(theirs):
            return np.zeros(len(many))
        at = mine & _GRAM_MASK
        self._present[at] = True
        both = np.flatnonzero(self._present.take(theirs & _GRAM_MASK, mode="clip"))
        self._present[at] = False
        ends = np.cumsum(_lengths(many, name))
        owner = np.searchsorted(ends, both, side="right")
        return np.bincount(owner, minlength=len(many)).astype(np.float64)


class _Weighed:
    """What the fields `WEIGHED` of a pack hold, one field after the other: places and weights."""

    def __init__(self, pack: Pack, frequencies: Frequencies) -> None:
        fields = [pack.field(name) for name in WEIGHED]
        self._ends = np.cumsum([0, *map(len, fields)]).tolist()
        self._lengths = pack.lengths[_ROWS]
        self.lengths = self._lengths.ravel()
        """How many are whose: all of the first field, then all of the second."""
        every = np.concatenate(fields)
        self.rarity = frequencies.weights(every)
        self.at = every & MASK
        self.weights = self.rarity.copy()
        for number, name in enumerate(WEIGHED[1:], 1):
            self.at[self.part(name)] += np.uint32(number * BUCKETS)
        self.weights[self.part("terms")] *= _DAMPED.take(pack.field("counts"), mode="clip")
        self.weights[self.part("entities")] *= pack.field("saliences") / np.float32(255)

    def part(self, name: str) -> slice:
        """Where a field stands."""
        number = WEIGHED.index(name)
        return slice(self._ends[number], self._ends[number + 1])

    def of(self, name: str) -> npt.NDArray[np.int32]:
        """How many of a field are whose."""
        found: npt.NDArray[np.int32] = self._lengths[WEIGHED.index(name)]
        return found


def _lengths(many: Pack, name: str) -> npt.NDArray[np.int32]:
    found: npt.NDArray[np.int32] = many.lengths[FIELDS.index(name)]
    return found


def _sums(values: Any, lengths: npt.NDArray[np.int32]) -> Matrix:
    """Sum of each one's part of the values, which lie in a row."""
    sums = np.zeros(len(lengths))
    some = lengths.nonzero()[0]  # `reduceat` would give an empty part the value that follows
    if len(some):
        starts = (lengths.cumsum() - lengths)[some]
        sums[some] = np.add.reduceat(values, starts, dtype=np.float64)
    return sums
