"""Find organisations named after their members: "NATO-Russia Council" is one organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.tagging.word_lists import ORGANISATION_HEADS

_PART = r"[A-Z]\w{0,30}"
_COMPOUND = re.compile(
    rf"\b{_PART}(?:[-–/]{_PART}){{1,4}}(?: [A-Z]\w*){{0,3}}? (?:{'|'.join(ORGANISATION_HEADS)})\b"
)


def find_compound_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of hyphenated names that end in a word for an organisation."""
    for match in _COMPOUND.finditer(text):
        yield match.span()
