"""Lookup tables for the characters of Unicode's first plane: their class and their lower case."""

from __future__ import annotations

from typing import Final

import numpy as np

WORD: Final = 1
"""Bit of a letter or digit."""
DIGIT: Final = 2
"""Bit of a digit."""
CAPITAL: Final = 4
"""Bit of an upper-case letter."""

_TABLE_SIZE: Final = 1 << 16
"""Code points in the tables. Beyond them lie emoji and letters that few texts have."""


def _classify(character: str) -> int:
    return character.isalnum() * WORD | character.isdigit() * DIGIT | character.isupper() * CAPITAL


def _lower_case(character: str) -> int:
    lower = character.lower()
    return ord(lower) if len(lower) == 1 else ord(character)


CHARACTER_CLASSES: Final = np.array(
    [_classify(chr(code)) for code in range(_TABLE_SIZE)], dtype=np.uint8
)
"""For each code point the bits `WORD`, `DIGIT` and `CAPITAL` that apply to it."""
LOWER_CASE: Final = np.array(
    [_lower_case(chr(code)) for code in range(_TABLE_SIZE)], dtype=np.uint32
)
"""For each code point that of its lower-case form, or itself where that has several characters."""
