"""Match the quotation marks of a paragraph: straight, curly, angle, corner and doubled ones.

Each language has its own pairs, and some use a mark to open that another uses to close:
„German“, “English”, «Russian», »German«, ”Swedish”, 「Japanese」, ``typed''. A mark is therefore
matched by the last open one that it can close, and an open mark that nothing closes has no
effect on the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MARK = re.compile(r"[\"“”„‟«»＂「」『』〝〟]|``|''")

_CLOSED_BY = {
    '"': '"”“',
    "“": '”"“',
    "‟": '”"',
    "„": '“”"‟',
    "”": "”",
    "«": "»",
    "»": "«»",
    "＂": "＂",
    "「": "」",
    "『": "』",
    "〝": "〟",
    "``": "''\"”",
}
"""By opening mark, the marks that can close it."""

OPENING_MARKS = '"“„‟«»＂「『〝'
"""Characters with which a quotation, or a paragraph that continues one, can begin."""

_ALWAYS_OPENING = frozenset("„「『〝")
_BRACKETS_BEFORE = "([—–-:‘'“„«"
_COMMAS_BEFORE = "：，、"
"""Marks of Chinese after which “ opens, for no blank stands there."""


class MarkedSpan(NamedTuple):
    """The text between two marks of a paragraph; offsets count in the paragraph."""

    start: int
    end: int
    continued: bool = False

    def overlaps(self, other: MarkedSpan) -> bool:
        """Return whether the spans have a character in common."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: MarkedSpan) -> bool:
        """Return whether the other span is within this one."""
        return self.start <= other.start and other.end <= self.end


class _OpenMark(NamedTuple):
    mark: str
    start: int
    """Offset after the mark."""


def marked_spans(text: str, following: str) -> list[MarkedSpan]:
    """Return the spans between marks in order; nested ones belong to the outer span.

    `following` is the text of the next paragraph. A mark that is open at the end of `text`
    counts only if the next paragraph begins with an opening mark, and thus continues the
    quotation.
    """
    spans: list[MarkedSpan] = []
    open_marks: list[_OpenMark] = []
    for match in MARK.finditer(text):
        mark, at, end = match.group(), match.start(), match.end()
        closed = _closed_mark(text, open_marks, mark, at)
        if closed is not None:
            spans.append(MarkedSpan(open_marks[closed].start, at))
            del open_marks[closed:]
        elif _opens(text, mark, at, end):
            if mark == '"':
                # An earlier straight mark was not closed: straight marks do not nest.
                open_marks = [one for one in open_marks if one.mark != mark]
            open_marks.append(_OpenMark(mark, end))
    if open_marks and following[:1] and following[0] in OPENING_MARKS:
        spans.append(MarkedSpan(open_marks[-1].start, len(text), continued=True))
    return list(_outermost(spans))


def _closed_mark(text: str, open_marks: list[_OpenMark], mark: str, at: int) -> int | None:
    """Return the index of the last open mark that `mark` closes, or None."""
    if mark in _CLOSED_BY and _can_only_open(text, at, at + len(mark)):
        return None
    if mark == '"' and _is_inch(text, at):
        return None
    for index in range(len(open_marks) - 1, -1, -1):
        closing = _CLOSED_BY[open_marks[index].mark]
        if mark in closing if len(mark) == 1 else closing.startswith(mark):
            return index
    return None


def _opens(text: str, mark: str, at: int, end: int) -> bool:
    if mark in _ALWAYS_OPENING:
        return True
    if mark not in _CLOSED_BY:
        return False
    if mark == "«":
        return True
    if mark in ("“", "‟", "``"):
        return text[end : end + 1].strip() != ""
    return _can_only_open(text, at, end)


def _can_only_open(text: str, at: int, end: int) -> bool:
    """Return whether a mark has a blank or bracket before it and a word after it."""
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    brackets = _BRACKETS_BEFORE + (_COMMAS_BEFORE if text[at] == "“" else "")
    return (
        (not before or before.isspace() or before in brackets)
        and after != ""
        and not after.isspace()
        and after not in ",.;:!?)"
    )


def _is_inch(text: str, at: int) -> bool:
    """Return whether a straight mark after a digit is an inch mark: another one closes."""
    if not text[at - 1 : at].isdigit() or not re.match(r'" [^\W\d_A-Z]', text[at : at + 3]):
        return False
    next_mark = text.find('"', at + 1)
    return next_mark > 0 and not _can_only_open(text, next_mark, next_mark + 1)


def _outermost(spans: list[MarkedSpan]) -> Iterator[MarkedSpan]:
    done = -1
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.start >= done:
            yield span
            done = span.end
