"""What a line's own characters and words say: ends, case, digits, vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_WORD = re.compile(r"[^\W\d_]+|\d+|[©@#»|→•]")
_SHORT = 30
"""Words up to which a line is short enough that its vocabulary tells what it is."""

SENTENCE_ENDS = ".!?…。！？؟।۔"  # noqa: RUF001 - full stops of other scripts
_CLOSERS = "\"'”’»)]›“„*"  # noqa: RUF001 - quotation marks may stand behind a full stop
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts in which one character says as much as about three Latin letters."""


def weight(text: str) -> int:
    """Length of a text in Latin letters' worth; longer for East Asian scripts."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether the line ends as a sentence does, closing quotes and brackets aside."""
    return text.rstrip(_CLOSERS)[-1:] in SENTENCE_ENDS if text[-1:] else False


def line_words(text: str) -> list[str]:
    """The vocabulary of a short line: lower-case words, `0` for numbers, telling signs."""
    found = _WORD.findall(text[:400].lower())
    return ["0" if word[0].isdigit() else word for word in found]


def vocabulary_score(text: str, odds: Mapping[str, float]) -> tuple[float, float]:
    """Mean and lowest log-odds of a short line's words; zeros for a long line."""
    if len(text) > 8 * _SHORT:
        return 0.0, 0.0
    known = [odds.get(word, 0.0) for word in line_words(text)]
    return (sum(known) / len(known), min(known)) if known else (0.0, 0.0)


STYLE_FEATURES = ["chars", "weight", "words", "letters_per_word", "commas", "ends", "starts", "capitals", "digits", "quotes", "bar", "colon_at"]


def style(text: str, heavy: int) -> list[float]:
    """Numbers on a line's form, in the order of `STYLE_FEATURES`."""
    words = text.count(" ") + 1
    last, first = text[-1], text[0]
    if ends_sentence(text):
        ends = 3.0
    elif last in ":：":  # noqa: RUF001 - also the full-width colon
        ends = 2.0
    elif last.isalnum():
        ends = 0.0
    else:
        ends = 1.0
    if first.isupper():
        starts = 3.0
    elif first.islower():
        starts = 2.0
    elif first.isdigit():
        starts = 1.0
    else:
        starts = 0.0
    head = text[:160]
    parts = head.split(" ")
    capitals = sum([part[:1].isupper() for part in parts]) / len(parts)
    digits = sum(map(head.count, "0123456789")) / len(head)
    return [
        len(text),
        heavy,
        words,
        len(text) / words,
        text.count(",") / words,
        ends,
        starts,
        capitals,
        digits,
        float(first in "\"'“‘«„"),  # noqa: RUF001
        float("|" in head or "»" in head or "©" in head),
        head.find(": ") if ": " in head[:40] else -1,
    ]


def fold(text: str) -> str:
    """Key under which two lines count as the same: case, punctuation and space dropped."""
    return "".join(filter(str.isalnum, text.lower()))


def learn_odds(
    documents: Iterable[Sequence[tuple[Iterable[str], bool]]], fewest: int, least: float
) -> dict[str, float]:
    """Log-odds of being kept for every word.

    A document is a list of (words, kept); a word counts once a document and side.
    Words in fewer than `fewest` documents, or with log-odds below `least` in
    absolute value, are left out.
    """
    import math  # noqa: PLC0415 - development only

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
    """Words of a text; two East Asian characters count as one word."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text.split()) + wide // 2
