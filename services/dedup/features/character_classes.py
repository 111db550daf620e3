"""Tables of the common characters: the class of each, and its case-folded form."""

from __future__ import annotations

from typing import Final

import numpy as np

WORD: Final = 1
"""A letter or digit."""
DIGIT: Final = 2
CAPITAL: Final = 4

_TABLE: Final = 1 << 16


def _kind(letter: str) -> int:
    return letter.isalnum() * WORD | letter.isdigit() * DIGIT | letter.isupper() * CAPITAL


def _folded(letter: str) -> int:
    lower = letter.lower()
    return ord(lower) if len(lower) == 1 else ord(letter)


KINDS: Final = np.array([_kind(chr(code)) for code in range(_TABLE)], dtype=np.uint8)
"""Class of each character by code point, as bits. Emoji and rare scripts lie beyond the table."""
FOLDED: Final = np.array([_folded(chr(code)) for code in range(_TABLE)], dtype=np.uint32)
"""Code point of each character without its case."""
