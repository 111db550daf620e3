"""Cut any text into paragraphs that a model can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.languages.sentence_ends import SENTENCE_END

MAX_PARAGRAPH_CHARS = 5_000
"""Longest text given to a model at once, in characters; a longer paragraph is cut."""

MAX_WORD_CHARS = 200
"""A longer run without white space is not a word (a data URI, a broken page) and is left out."""

_LINE = re.compile(r"[^\n]+")
_OVERLONG_WORD = re.compile(rf"\S{{{MAX_WORD_CHARS + 1},}}")


class Paragraph(NamedTuple):
    """A paragraph, and its start offset in the text it was cut from."""

    start: int
    text: str


def split_paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of `text` in order; none is blank, none is above the limit.

    Every paragraph is a slice of `text` from its `start`.
    """
    for line in _LINE.finditer(text):
        for piece in _without_overlong_words(line.start(), line.group()):
            yield from _within_limit(piece)


def _without_overlong_words(start: int, line: str) -> Iterator[Paragraph]:
    if len(line) <= MAX_WORD_CHARS:
        yield Paragraph(start, line)
        return
    done = 0
    for word in _OVERLONG_WORD.finditer(line):
        yield Paragraph(start + done, line[done : word.start()])
        done = word.end()
    yield Paragraph(start + done, line[done:])


def _within_limit(piece: Paragraph) -> Iterator[Paragraph]:
    start, text = piece
    while len(text) > MAX_PARAGRAPH_CHARS:
        cut = _cut_offset(text[:MAX_PARAGRAPH_CHARS])
        yield Paragraph(start, text[:cut])
        start, text = start + cut, text[cut:]
    if text and not text.isspace():
        yield Paragraph(start, text)


def _cut_offset(window: str) -> int:
    """Return where to cut: after the last sentence in the second half, else after a blank."""
    ends = [match.end() for match in SENTENCE_END.finditer(window, len(window) // 2)]
    if ends:
        return ends[-1]
    blank = window.rfind(" ")
    return blank + 1 if blank > 0 else len(window)
