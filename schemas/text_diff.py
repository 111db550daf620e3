"""The difference between the texts of two revisions, sentence by sentence and word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from .opcodes import opcodes
from .tags import TextField

_SENTENCE = re.compile(
    r"""\S.*?(?:[.!?…]+["'’”»)\]]*(?=\s|$)|[。！？]+[」』”’]*|$)""",  # noqa: RUF001 - full width
    re.MULTILINE,
)
"""A sentence ends at its final punctuation, and at the end of a line. A full stop after an
abbreviation ends one too: that makes shorter pieces, and no wrong differences."""

_WORD = re.compile(r"\w+|[^\w\s]")


class ChangeKind(StrEnum):
    """What happened to a run of sentences or words; the names are those of `difflib`."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or a word, and its offsets in characters from 0: `field[start:end]` is `text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextChange:
    """A run of sentences (or words) in the earlier and in the later text.

    `before` is empty for an insertion, `after` for a deletion. For `equal` both have the same
    texts, possibly at other offsets.
    """

    field: TextField
    kind: ChangeKind
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    def words(self) -> list[TextChange]:
        """Return the same change word by word; punctuation marks count as words."""
        return _changes(self.field, _words(self.before), _words(self.after))


def diff_text(field: TextField, before: str, after: str) -> list[TextChange]:
    """Return the changes from one text to another, in order, with the equal runs between them.

    Together, `before` of all changes are all sentences of the earlier text, and `after` those of
    the later one. White space is not compared.
    """
    return _changes(field, _sentences(before), _sentences(after))


def _sentences(text: str) -> list[Piece]:
    found = ((match.start(), match[0].rstrip()) for match in _SENTENCE.finditer(text))
    return [Piece(sentence, start, start + len(sentence)) for start, sentence in found]


def _words(sentences: tuple[Piece, ...]) -> list[Piece]:
    return [
        Piece(word[0], sentence.start + word.start(), sentence.start + word.end())
        for sentence in sentences
        for word in _WORD.finditer(sentence.text)
    ]


def _changes(field: TextField, before: list[Piece], after: list[Piece]) -> list[TextChange]:
    found = opcodes([one.text for one in before], [one.text for one in after])
    return [
        TextChange(field, ChangeKind(kind), tuple(before[i:j]), tuple(after[k:n]))
        for kind, i, j, k, n in found
    ]
