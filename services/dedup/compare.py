"""An article against many others: how alike they are in each respect.

Every column is a number the merge score is learned on; `COLUMNS` names them.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.dedup.frequencies import BUCKETS, MASK, Frequencies
from services.dedup.pack import FIELDS, Pack
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
Matrix = npt.NDArray[np.float64]
_INDEX = {name: i for i, name in enumerate(COLUMNS)}
_DAY = 86_400.0
_RECENT_DAYS = 3.0
_RECENT_UNKNOWN = 0.5
_GRAM_BUCKETS = 1 << 18
_GRAM_MASK = np.uint32(_GRAM_BUCKETS - 1)
_RARITY = 8.0


class Comparer:
    """Compares by looking each word up in a table; keeps the tables between calls."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._weights = np.zeros(BUCKETS, dtype=np.float32)
        self._present = np.zeros(_GRAM_BUCKETS, dtype=np.bool_)

    def pairs(self, one: Pack, many: Pack) -> Matrix:
        """``one`` article (a pack of one) against each of ``many``: one row a pair."""
        count = len(many)
        found = np.zeros((count, len(COLUMNS)))
        owners = {
            name: np.repeat(np.arange(count), many.lengths[i]) for i, name in enumerate(FIELDS)
        }
        column = {name: found[:, i] for name, i in _INDEX.items()}
        idf = self._frequencies.weights

        mine_w = idf(one.field("terms")) * _damped(one.field("counts"))
        theirs = many.field("terms")
        theirs_w = idf(theirs) * _damped(many.field("counts"))
        self._cosine(
            one.field("terms"), mine_w, theirs, theirs_w, owner=owners["terms"], out=column["body"]
        )
        column["inside"][:] = self._inside(
            one, mine_w, theirs, theirs_w, owner=owners["terms"], count=count
        )
        for name in ("title", "lead"):
            mine, other = one.field(name), many.field(name)
            self._cosine(mine, idf(mine), other, idf(other), owner=owners[name], out=column[name])
        column["heading"][:] = np.maximum(
            self._share(one.field("title"), theirs, owners["terms"], count),
            self._share_in(one.field("terms"), many.field("title"), owners["title"], count),
        )
        self._entities(one, many, owners["entities"], column)
        column["speaker"][:] = (many.facts[4] == one.facts[4, 0]) & (many.facts[4] != 0)

        smaller = np.minimum(np.minimum(many.facts[2], one.facts[2, 0]), len(one.field("grams")))
        smaller = np.maximum(1, np.minimum(smaller, many.lengths[FIELDS.index("grams")]))
        in_grams = self._common(one.field("grams"), many.field("grams"), owners["grams"], count)
        column["grams"][:] = in_grams / smaller
        in_text = self._common(one.field("grams"), many.field("quoted"), owners["quoted"], count)
        in_theirs = self._common(one.field("quoted"), many.field("grams"), owners["grams"], count)
        column["quotes"][:] = np.maximum(
            in_text / np.maximum(12, many.lengths[FIELDS.index("quoted")]),
            in_theirs / max(12, len(one.field("quoted"))),
        )
        same = np.isin(many.field("days"), one.field("days"))
        column["days"][:] = np.log1p(np.bincount(owners["days"], same, minlength=count))
        column["weekday"][:] = (many.facts[5] & one.facts[5, 0]) != 0
        apart = np.log1p(np.abs(many.facts[0] - one.facts[0, 0]) / _DAY)
        known = many.facts[1].astype(bool) & bool(one.facts[1, 0])
        column["gap"][:] = np.where(known, apart, 0.0)
        near = np.exp(-np.abs(many.facts[0] - one.facts[0, 0]) / (_RECENT_DAYS * _DAY))
        column["recent"][:] = np.where(known, near, _RECENT_UNKNOWN)
        return found

    def _cosine(
        self,
        mine: Hashes,
        mine_w: Any,
        theirs: Hashes,
        theirs_w: Any,
        *,
        owner: npt.NDArray[np.int64],
        out: npt.NDArray[np.float64],
    ) -> None:
        length = float(np.sqrt(np.dot(mine_w, mine_w)))
        if not length:
            return
        table, at = self._weights, mine & MASK
        table[at] = mine_w
        dots = np.bincount(owner, table[theirs & MASK] * theirs_w, minlength=len(out))
        table[at] = 0
        squares = np.bincount(owner, theirs_w * theirs_w, minlength=len(out))
        out[:] = dots / (np.sqrt(squares) * length + 1e-9)

    def _inside(
        self, one: Pack, mine_w: Any, theirs: Hashes, theirs_w: Any, *, owner: Any, count: int
    ) -> Any:
        table, at = self._weights, one.field("terms") & MASK
        table[at] = mine_w
        other = table[theirs & MASK]
        table[at] = 0
        both = np.bincount(owner, np.minimum(other, theirs_w), minlength=count)
        least = np.minimum(np.bincount(owner, theirs_w, minlength=count), float(mine_w.sum()))
        return both / np.maximum(40.0, least)

    def _share(self, mine: Hashes, theirs: Hashes, owner: Any, count: int) -> Any:
        """Share of the weight of ``mine`` that stands in theirs."""
        weights = self._frequencies.weights(mine)
        table, at = self._weights, mine & MASK
        table[at] = weights
        inside = np.bincount(owner, table[theirs & MASK], minlength=count)
        table[at] = 0
        return np.minimum(1.0, inside / max(1e-9, float(weights.sum()), 6.0))

    def _share_in(self, mine: Hashes, theirs: Hashes, owner: Any, count: int) -> Any:
        """Share of the weight of theirs that stands in ``mine``."""
        weights = self._frequencies.weights(theirs)
        table, at = self._weights, mine & MASK
        table[at] = 1
        inside = np.bincount(owner, table[theirs & MASK] * weights, minlength=count)
        table[at] = 0
        return inside / np.maximum(6.0, np.bincount(owner, weights, minlength=count))

    def _entities(self, one: Pack, many: Pack, owner: Any, column: dict[str, Any]) -> None:
        mine, theirs = one.field("entities"), many.field("entities")
        if not len(mine) or not len(theirs):
            return
        idf = self._frequencies.weights
        theirs_idf = idf(theirs)
        mine_w = idf(mine) * (one.field("saliences") / np.float32(255))
        theirs_w = theirs_idf * (many.field("saliences") / np.float32(255))
        self._cosine(mine, mine_w, theirs, theirs_w, owner=owner, out=column["entities"])
        self._weights[mine & MASK] = 1
        both = self._weights[theirs & MASK] * theirs_idf
        self._weights[mine & MASK] = 0
        np.maximum.at(column["rarest"], owner, both / _RARITY)

    def _common(self, mine: Hashes, theirs: Hashes, owner: Any, count: int) -> Any:
        """How many of ``mine`` stand in each of theirs."""
        if not len(mine) or not len(theirs):
            return np.zeros(count)
        at = mine & _GRAM_MASK
        self._present[at] = True
        common = np.bincount(owner, self._present[theirs & _GRAM_MASK], minlength=count)
        self._present[at] = False
        return common


def _damped(counts: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    return np.float32(1) + np.log(counts.astype(np.float32))
