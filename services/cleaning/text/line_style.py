"""Properties of a single line: length, sentence ends, words, character classes, equality."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from services.cleaning.text import line_features
from services.languages.sentence_ends import CLOSING_MARKS, SENTENCE_END_MARKS

MAX_SHORT_LINE = 240
"""Characters up to which the vocabulary of a line is a feature of the models."""

_CLOSERS = CLOSING_MARKS + "›“„*"  # noqa: RUF001 - quotation marks and a bold mark
"""Characters that may follow the mark at the end of a line that is a sentence."""
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts in which one character carries as much text as about three Latin letters."""


def weight(text: str) -> int:
    """Return the length of a text; characters of East Asian scripts count as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def ends_sentence(text: str) -> bool:
    """Return whether a line ends a sentence, ignoring closing quotes and brackets."""
    return text.rstrip(_CLOSERS)[-1:] in SENTENCE_END_MARKS if text[-1:] else False


def line_words(text: str) -> list[str]:
    """Return the words of a short line in lower case, or none for a longer line.

    Punctuation is kept: `tags:` is more informative than `tags`.
    """
    return text.lower().split() if len(text) <= MAX_SHORT_LINE else []


STYLE_FEATURES = (
    "chars", "weight", "words", "letters_per_word", "commas", "ends", "starts", "capitals",
    "digits", "quotes", "bars", "colons",
)  # fmt: skip
"""Names of the columns of `style_features`, in order."""

_UPPER, _LOWER, _DIGIT, _COMMA, _SPACE, _BREAK, _END, _CLOSER, _COLON, _BAR, _WIDE_LETTER = range(
    1, 12
)
_TABLE_SIZE = 0x3000

_CLASS_OF_MARKS = (
    (",،", _COMMA),
    (" ", _SPACE),
    ("\n", _BREAK),
    (SENTENCE_END_MARKS, _END),
    (_CLOSERS + "‘", _CLOSER),  # noqa: RUF001 - a quotation mark
    (":", _COLON),
    ("|»©→", _BAR),
)


def _class_table() -> NDArray[np.uint8]:
    """Return the class of each code point below `_TABLE_SIZE`; the last entry is for the rest."""
    table = np.zeros(_TABLE_SIZE + 1, dtype=np.uint8)
    for i in range(_TABLE_SIZE):
        char = chr(i)
        if char.isupper():
            table[i] = _UPPER
        elif char.islower():
            table[i] = _LOWER
        elif char.isdigit():
            table[i] = _DIGIT
    for chars, kind in _CLASS_OF_MARKS:
        for char in chars:
            if ord(char) < _TABLE_SIZE:
                table[ord(char)] = kind
    table[0x1100:0x1200] = _WIDE_LETTER
    table[0x2E80:] = _WIDE_LETTER
    return table


_CLASSES = _class_table()
_CLASSES_BEYOND_TABLE = {
    ord(sign): kind
    for signs, kind in ((SENTENCE_END_MARKS, _END), ("\uff1a", _COLON), ("\uff0c\u3001", _COMMA))
    for sign in signs
    if ord(sign) >= _TABLE_SIZE
}


def style_features(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return features of the form of each line, one row a line, columns `STYLE_FEATURES`."""
    return line_features.style_features(list(texts), _CLASSES, _CLASSES_BEYOND_TABLE)


def is_same_line(text: str, key: str, length: int) -> bool:
    """Return whether a line equals another one after folding.

    `key` is the fold of the other line and `length` its number of characters.
    """
    return (
        abs(len(text) - length) <= FOLD_TOLERANCE
        and bool(key)
        and line_features.folds_to(text, key)
    )


FOLD_TOLERANCE = 8
"""Characters by which two equal lines may differ in length before they are folded."""


def fold(text: str) -> str:
    """Return the key by which lines are compared: no case, punctuation or white space."""
    return _cached_fold(text) if len(text) <= MAX_SHORT_LINE else line_features.fold(text)


_cached_fold = lru_cache(maxsize=256)(line_features.fold)
"""The titles and names of a page are compared again and again."""


def count_words(text: str) -> int:
    """Return the number of words of a text; two East Asian characters count as one word."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text.split()) + wide // 2
