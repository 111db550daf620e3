"""Words as numbers: the form in which texts are compared.

A word becomes a hash of its folded form, so that texts, rows and indexes hold four bytes a word in
any language. Shingles are hashes of five consecutive words (Broder 1997, "On the resemblance and
containment of documents").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features import character_classes, tokenizer

Hashes = npt.NDArray[np.uint32]

SHINGLE: Final = 5
"""Words in a shingle."""

MAX_WORDS: Final = 20_000
"""Words of a text that are used; it bounds the time that an enormous page can take."""

MAX_CHARACTERS: Final = MAX_WORDS * 12


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words in order: the hash, and whether each is capitalised, a number, short."""

    hashes: Hashes
    capital: npt.NDArray[np.bool_]
    number: npt.NDArray[np.bool_]
    short: npt.NDArray[np.bool_]
    starts: npt.NDArray[np.int64]
    """Offset of each word in the text."""

    def split(self, at: int) -> tuple[Words, Words]:
        """Return the words that begin before an offset, and the others."""
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
    """Return the first `MAX_WORDS` words of a text; a word is a run of letters and digits."""
    text = text[:MAX_CHARACTERS]
    return Words(
        *tokenizer.words(text, character_classes.KINDS, character_classes.FOLDED, MAX_WORDS)
    )


def shingles(hashes: Hashes, size: int = SHINGLE) -> Hashes:
    """Return the hash of every ``size`` consecutive words.

    A shorter text gives one hash of all its words.
    """
    return tokenizer.shingles(hashes, size)


def smallest(hashes: Hashes, most: int) -> Hashes:
    """Return the ``most`` smallest distinct hashes.

    The sample is chosen in the same way in any text, so that samples can be compared.
    """
    return tokenizer.distinct(hashes)[:most]
