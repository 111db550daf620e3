"""Labels in a line: copyright, tags, sharing, newsletters and other text beside an article."""

from __future__ import annotations

import re
from functools import lru_cache

from services.languages.registry import languages

_KINDS = ("legal", "tags", "follow", "subscribe", "more", "media", "advert", "reading")
"""Kinds of labels; earlier kinds win, and the position of a kind is a feature of the model."""

_SEARCHED_LENGTH = 120
"""Number of characters at the start of a line that are searched for labels."""
_AT_WORD = re.compile(r"\\b(?:\([^()]*\)|[^()|])+")
"""A label that begins at the start of a word, and is no choice between two patterns."""


def _pattern() -> re.Pattern[str]:
    """Return the pattern that tells the kind of a label, and takes long: a group for each kind."""
    alternatives = {kind: _labels_of(kind) for kind in _KINDS}
    return re.compile(
        "|".join(f"(?P<{kind}>{'|'.join(labels)})" for kind, labels in alternatives.items()),
        re.IGNORECASE,
    )


def _labels_of(kind: str) -> list[str]:
    every = languages().values()
    return [label for language in every for label in language.line_labels.get(kind, ())]


def _any_label() -> re.Pattern[str]:
    """Return a pattern that finds a label of any kind, in half the time.

    Most labels begin at the start of a word, which is looked for once.
    """
    labels = [label for kind in _KINDS for label in _labels_of(kind)]
    at_word = [label for label in labels if _AT_WORD.fullmatch(label)]
    others = [label for label in labels if not _AT_WORD.fullmatch(label)]
    return re.compile(rf"\b(?:{'|'.join(at_word)})|{'|'.join(others)}", re.IGNORECASE)


_LABELS, _ANY_LABEL = _pattern(), _any_label()


def label_kind(line: str) -> str:
    """Return the kind of the label at the start of a line, or an empty string."""
    return _kind_of_start(line[:_SEARCHED_LENGTH])


@lru_cache(maxsize=10_000)  # a line is looked at in each round of the selection, and on many pages
def _kind_of_start(start: str) -> str:
    match = _LABELS.search(start) if _ANY_LABEL.search(start) else None
    return match.lastgroup or "" if match else ""


def label_number(line: str) -> int:
    """Return the number of the label's kind, counted from 1, or 0 if the line has no label."""
    return _LABELS.groupindex.get(label_kind(line), 0)
