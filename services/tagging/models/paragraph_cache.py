"""A cache of paragraphs that a model has read.

Most of a news stream is copies, and the words of a copy are the same. What a model marks in a
paragraph depends on the paragraph alone, so the result can be kept under the paragraph's text.
The document rules look at the whole article and are never cached, so a cached article gets
exactly the result of an uncached one.
"""

from __future__ import annotations

from typing import NamedTuple

from cachetools import LRUCache

from services.tagging.span import Span

ENTRY_OVERHEAD_CHARS = 200
"""Cost of an entry besides its text, counted as characters."""

_Key = tuple[str, str]


class _Entry(NamedTuple):
    spans: tuple[Span, ...]
    cost: int


class ParagraphCache:
    """Results of the models by language and paragraph; the least recently used are dropped first.

    `max_chars` bounds the sum of the texts' lengths and a fixed overhead for each; 0 turns the
    cache off.
    """

    def __init__(self, max_chars: int) -> None:
        self._entries: LRUCache[_Key, _Entry] = LRUCache(max_chars, getsizeof=_cost)
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def chars(self) -> int:
        """Characters held, overhead included; never above the bound."""
        return int(self._entries.currsize)

    def get(self, language: str, text: str) -> tuple[Span, ...] | None:
        """Return what was stored for this very text, or None."""
        entry = self._entries.get((language, text))
        if entry is None:
            self.misses += 1
            return None
        self.hits += 1
        return entry.spans

    def put(self, language: str, text: str, spans: tuple[Span, ...]) -> None:
        """Store a result; the least recently used ones that no longer fit are dropped."""
        entry = _Entry(spans, len(text) + ENTRY_OVERHEAD_CHARS)
        if entry.cost <= self._entries.maxsize:
            self._entries[language, text] = entry


def _cost(entry: _Entry) -> int:
    return entry.cost
