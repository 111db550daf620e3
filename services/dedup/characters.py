"""The characters of a text as numbers, and what kind each is, for all of them at once."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

WORD: Final = np.uint8(1)
"""A letter or digit."""
DIGIT: Final = np.uint8(2)
CAPITAL: Final = np.uint8(4)
DECIMAL: Final = np.uint8(8)
"""A digit that stands for a place in a number; a superscript does not."""

Codes = npt.NDArray[np.uint32]
_TABLE: Final = 1 << 16


def _kind(letter: str) -> int:
    return int(
        letter.isalnum() * WORD
        | letter.isdigit() * DIGIT
        | letter.isupper() * CAPITAL
        | letter.isdecimal() * DECIMAL
    )


def _folded(letter: str) -> int:
    lower = letter.lower()
    return ord(lower) if len(lower) == 1 else ord(letter)


_KINDS = np.array([_kind(chr(code)) for code in range(_TABLE)], dtype=np.uint8)
_FOLDED = np.array([_folded(chr(code)) for code in range(_TABLE)], dtype=np.uint32)


def codes(text: str) -> Codes:
    """Code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def kinds(letters: Codes) -> npt.NDArray[np.uint8]:
    """Kind of each character: `WORD`, `DIGIT`, `CAPITAL`, `DECIMAL` in bits."""
    return _looked_up(_KINDS, letters, _kind)


def folded(letters: Codes) -> Codes:
    """Each character without its case."""
    return _looked_up(_FOLDED, letters, _folded)


def _looked_up(table: npt.NDArray[Any], letters: Codes, rule: Any) -> npt.NDArray[Any]:
    found = table.take(letters, mode="clip")
    if len(letters) and letters.max() >= _TABLE:
        beyond = np.flatnonzero(letters >= _TABLE)
        # Emoji, and rare letters: few in any text, so a table of a million is not worth it.
        which, where = np.unique(letters[beyond], return_inverse=True)
        found[beyond] = np.array([rule(chr(code)) for code in which.tolist()])[where]
    return found
