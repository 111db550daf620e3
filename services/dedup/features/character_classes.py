"""Lookup tables for the characters of Unicode's first plane: their class and their lower case.

The classes follow the word boundaries of Unicode (UAX #29) where a script needs more than runs of
letters and digits: a vowel sign belongs to the word of its letter, and the scripts that are written
without spaces are read by pairs of characters, as search engines do.
"""

from __future__ import annotations

from typing import Final
from unicodedata import category

import numpy as np

WORD: Final = 1
"""Bit of a letter or digit of a script that parts words by spaces."""
DIGIT: Final = 2
"""Bit of a digit."""
CAPITAL: Final = 4
"""Bit of an upper-case letter."""
PAIRED: Final = 8
"""Bit of a letter of a script without spaces: each pair of neighbours counts as a word."""
MARK: Final = 16
"""Bit of a sign that belongs to the letter before it, such as a vowel sign."""
SILENT: Final = 32
"""Bit of a `MARK` that makes no difference: joiners and optional signs of Arabic and Hebrew."""

_TABLE_SIZE: Final = 1 << 16
"""Code points in the tables. Beyond them lie emoji and letters that few texts have."""
_PAIRED_RANGES: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # Han: the iteration mark, the closing mark and zero
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),  # Katakana
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),  # Han
    (0xA9E0, 0xA9FF),  # Burmese
    (0xAA60, 0xAA7F),  # Burmese
    (0xF900, 0xFAFF),  # Han
    (0xFF66, 0xFF9F),  # Katakana of half width
)
_SHARED_MARKS: Final = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
)  # fmt: skip
"""Accents that Latin, Greek and Cyrillic letters take, and variants of symbols. They end a word, as
in every version, so that the stored fingerprints of these scripts stay valid."""
_SILENT_RANGES: Final = (
    (0x0591, 0x05C7),  # Hebrew vowel points and accents
    (0x0610, 0x061A),  # Arabic signs
    (0x0640, 0x0640),  # Arabic elongation
    (0x064B, 0x065F),  # Arabic vowel signs
    (0x0670, 0x0670),  # Arabic vowel sign
    (0x200C, 0x200D),  # joiners
)


def _is_in(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _classify(code: int) -> int:
    character = chr(code)
    kind = category(character)
    if _is_in(code, _SILENT_RANGES) and kind in ("Mn", "Lm", "Cf"):
        return MARK | SILENT
    if kind in ("Mn", "Mc") and not _is_in(code, _SHARED_MARKS):
        return MARK
    digit = character.isdigit() * DIGIT
    if character.isalnum() and not digit and _is_in(code, _PAIRED_RANGES):
        return PAIRED
    return character.isalnum() * WORD | digit | character.isupper() * CAPITAL


def _lower_case(character: str) -> int:
    lower = character.lower()
    return ord(lower) if len(lower) == 1 else ord(character)


CHARACTER_CLASSES: Final = np.array(
    [_classify(code) for code in range(_TABLE_SIZE)], dtype=np.uint8
)
"""For each code point the bits that apply to it."""
LOWER_CASE: Final = np.array(
    [_lower_case(chr(code)) for code in range(_TABLE_SIZE)], dtype=np.uint32
)
"""For each code point that of its lower-case form, or itself where that has several characters."""
