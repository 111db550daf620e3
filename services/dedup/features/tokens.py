"""Turn a text into hashed tokens, the form in which texts are compared.

A word becomes a 32-bit hash of its lower-case form, so that features, rows and indexes hold
four bytes a word in any language. A shingle is a hash of five consecutive words
(Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.features import tokenizer
from services.dedup.features.character_classes import CHARACTER_CLASSES, LOWER_CASE

Hashes = npt.NDArray[np.uint32]

SHINGLE_WORDS: Final = 5
"""Words in a shingle."""

MAX_WORDS: Final = 20_000
"""Words of a text that are read, at most: bounds the time that an enormous page can take."""

MAX_CHARACTERS: Final = MAX_WORDS * 12
"""Characters of a text that are read, at most."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in order; each array has one item for each word."""

    hashes: Hashes
    is_capitalized: npt.NDArray[np.bool_]
    has_digit: npt.NDArray[np.bool_]
    is_short: npt.NDArray[np.bool_]
    """Whether the word has one or two characters, begins and ends in ASCII, and has no digit."""
    is_pair: npt.NDArray[np.bool_]
    """Whether it is a pair of characters of a script without spaces."""
    starts: npt.NDArray[np.int64]
    """Offset in the text at which the word begins."""

    def split_at(self, offset: int) -> tuple[Tokens, Tokens]:
        """Return the words that begin before an offset in the text, and the other words."""
        count = int(self.starts.searchsorted(offset))
        return self._slice(slice(None, count)), self._slice(slice(count, None))

    def _slice(self, which: slice) -> Tokens:
        return Tokens(
            self.hashes[which],
            self.is_capitalized[which],
            self.has_digit[which],
            self.is_short[which],
            self.is_pair[which],
            self.starts[which],
        )


def tokenize(text: str) -> Tokens:
    """Return the first `MAX_WORDS` words of a text.

    A word is a run of letters and digits with their vowel signs. Chinese, Japanese, Thai, Lao,
    Khmer and Burmese are written without spaces: there each pair of neighbouring characters counts
    as a word.
    """
    text = text[:MAX_CHARACTERS]
    return Tokens(*tokenizer.tokenize(text, CHARACTER_CLASSES, LOWER_CASE, MAX_WORDS))


def no_hashes() -> Hashes:
    """Return an empty array of hashes."""
    return np.zeros(0, dtype=np.uint32)


def shingles(hashes: Hashes, size: int = SHINGLE_WORDS) -> Hashes:
    """Return a hash of every ``size`` consecutive words, in order.

    A text with fewer words gives one hash of all its words; an empty text gives none.
    """
    return tokenizer.shingles(hashes, size)


def text_shingles(text: Tokens) -> Hashes:
    """Return the hash of a shingle that begins at each word of a text, in order.

    A pair of characters counts as half a word: five pairs would be six characters, which many
    texts share by chance. Otherwise as `shingles`.
    """
    if not text.is_pair.any():
        return shingles(text.hashes)
    return tokenizer.shingles_of_pairs(text.hashes, text.is_pair.view(np.uint8), SHINGLE_WORDS)


def half_words(text: Tokens) -> npt.NDArray[np.int64]:
    """Return how many half words come before each word of a text, and in all."""
    found: npt.NDArray[np.int64] = np.zeros(len(text.hashes) + 1, dtype=np.int64)
    np.cumsum(2 - text.is_pair.astype(np.int64), out=found[1:])
    return found


def bottom_k(hashes: Hashes, k: int) -> Hashes:
    """Return the ``k`` smallest distinct hashes, sorted.

    This is a bottom-k sketch: a sample of a set in which two texts choose the same members.
    """
    return tokenizer.sorted_unique(hashes)[:k]
