"""Choose sentences for a story's summary, word for word as an article has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from services.languages.sentence_ends import sentence_ends

SUMMARY_SENTENCES: Final = 3
"""Sentences of a summary."""
MIN_WORDS, MAX_WORDS = 6, 60
"""Words that a sentence of a summary may have."""
MAX_CHARS: Final = 1000
"""Characters that a sentence of a summary may have, by the contract."""
MIN_NEW_SHARE: Final = 0.6
"""Share of a sentence's content words that must not be in the summary already."""
CONTENT_WORD_LENGTH: Final = 4
_LEAD_CHARS = 1500


def lead_sentences(body: str, most: int = SUMMARY_SENTENCES) -> list[str]:
    """Return the first `most` sentences of a body that are neither too short nor too long."""
    found = []
    for piece in _sentences(body[:_LEAD_CHARS], is_whole=len(body) <= _LEAD_CHARS):
        sentence = piece.strip()
        if MIN_WORDS <= len(sentence.split()) <= MAX_WORDS and len(sentence) <= MAX_CHARS:
            found.append(sentence)
            if len(found) == most:
                break
    return found


def _sentences(text: str, *, is_whole: bool) -> Iterator[str]:
    """Yield the sentences of a text line by line; the last one only if the text was not cut."""
    *lines, last = text.split("\n")
    for line in lines:
        yield from _line_sentences(line)
    yield from _line_sentences(last) if is_whole else _line_sentences(last)[:-1]


def _line_sentences(line: str) -> list[str]:
    ends = [match.end() for match in sentence_ends(line, 0, len(line))]
    return [line[start:end] for start, end in pairwise([0, *ends, len(line)])]


def adds_information(sentence: str, summary: Sequence[str]) -> bool:
    """Return whether enough of a sentence's content words are not in the summary yet."""
    words = _content_words(sentence)
    known = set().union(*(_content_words(other) for other in summary)) if summary else set()
    return bool(words) and len(words - known) / len(words) >= MIN_NEW_SHARE


def _content_words(sentence: str) -> set[str]:
    return {word for word in sentence.lower().split() if len(word) >= CONTENT_WORD_LENGTH}
