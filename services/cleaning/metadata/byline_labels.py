"""Tell lines that begin as a byline does, in any language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from services.languages.registry import words_of_all_languages

_MIN_LONG_LABEL = 6
"""Characters from which a label ("Written by ") is no word of a sentence or a headline."""
_GROUP = re.compile(r"\(\?:((?:[^()]|\([^()]*\))*)\)(?!\?)")
"""A group of alternatives at the start of a pattern that is not optional."""


class _Labels:
    """The patterns of labels by their first letter: most lines need only a few of them."""

    def __init__(self, patterns: Iterable[str]) -> None:
        by_letter: dict[str, list[str]] = defaultdict(list)
        for pattern in sorted(patterns):
            for letter in _first_letters(pattern):
                by_letter[letter].append(pattern)
        always = by_letter.pop("", [])
        self._always = _any_of(always)
        self._by_letter = {letter: _any_of([*own, *always]) for letter, own in by_letter.items()}

    def match(self, line: str) -> re.Match[str] | None:
        """Return the label at the start of a line, or None."""
        return self._by_letter.get(line[:1].lower(), self._always).match(line)

    def fullmatch(self, line: str) -> re.Match[str] | None:
        """Return the label that a line is, or None."""
        return self._by_letter.get(line[:1].lower(), self._always).fullmatch(line)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(patterns)})" if patterns else "(?!)", re.IGNORECASE)


def _first_letters(pattern: str) -> set[str]:
    """Return the letters with which what a pattern matches may begin; {""} if that is not plain."""
    group = _GROUP.match(pattern)
    starts = {one[:1] for one in group[1].split("|")} if group else {pattern[:1]}
    return starts if all(map(str.isalpha, starts)) else {""}


_LABELS = _Labels(words_of_all_languages(lambda one: one.byline_prefixes))


def is_byline(line: str) -> bool:
    """Return whether a line begins as a byline does."""
    return _LABELS.match(line) is not None


@lru_cache(maxsize=2048)  # the labels of menus come on page after page
def is_byline_label(line: str) -> bool:
    """Return whether a line is no more than the label before an author ("Written by", "By")."""
    text = line.strip(" :")
    return bool(_LABELS.fullmatch(text + " ") or _LABELS.fullmatch(text + ": "))


def is_long_byline(line: str, before: str) -> bool:
    """Return whether a line begins with an unmistakable label, or follows a line that is one."""
    if len(line) > _MIN_LONG_LABEL:
        match = _LABELS.match(line)
        if match and match.end() >= _MIN_LONG_LABEL:
            return True
    return _MIN_LONG_LABEL <= len(before) <= 2 * _MIN_LONG_LABEL and is_byline_label(before)
