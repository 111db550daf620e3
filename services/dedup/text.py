"""Words as numbers: the form in which texts are compared.

A word becomes the CRC-32 of its folded form, so that texts, rows and indexes hold
four bytes a word in any language. Shingles are hashes of five words in a row
(Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]

SHINGLE: Final = 5
"""Words in a shingle."""

MAX_WORDS: Final = 20_000
"""Words of a text that are looked at: bounds the time an enormous page can take."""

_WORD = re.compile(r"[^\W_]+")
_CAPITAL, _NUMBER, _SHORT = 1 << 32, 1 << 33, 1 << 34
_KNOWN_WORDS = 300_000
_STEM_FROM = 4
_TERM_FROM = 3
_POWERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 1],
    dtype=np.uint64,
)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


def word_hash(word: str) -> int:
    """32-bit hash of a word, without case and (English) plural s."""
    folded = word.lower()
    if len(folded) >= _STEM_FROM and folded.endswith("s") and not folded.endswith("ss"):
        folded = folded[:-1]
    return crc32(folded.encode())


class _Codes(dict[str, int]):
    """Word to hash and flags; forgets all when full, so that memory stays bounded."""

    def __missing__(self, word: str) -> int:
        code = word_hash(word)
        if word[0].isupper():
            code |= _CAPITAL
        if not word.isalpha() and any(letter.isdigit() for letter in word):
            code |= _NUMBER
        elif len(word) < _TERM_FROM and word.isascii():
            code |= _SHORT
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        self[word] = code
        return code


_CODES = _Codes()


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words in order: hash, and whether each is capitalised, a number, short."""

    hashes: Hashes
    capital: npt.NDArray[np.bool_]
    number: npt.NDArray[np.bool_]
    short: npt.NDArray[np.bool_]


def words(text: str) -> Words:
    """Return the first `MAX_WORDS` words of a text."""
    found = _WORD.findall(text[: MAX_WORDS * 12])[:MAX_WORDS]
    codes = np.array([_CODES[word] for word in found], dtype=np.uint64)
    return Words(
        hashes=codes.astype(np.uint32),
        capital=(codes & np.uint64(_CAPITAL)) != 0,
        number=(codes & np.uint64(_NUMBER)) != 0,
        short=(codes & np.uint64(_SHORT)) != 0,
    )


def shingles(hashes: Hashes) -> Hashes:
    """Hash of every five words in a row, in order; a shorter text gives one of what it has."""
    if not len(hashes):
        return np.zeros(0, dtype=np.uint32)
    wide = hashes.astype(np.uint64)
    size = min(SHINGLE, len(wide))
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
