"""Choose sentences for a story's summary, word for word as an article has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from services.dedup.features.tokens import half_words, tokenize
from services.languages.registry import languages
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
"""Characters from which a word counts as a content word."""
STEM_LENGTH: Final = 5
"""Characters by which two forms of a word ("closed", "closes") are the same."""
_LEAD_CHARS = 1500
_QUOTATION_MARKS = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"))
_STRAIGHT_MARK = '"'
_OPENING = "\"'“‘„«»「『(["  # noqa: RUF001 - the marks themselves
_IDEOGRAPHIC_END = re.compile(
    r"(?<=[。！？])(?![。！？」』”’）)])"  # noqa: RUF001 - the marks themselves
)
"""Where a sentence ends whose mark no white space follows."""
_GERMAN_END = re.compile(r"(?<=[.!?…][“«])\s+")
"""Where a sentence ends with a mark that opens a quote in other languages."""
_RUN = re.compile(r"[^\W_]+")


def lead_sentences(body: str, most: int = SUMMARY_SENTENCES, language: str = "") -> list[str]:
    """Return the first `most` sentences of a body that can stand alone.

    They are neither too short nor too long, close the quotes that they open, and do not begin with
    a word that refers back, as far as `language` has a list of such words.
    """
    found = []
    for piece in _sentences(body[:_LEAD_CHARS], is_whole=len(body) <= _LEAD_CHARS):
        sentence = piece.strip()
        if (
            len(sentence) <= MAX_CHARS
            and MIN_WORDS <= _word_count(sentence) <= MAX_WORDS
            and _has_closed_quotes(sentence)
            and not _refers_back(sentence, language)
        ):
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
    """Return the sentences of a line; those of one quote stay together."""
    ends = {match.end() for match in sentence_ends(line, 0, len(line))}
    for pattern in (_IDEOGRAPHIC_END, _GERMAN_END):
        ends |= {match.end() for match in pattern.finditer(line)}
    found = [""]
    for start, end in pairwise(sorted({0, *ends, len(line)})):
        if found[-1] and _has_closed_quotes(found[-1]):
            found.append("")
        found[-1] += line[start:end]
    return found


def _has_closed_quotes(text: str) -> bool:
    is_even = text.count(_STRAIGHT_MARK) % 2 == 0
    if "„" in text:  # „German“ and „Polish”
        return is_even and text.count("„") == text.count("“") + text.count("”")
    return is_even and all(
        text.count(opening) == text.count(closing) for opening, closing in _QUOTATION_MARKS
    )


def _word_count(sentence: str) -> int:
    """Return the number of words; two characters of a script without spaces count as one."""
    if sentence.isascii():
        return len(sentence.split())
    return int(half_words(tokenize(sentence))[-1]) // 2


def _refers_back(sentence: str, language: str) -> bool:
    openers = _backward_openers(language)
    return openers is not None and openers.match(sentence.lstrip(_OPENING + " ")) is not None


@cache
def _backward_openers(language: str) -> re.Pattern[str] | None:
    known = languages().get(language)
    if known is None or not known.backward_openers:
        return None
    # A script without spaces has no boundary after a word.
    boundary = "" if tokenize(known.backward_openers[0] * 2).is_pair.any() else r"\b"
    words = "|".join(map(re.escape, known.backward_openers))
    return re.compile(rf"(?:{words}){boundary}", re.IGNORECASE)


def adds_information(sentence: str, summary: Sequence[str]) -> bool:
    """Return whether enough of a sentence's content words are not in the summary yet."""
    words = _content_words(sentence)
    known = set().union(*(_content_words(other) for other in summary)) if summary else set()
    return bool(words) and len(words - known) / len(words) >= MIN_NEW_SHARE


def _content_words(sentence: str) -> set[str]:
    """Return the stems of the longer words, and the pairs of characters without spaces."""
    found: set[str] = set()
    for match in _RUN.finditer(sentence.lower()):
        run = match[0]
        if not run.isascii() and tokenize(run).is_pair.any():
            found |= {run[i : i + 2] for i in range(len(run) - 1)}
        elif len(run) >= CONTENT_WORD_LENGTH:
            found.add(run[:STEM_LENGTH])
    return found
