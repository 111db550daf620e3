"""Cache of model predictions by paragraph: most of a news stream consists of copies.

A model's prediction for a paragraph depends on that paragraph alone, so it can be kept by
the paragraph's text. The document rules look at the whole article and are never cached;
the cache therefore does not change any result.
"""

from __future__ import annotations

from typing import NamedTuple

from cachetools import LRUCache

from services.tagging.span import Span

ENTRY_OVERHEAD_CHARS = 200
"""The memory of an entry besides its text, counted as characters."""


class _Entry(NamedTuple):
    """A prediction with the size of its cache entry, in characters."""

    size: int
    spans: tuple[Span, ...]


class ParagraphCache:
    """Predictions by model and paragraph text; the least recently used are evicted first.

    `max_chars` bounds the sum of the texts' lengths, with a fixed overhead for each text; 0
    turns the cache off. The cache is used by one thread only, the one that tags: it has no
    lock.
    """

    def __init__(self, max_chars: int) -> None:
        self._entries: LRUCache[tuple[str, str], _Entry] = LRUCache(
            max_chars, getsizeof=lambda entry: entry.size
        )
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def chars(self) -> int:
        """Number of characters held, overhead included; never above the bound."""
        return int(self._entries.currsize)

    def get(self, model: str, text: str) -> tuple[Span, ...] | None:
        """Return the prediction of that model for exactly this text, or None."""
        entry = self._entries.get((model, text))
        if entry is None:
            self.misses += 1
            return None
        self.hits += 1
        return entry.spans

    def put(self, model: str, text: str, spans: tuple[Span, ...]) -> None:
        """Store a prediction, and evict the oldest ones where the bound requires it.

        A text that is larger than the whole cache is not stored.
        """
        size = len(text) + ENTRY_OVERHEAD_CHARS
        if size <= self._entries.maxsize:
            self._entries[model, text] = _Entry(size, spans)
