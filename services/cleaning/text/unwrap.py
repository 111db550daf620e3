"""Join the lines of hard-wrapped text, so that each paragraph is one line.

News wires and e-mails break lines at a fixed width. Paragraphs are separated by blank lines, by
indentation, or by nothing but a line that ends early.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_MIN_WIDTH: Final = 30
_MAX_WIDTH: Final = 100
"""Widths between which texts are wrapped, in characters."""
_MIN_FULL_SHARE: Final = 0.7
"""Share of the lines in which the first word of the next one did not fit, or that it goes on."""
_MIN_OPEN_SHARE: Final = 0.5
"""Share of these lines that do not end a sentence: lines of a list or of a page mostly do."""
_SLACK: Final = 8
"""Characters by which the width of a text varies, as that of edited or proportional text does."""
_MIN_INDENT: Final = 2
_LIST_MARK: Final = re.compile(r"(?:[-*•·–—]|\(?\d{1,3}[.)]|[a-z][.)])\s")  # noqa: RUF001
_SENTENCE_ENDS: Final = (".", "!", "?", "…", ":", '."', ".”", "。", "！", "？")  # noqa: RUF001
_HYPHEN: Final = re.compile(r"[^\W\d_]-$")


def unwrap(text: str) -> str:
    """Return the text with the lines of a paragraph joined, or unchanged if it is not wrapped."""
    lines = text.splitlines()
    base = min((_depth(line) for line in lines if line.strip()), default=0)
    pairs = [
        i
        for i, (line, following) in enumerate(pairwise(lines))
        if line.strip() and following.strip() and not _begins_paragraph(following, base)
    ]
    if not pairs or not _MIN_WIDTH <= (width := _width(lines)) <= _MAX_WIDTH:
        return text
    full = {i for i in pairs if _is_full(lines[i], lines[i + 1], width)}
    open_ = {i for i in pairs if not lines[i].rstrip().endswith(_SENTENCE_ENDS)}
    running = {i for i in open_ if lines[i + 1].lstrip()[:1].islower()}
    is_wrapped = (
        len(pairs) > 1
        and len(full | running) >= _MIN_FULL_SHARE * len(pairs)
        and len(full & open_) >= _MIN_OPEN_SHARE * len(full)
    )
    if is_wrapped or len(running) == len(pairs):
        return _join(lines, full | running)
    return text


def _begins_paragraph(line: str, base: int) -> bool:
    """Return whether a line is indented more than the others, or an item of a list."""
    return _depth(line) >= base + _MIN_INDENT or bool(_LIST_MARK.match(line.lstrip()))


def _depth(line: str) -> int:
    """Return the indentation of a line; a tab or an ideographic space begins a paragraph."""
    if line[:1] in ("\t", "\u3000"):
        return _MIN_INDENT
    return len(line) - len(line.lstrip())


def _width(lines: Sequence[str]) -> int:
    """Return the length that all lines but the longest twentieth have at most."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    return lengths[(len(lengths) - 1) * 95 // 100]


def _is_full(line: str, following: str, width: int) -> bool:
    """Return whether the next word would not have fitted in the line."""
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > width - _SLACK


def _join(lines: Sequence[str], full: set[int]) -> str:
    """Join each line of `full` with the next one."""
    parts: list[str] = []
    for i, line in enumerate(lines):
        parts.append(line.strip() if i - 1 in full else line)
        if i in full:
            parts[-1] = parts[-1].rstrip()
            parts.append("" if _HYPHEN.search(parts[-1][-2:]) else " ")
        else:
            parts.append("\n")
    return "".join(parts[:-1])
