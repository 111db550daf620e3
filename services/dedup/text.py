"""Words as numbers: the form in which texts are compared.

A word becomes a hash of its folded form, so that texts, rows and indexes hold four
bytes a word in any language. Shingles are hashes of five words in a row
(Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup import characters

Hashes = npt.NDArray[np.uint32]

SHINGLE: Final = 5
"""Words in a shingle."""

MAX_WORDS: Final = 20_000
"""Words of a text that are looked at: bounds the time an enormous page can take."""

MAX_CHARACTERS: Final = MAX_WORDS * 12
_BASE: Final = 0x9E3779B97F4A7C15
_UP = np.full(MAX_CHARACTERS, _BASE, dtype=np.uint64).cumprod()
_DOWN = np.full(MAX_CHARACTERS, pow(_BASE, -1, 1 << 64), dtype=np.uint64).cumprod()
"""Powers of a number and of its inverse, modulo 2 to the 64th."""

_TERM_FROM = 3
_STEM_FROM = 4
_LETTER_S = ord("s")
_ASCII = 128
_POWERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 1],
    dtype=np.uint64,
)
_FIRST = np.zeros(1, dtype=np.int64)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words in order: hash, and whether each is capitalised, a number, short."""

    hashes: Hashes
    capital: npt.NDArray[np.bool_]
    number: npt.NDArray[np.bool_]
    short: npt.NDArray[np.bool_]
    starts: npt.NDArray[np.int64]
    """Where in the text each begins."""

    def split(self, at: int) -> tuple[Words, Words]:
        """Return the words that begin before a place in the text, and the others."""
        count = int(self.starts.searchsorted(at))
        return self._part(slice(None, count)), self._part(slice(count, None))

    def _part(self, which: slice) -> Words:
        return Words(
            self.hashes[which],
            self.capital[which],
            self.number[which],
            self.short[which],
            self.starts[which],
        )


def words(text: str) -> Words:
    """Return the first `MAX_WORDS` words of a text: runs of letters and digits.

    A word's hash is a polynomial in its letters, got for all words at once from sums
    over the text (Karp and Rabin 1987), then mixed.
    """
    letters = characters.codes(text[:MAX_CHARACTERS])
    kinds = characters.kinds(letters)
    inside = np.zeros(len(letters) + 2, dtype=np.bool_)
    np.bitwise_and(kinds, characters.WORD, out=inside[1:-1], casting="unsafe")
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[: 2 * MAX_WORDS : 2], edges[1 : 2 * MAX_WORDS : 2]
    if not len(starts):
        none = np.zeros(0, dtype=np.bool_)
        return Words(np.zeros(0, dtype=np.uint32), none, none, none, starts)
    folded = characters.folded(letters)
    last, sizes = folded[ends - 1], ends - starts
    plural = (last == _LETTER_S) & (sizes >= _STEM_FROM) & (folded[ends - 2] != _LETTER_S)
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(folded * _UP[: len(folded)], out=sums[1:])
    hashes = (sums[ends - plural] - sums[starts]) * _DOWN[starts]
    hashes ^= hashes >> np.uint64(29)
    hashes *= _MIX
    number = np.zeros(len(starts), dtype=np.bool_)
    digits = np.flatnonzero(kinds[: ends[-1]] & characters.DIGIT)
    number[starts.searchsorted(digits, side="right") - 1] = True
    return Words(
        hashes=(hashes >> np.uint64(32)).astype(np.uint32),
        capital=(kinds[starts] & characters.CAPITAL) != 0,
        number=number,
        short=(sizes < _TERM_FROM) & (letters[starts] < _ASCII) & (last < _ASCII) & ~number,
        starts=starts,
    )


def shingles(hashes: Hashes, size: int = SHINGLE) -> Hashes:
    """Hash of every ``size`` words in a row, in order; a shorter text gives one of what it has."""
    if not len(hashes):
        return np.zeros(0, dtype=np.uint32)
    wide = hashes.astype(np.uint64)
    size = min(size, len(wide))
    mixed = np.zeros(len(wide) - size + 1, dtype=np.uint64)
    for i in range(size):
        mixed += wide[i : len(wide) - size + 1 + i] * _POWERS[i]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)


def distinct(hashes: Hashes) -> Hashes:
    """Return the distinct hashes, sorted; faster than `numpy.unique` on a few hundred."""
    if not len(hashes):
        return hashes
    ranked = np.sort(hashes)
    new = np.empty(len(ranked), dtype=np.bool_)
    new[0] = True
    np.not_equal(ranked[1:], ranked[:-1], out=new[1:])
    return ranked[new]


def counted(hashes: Hashes) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """Return the distinct hashes, sorted, and how often each comes."""
    ranked = np.sort(hashes)
    new = np.flatnonzero(ranked[1:] != ranked[:-1]) + 1
    starts = np.concatenate((_FIRST[: len(ranked)], new))
    return ranked[starts], np.diff(starts, append=len(ranked))


def smallest(hashes: Hashes, most: int) -> Hashes:
    """Return the ``most`` smallest distinct hashes: a sample that two texts choose alike."""
    return distinct(hashes)[:most]


def shared(left: Hashes, right: Hashes) -> int:
    """How many of two sorted sets of hashes are in both."""
    if not len(left) or not len(right):
        return 0
    at = np.searchsorted(right, left)
    at[at == len(right)] = 0
    return int(np.count_nonzero(right[at] == left))
