"""Tell lines that begin as a byline does, in any language."""

from __future__ import annotations

import re

from services.languages.registry import words_of_all_languages

_LABELS = "|".join(words_of_all_languages(lambda one: one.byline_prefixes))
_LABEL = re.compile(rf"(?:{_LABELS})", re.IGNORECASE)
_MIN_LONG_LABEL = 6
"""Characters from which a label ("Written by ") is no word of a sentence or a headline."""


def is_byline(line: str) -> bool:
    """Return whether a line begins as a byline does."""
    return _LABEL.match(line) is not None


def is_byline_label(line: str) -> bool:
    """Return whether a line is no more than the label before an author ("Written by", "By")."""
    text = line.strip(" :")
    return bool(_LABEL.fullmatch(text + " ") or _LABEL.fullmatch(text + ": "))


def is_long_byline(line: str, before: str) -> bool:
    """Return whether a line begins with an unmistakable label, or follows a line that is one."""
    match = _LABEL.match(line)
    if match and match.end() >= _MIN_LONG_LABEL:
        return True
    return _MIN_LONG_LABEL <= len(before) <= 2 * _MIN_LONG_LABEL and is_byline_label(before)
