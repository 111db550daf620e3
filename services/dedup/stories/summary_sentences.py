"""Sentences for a story's summary, word for word as an article has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

MOST: Final = 3
"""Sentences of a summary."""
SHORTEST, LONGEST = 6, 60
"""Words of a sentence that can stand in a summary."""
NEW: Final = 0.6
"""Share of a sentence's content words that must not be in the summary already."""
LONG_WORD: Final = 4
_LOOKED_AT = 1500
_END = re.compile(r"[.!?…。！？][\"”’»)]*\s+|\n+")  # noqa: RUF001 - the sentence ends of other scripts


def lead_sentences(body: str, most: int = MOST) -> list[str]:
    """Return the first sentences of a body that are neither scraps nor endless."""
    found = []
    # The last piece may be cut by the limit.
    for piece in _pieces(body[:_LOOKED_AT], whole=len(body) <= _LOOKED_AT):
        sentence = piece.strip()
        if SHORTEST <= len(sentence.split()) <= LONGEST and len(sentence) <= 1000:  # noqa: PLR2004 - the contract's limit
            found.append(sentence)
            if len(found) == most:
                break
    return found


def _pieces(text: str, *, whole: bool) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        mark = end.start() + (text[end.start()] != "\n")
        yield text[start:mark]
        start = end.end()
    if whole:
        yield text[start:]


def adds(sentence: str, summary: Sequence[str]) -> bool:
    """Whether a sentence says enough that the summary does not."""
    mine = _content(sentence)
    known = set().union(*(_content(other) for other in summary)) if summary else set()
    return bool(mine) and len(mine - known) / len(mine) >= NEW


def _content(sentence: str) -> set[str]:
    return {word for word in sentence.lower().split() if len(word) >= LONG_WORD}
