"""Style features of a line: its ends, case, digits and vocabulary."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from services.cleaning.text import line_features

SHORT = 240
"""Characters up to which the vocabulary of a line tells what it is."""

SENTENCE_ENDS = ".!?…。！？؟।۔"  # noqa: RUF001 - full stops of other scripts
_CLOSERS = "\"'”’»)]›“„*"  # noqa: RUF001 - quotation marks may stand behind a full stop
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts in which a character carries as much as about three Latin letters."""


def weight(text: str) -> int:
    """Return the length of a text in Latin letters; longer for East Asian scripts."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def ends_sentence(text: str) -> bool:
    """Return whether the line ends like a sentence, apart from closing quotes and brackets."""
    return text.rstrip(_CLOSERS)[-1:] in SENTENCE_ENDS if text[-1:] else False


def line_words(text: str) -> list[str]:
    """Return the words of a short line in lower case.

    Punctuation stays, because `tags:` tells more than `tags`.
    """
    return text.lower().split() if len(text) <= SHORT else []


STYLE_FEATURES = (
    "chars", "weight", "words", "letters_per_word", "commas", "ends", "starts", "capitals",
    "digits", "quotes", "bars", "colons",
)  # fmt: skip
"""Names of the columns of `style`, in order."""

_UPPER, _LOWER, _DIGIT, _COMMA, _SPACE, _BREAK, _END, _CLOSER, _COLON, _BAR, _WIDE_LETTER = range(
    1, 12
)
_TABLE_SIZE = 0x3000


_SIGNS = (
    (",،", _COMMA),
    (" ", _SPACE),
    ("\n", _BREAK),
    (SENTENCE_ENDS, _END),
    (_CLOSERS + "‘", _CLOSER),  # noqa: RUF001 - a quotation mark
    (":", _COLON),
    ("|»©→", _BAR),
)


def _class_table() -> NDArray[np.uint8]:
    """Return the character class of each code point below `_TABLE_SIZE`."""
    table = np.zeros(_TABLE_SIZE + 1, dtype=np.uint8)
    for i in range(_TABLE_SIZE):
        char = chr(i)
        if char.isupper():
            table[i] = _UPPER
        elif char.islower():
            table[i] = _LOWER
        elif char.isdigit():
            table[i] = _DIGIT
    for chars, kind in _SIGNS:
        for char in chars:
            if ord(char) < _TABLE_SIZE:
                table[ord(char)] = kind
    table[0x1100:0x1200] = _WIDE_LETTER
    table[0x2E80:] = _WIDE_LETTER
    return table


_CLASSES = _class_table()
_LATE = {
    ord(sign): kind
    for signals, kind in ((SENTENCE_ENDS, _END), ("\uff1a", _COLON), ("\uff0c\u3001", _COMMA))
    for sign in signals
    if ord(sign) >= _TABLE_SIZE
}


def style(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return style features of each line, one row each, columns as in `STYLE_FEATURES`."""
    return line_features.styles(list(texts), _CLASSES, _LATE)


def same_line(text: str, key: str, length: int) -> bool:
    """Return whether a line, folded, equals `key`, the fold of a line of `length` characters."""
    return (
        abs(len(text) - length) <= FOLDED_AWAY and bool(key) and line_features.folds_to(text, key)
    )


FOLDED_AWAY = 8
"""Characters by which the lengths of two equal lines may differ."""


def fold(text: str) -> str:
    """Return the key under which lines are compared: without case, punctuation and space."""
    return line_features.fold(text)


def learn_odds(
    documents: Iterable[Sequence[tuple[Iterable[str], bool]]], fewest: int, least: float
) -> dict[str, float]:
    """Learn for every word the log-odds of being kept.

    A document is a list of (words, kept); a word counts once a document and side. Words in fewer
    than `fewest` documents, or with log-odds below `least` in absolute value, are left out.
    """
    kept: dict[str, int] = {}
    dropped: dict[str, int] = {}
    for document in documents:
        for side, counts in ((True, kept), (False, dropped)):
            for word in {w for words, keep in document if keep is side for w in words}:
                counts[word] = counts.get(word, 0) + 1
    total_kept, total_dropped = max(1, sum(kept.values())), max(1, sum(dropped.values()))
    odds = {}
    for word in kept.keys() | dropped.keys():
        k, d = kept.get(word, 0), dropped.get(word, 0)
        if k + d >= fewest:
            value = math.log((k + 1) / total_kept) - math.log((d + 1) / total_dropped)
            if abs(value) >= least:
                odds[word] = round(value, 1)
    return odds


def count_words(text: str) -> int:
    """Return the number of words; two East Asian characters count as one word."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text.split()) + wide // 2
