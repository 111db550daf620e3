"""The commoner letters: what kind each is, and what it is without its case."""

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
"""Kind of each by its code point, in bits. Beyond lie emoji and letters few texts have."""
FOLDED: Final = np.array([_folded(chr(code)) for code in range(_TABLE)], dtype=np.uint32)
"""The code point of each without its case."""
