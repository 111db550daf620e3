"""The values that a story's row is made of, with their names in the stored JSON."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from schemas.article import VerdictKind

MAX_INTERVALS: Final = 100
"""Intervals of `Growth`: bounds the length of a row."""


class ListedVerdict(StrEnum):
    """The verdict of a listed article, as one letter."""

    ORIGINAL = "o"
    COPY = "c"
    RETRACTION = "x"

    @property
    def kind(self) -> VerdictKind:
        """The verdict in the words of the contract."""
        return VerdictKind[self.name]


class ListedArticle(msgspec.Struct, array_like=True, gc=False):
    """An article in a story's list; `at` is its event time in seconds since 1970."""

    article_id: str
    verdict: ListedVerdict
    at: int


class VerdictCounts(
    msgspec.Struct, gc=False, rename={"originals": "o", "copies": "c", "retractions": "x"}
):
    """How many articles a story has, by verdict."""

    originals: int = 0
    copies: int = 0
    retractions: int = 0

    @property
    def total(self) -> int:
        """Articles of all verdicts."""
        return self.originals + self.copies + self.retractions

    def move(self, old: ListedVerdict, new: ListedVerdict) -> None:
        """Count an article under another verdict, if the old verdict has one to move."""
        if {"o": self.originals, "c": self.copies, "x": self.retractions}[old]:
            self.add(old, -1)
            self.add(new, 1)

    def add(self, verdict: ListedVerdict, difference: int) -> None:
        """Change the count of a verdict."""
        if verdict is ListedVerdict.ORIGINAL:
            self.originals += difference
        elif verdict is ListedVerdict.COPY:
            self.copies += difference
        else:
            self.retractions += difference


class EntityWeight(msgspec.Struct, array_like=True, gc=False):
    """An entity of a story; `salience` is the sum over the articles that name it."""

    name: str
    type: str
    salience: float


class Representative(msgspec.Struct, array_like=True, gc=False):
    """An article that stands for its story when new articles are compared with it."""

    article_id: str
    centrality: float


class SummarySentence(msgspec.Struct, array_like=True, gc=False):
    """A sentence of the summary, and the article that it is from."""

    text: str
    article_id: str


class Period(msgspec.Struct, array_like=True, gc=False):
    """The earliest and the latest event time, in seconds since 1970."""

    start: int
    latest: int

    def include(self, start: int, latest: int) -> None:
        """Extend the period."""
        self.start, self.latest = min(self.start, start), max(self.latest, latest)


class Growth(msgspec.Struct, array_like=True):
    """How many articles came when: counts by the number of the interval since 1970.

    All intervals have the same width in seconds. It doubles whenever there would be more than
    `MAX_INTERVALS` of them.
    """

    width: int
    counts: dict[str, int]

    def add(self, at: int, articles: int) -> None:
        """Count articles at an event time in seconds since 1970."""
        interval = str(at // self.width)
        self.counts[interval] = self.counts.get(interval, 0) + articles
        while len(self.counts) > MAX_INTERVALS:
            self.width *= 2
            wider: dict[str, int] = {}
            for old, count in self.counts.items():
                wider[str(int(old) // 2)] = wider.get(str(int(old) // 2), 0) + count
            self.counts = wider
