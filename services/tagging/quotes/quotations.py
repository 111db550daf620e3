"""Find the quotations in a text by their marks, double and single ones.

Which quotations are speech, and who speaks, is decided in `attribution`: a verb of speech
beside a quotation is the most reliable evidence for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.tagging.paragraphs import Paragraph
from services.tagging.quotes.quotation_marks import MarkedSpan, marked_spans
from services.tagging.word_lists import QUOTATION_ELISIONS, alternatives

MAX_QUOTATION_CHARS = 20_000
"""Longest quotation, in characters (the contract's bound); a longer one is due to a stray mark."""

_SINGLE_OPEN = re.compile(r"(?:^|(?<=[\s(\[—–-]))['‘‚](?=[^\W\d_])")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s])['’‘](?=[\s,.;:!?)\]—–-]|$)")
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
    marked: bool = True
    """Whether it is between marks; a dash or a name before a colon opens the others."""


def find_quotations(paragraphs: list[Paragraph]) -> list[Quotation]:
    """Return the quotations of a text in order; none overlap, none is blank."""
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        double = marked_spans(paragraph.text, following)
        for span in _without_overlaps(double, list(_single_quoted(paragraph.text))):
            inner = paragraph.text[span.start : span.end]
            start = paragraph.start + span.end - len(inner.lstrip())
            end = paragraph.start + span.start + len(inner.rstrip())
            if start < end <= start + MAX_QUOTATION_CHARS:
                found.append(Quotation(start, end, number, span.continued))
    return found


def _without_overlaps(double: list[MarkedSpan], single: list[MarkedSpan]) -> list[MarkedSpan]:
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


def _single_quoted(text: str) -> Iterator[MarkedSpan]:
    """Yield the spans between single marks, in order and without overlaps."""
    if "'" not in text and "‘" not in text and "‚" not in text:
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
        yield MarkedSpan(opening.end(), end)
        done = end + 1


def _may_be_possessive(text: str, end: int) -> bool:
    return text[end - 1] == "s" and text[end + 1 : end + 3].strip(" ")[:1].islower()
