"""Find the quotations in a text: straight, curly, angle and single marks, over paragraphs.

Only the marks are read here. Who speaks, and whether a quotation is speech at all, is decided in
`speakers.py`, because a verb of speech is the best evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.tagging.paragraphs import Paragraph

MAX_QUOTE_CHARS = 20_000
"""Longest quotation, in characters (limit of the contract); a longer one is a misplaced mark."""

_DOUBLE = re.compile(r'["“”„‟«»]')
_OPENING, _CLOSING = "“„‟«", "”»"
_SINGLE_OPEN = re.compile(r"(?:^|(?<=[\s(\[—–-]))['‘‚](?=[^\W\d_])")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s])['’](?=[\s,.;:!?)\]—–-]|$)")
_ELISION = re.compile(r"['’](?:em|til|tis|twas|cause|n|round|bout)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """The text between two marks, without them."""

    start: int
    end: int
    paragraph: int
    """Number of its paragraph, from 0."""
    continued: bool
    """The paragraph ends within the quotation, which the next paragraph's quotation continues."""


def find_quotations(paragraphs: list[Paragraph]) -> list[Quotation]:
    """Return the quotations of a text in order; none overlap, none is blank."""
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        spans = list(_double(paragraph.text, following))
        spans += [
            (start, end, False)
            for start, end in _single(paragraph.text)
            if not any(start < last and first < end for first, last, _ in spans)
        ]
        for span_start, span_end, continued in sorted(spans):
            inner = paragraph.text[span_start:span_end]
            start = paragraph.start + span_end - len(inner.lstrip())
            end = paragraph.start + span_start + len(inner.rstrip())
            if start < end <= start + MAX_QUOTE_CHARS:
                found.append(Quotation(start, end, number, continued))
    return found


def _double(text: str, following: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the ranges between double marks; nested marks belong to the outer range."""
    opened, depth, curly = -1, 0, False
    for mark in _DOUBLE.finditer(text):
        at, sign = mark.start(), mark.group()
        if opened < 0:
            # German and Russian close with the mark that English opens with.
            if sign in _OPENING or (sign == '"' and _opens(text, at)):
                opened, depth, curly = at + 1, 1, sign != '"'
        elif sign in _OPENING and curly and _opens(text, at):
            depth += 1
        elif sign in _CLOSING or sign == '"' or not _opens(text, at):
            depth -= 1
            if depth == 0 or sign == '"':
                yield opened, at, False
                opened = -1
    if opened >= 0:
        goes_on = following[:1] != "" and following[0] in '"' + _OPENING
        if goes_on or curly:
            yield opened, len(text), goes_on


def _opens(text: str, at: int) -> bool:
    """Return whether a mark here can only open: a space or bracket before it, a word after it."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return (not before or before.isspace() or before in "([—–-:'‘“") and not after.isspace()


def _single(text: str) -> Iterator[tuple[int, int]]:
    if "'" not in text and "‘" not in text:
        return
    done = 0
    for opening in _SINGLE_OPEN.finditer(text):
        if opening.start() < done or _ELISION.match(text, opening.start()):
            continue
        ends = [match.start() for match in _SINGLE_CLOSE.finditer(text, opening.end() + 1)]
        if not ends:
            return
        # "the workers' pay": a mark after s may be a possessive; a comma or stop is surer.
        end = next((end for end in ends if not _possessive(text, end)), ends[-1])
        yield opening.end(), end
        done = end + 1


def _possessive(text: str, end: int) -> bool:
    return text[end - 1] == "s" and text[end + 1 : end + 3].strip(" ")[:1].islower()
