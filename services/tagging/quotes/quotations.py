"""Find the quotations in a text by their marks: straight, curly, angle and single ones.

Which quotations are speech, and who speaks, is decided in `attribution`: a verb of speech
beside a quotation is the most reliable evidence for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from services.tagging.paragraphs import Paragraph
from services.tagging.word_lists import QUOTATION_ELISIONS, alternatives

MAX_QUOTATION_CHARS = 20_000
"""Longest quotation, in characters (the contract's bound); a longer one is due to a stray mark."""

_DOUBLE_MARK = re.compile(r'["“”„‟«»]')
_OPENING, _CLOSING = "“„‟«", "”»"
_SINGLE_OPEN = re.compile(r"(?:^|(?<=[\s(\[—–-]))['‘‚](?=[^\W\d_])")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s])['’](?=[\s,.;:!?)\]—–-]|$)")
_ELISION = re.compile(rf"['’](?:{alternatives(QUOTATION_ELISIONS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation; its offsets exclude the marks."""

    start: int
    end: int
    paragraph: int
    """Index of its paragraph."""
    continued: bool
    """Whether it is open at the end of its paragraph, and the next paragraph begins with a
    quotation that continues it."""


class _MarkedSpan(NamedTuple):
    """The text between two marks of a paragraph; offsets count in the paragraph."""

    start: int
    end: int
    continued: bool = False

    def overlaps(self, other: _MarkedSpan) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: _MarkedSpan) -> bool:
        return self.start <= other.start and other.end <= self.end


def find_quotations(paragraphs: list[Paragraph]) -> list[Quotation]:
    """Return the quotations of a text in order; none overlap, none is blank."""
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        double = list(_double_quoted(paragraph.text, following))
        for span in _without_overlaps(double, list(_single_quoted(paragraph.text))):
            inner = paragraph.text[span.start : span.end]
            start = paragraph.start + span.end - len(inner.lstrip())
            end = paragraph.start + span.start + len(inner.rstrip())
            if start < end <= start + MAX_QUOTATION_CHARS:
                found.append(Quotation(start, end, number, span.continued))
    return found


def _without_overlaps(double: list[_MarkedSpan], single: list[_MarkedSpan]) -> list[_MarkedSpan]:
    """Return the spans in order: of two nested ones the outer, of two that cross the double one.

    A single mark is less reliable than a double one, for it may be an apostrophe.
    """
    outer_single = [
        span
        for span in single
        if all(span.contains(other) for other in double if span.overlaps(other))
    ]
    outer_double = [
        span for span in double if not any(span.overlaps(other) for other in outer_single)
    ]
    return sorted(outer_double + outer_single)


def _double_quoted(text: str, following: str) -> Iterator[_MarkedSpan]:
    """Yield the spans between double marks; nested marks belong to the outer span.

    `following` is the text of the next paragraph. A span that is open at the end of `text` is
    yielded if the next paragraph begins with an opening mark, or if its own mark is not
    straight.
    """
    start, depth, is_directed = -1, 0, False
    for match in _DOUBLE_MARK.finditer(text):
        at, mark = match.start(), match.group()
        if start < 0:
            # German and Russian close with the mark with which English opens.
            if mark in _OPENING or (mark == '"' and _can_only_open(text, at)):
                start, depth, is_directed = at + 1, 1, mark != '"'
        elif mark in _OPENING and is_directed and _can_only_open(text, at):
            depth += 1
        elif mark in _CLOSING or mark == '"' or not _can_only_open(text, at):
            depth -= 1
            if depth == 0 or mark == '"':
                yield _MarkedSpan(start, at)
                start = -1
    if start >= 0:
        continued = following[:1] != "" and following[0] in '"' + _OPENING
        if continued or is_directed:
            yield _MarkedSpan(start, len(text), continued)


def _can_only_open(text: str, at: int) -> bool:
    """Return whether a mark has a blank or bracket before it and a word after it."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return (not before or before.isspace() or before in "([—–-:'‘“") and not after.isspace()


def _single_quoted(text: str) -> Iterator[_MarkedSpan]:
    """Yield the spans between single marks, in order and without overlaps."""
    if "'" not in text and "‘" not in text:
        return
    done = 0
    for opening in _SINGLE_OPEN.finditer(text):
        if opening.start() < done or _ELISION.match(text, opening.start()):
            continue
        ends = [match.start() for match in _SINGLE_CLOSE.finditer(text, opening.end() + 1)]
        if not ends:
            return
        # "the workers' pay": a mark after "s" may be a possessive; another one is preferred.
        end = next((end for end in ends if not _may_be_possessive(text, end)), ends[-1])
        yield _MarkedSpan(opening.end(), end)
        done = end + 1


def _may_be_possessive(text: str, end: int) -> bool:
    return text[end - 1] == "s" and text[end + 1 : end + 3].strip(" ")[:1].islower()
