"""Labels in a line: copyright, tags, sharing, newsletters and other text beside an article."""

from __future__ import annotations

import re
from functools import lru_cache

from services.languages.registry import languages

_KINDS = ("legal", "tags", "follow", "subscribe", "more", "media", "advert", "reading")
"""Kinds of labels; earlier kinds win, and the position of a kind is a feature of the model."""

_SEARCHED_LENGTH = 120
"""Number of characters at the start of a line that are searched for labels."""


def _pattern() -> re.Pattern[str]:
    alternatives = {
        kind: [
            label
            for language in languages().values()
            for label in language.line_labels.get(kind, ())
        ]
        for kind in _KINDS
    }
    return re.compile(
        "|".join(f"(?P<{kind}>{'|'.join(labels)})" for kind, labels in alternatives.items()),
        re.IGNORECASE,
    )


_LABELS = _pattern()


def label_kind(line: str) -> str:
    """Return the kind of the label at the start of a line, or an empty string."""
    return _kind_of_start(line[:_SEARCHED_LENGTH])


@lru_cache(maxsize=10_000)  # a line is looked at in each round of the selection, and on many pages
def _kind_of_start(start: str) -> str:
    match = _LABELS.search(start)
    return match.lastgroup or "" if match else ""


def label_number(line: str) -> int:
    """Return the number of the label's kind, counted from 1, or 0 if the line has no label."""
    return _LABELS.groupindex.get(label_kind(line), 0)
