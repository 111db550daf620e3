"""Split a text into paragraphs of a size that a model can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_PARAGRAPH_CHARS = 5_000
"""Longest text given to a model at once, in characters; a longer paragraph is split."""

MAX_WORD_CHARS = 200
"""A longer run without white space is no word (a data URI, a broken page) and is left out."""

_LINE = re.compile(r"[^\n]+")
_ENDLESS = re.compile(rf"\S{{{MAX_WORD_CHARS + 1},}}")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s")


class Paragraph(NamedTuple):
    """A paragraph and its offset in the text it was taken from."""

    start: int
    text: str


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of `text` in order, none blank, none over the limit.

    Every yielded text is a slice of `text` from its `start`.
    """
    for line in _LINE.finditer(text):
        for piece in _without_endless_words(line.start(), line.group()):
            yield from _bounded(piece)


def _without_endless_words(start: int, line: str) -> Iterator[Paragraph]:
    if len(line) <= MAX_WORD_CHARS:
        yield Paragraph(start, line)
        return
    done = 0
    for word in _ENDLESS.finditer(line):
        yield Paragraph(start + done, line[done : word.start()])
        done = word.end()
    yield Paragraph(start + done, line[done:])


def _bounded(piece: Paragraph) -> Iterator[Paragraph]:
    start, text = piece
    while len(text) > MAX_PARAGRAPH_CHARS:
        cut = _cut(text[:MAX_PARAGRAPH_CHARS])
        yield Paragraph(start, text[:cut])
        start, text = start + cut, text[cut:]
    if text and not text.isspace():
        yield Paragraph(start, text)


def _cut(window: str) -> int:
    """Return where to split: after the last sentence in the second half, else at a space."""
    ends = [match.end() for match in _SENTENCE_END.finditer(window, len(window) // 2)]
    if ends:
        return ends[-1]
    blank = window.rfind(" ")
    return blank + 1 if blank > 0 else len(window)
