"""Paragraphs already read: most of a news stream is copies, and a copy's words are the same.

What a model says of a paragraph depends on the paragraph alone, so its answer can be
kept by the paragraph's text. Document logic looks at the whole article and is never
cached; that is why a cached article comes out exactly as an uncached one.
"""

from __future__ import annotations

from collections import OrderedDict

from services.tagging.span import Span

ENTRY_OVERHEAD_CHARS = 200
"""What an entry costs besides its text, counted as characters."""


class ParagraphCache:
    """Model answers by language and paragraph text, the least recently used dropped first.

    `max_chars` bounds the sum of the texts' lengths (and a fixed overhead for each);
    0 keeps nothing.
    """

    def __init__(self, max_chars: int) -> None:
        self._max_chars = max_chars
        self._chars = 0
        self._entries: OrderedDict[tuple[str, str], tuple[Span, ...]] = OrderedDict()
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def chars(self) -> int:
        """Characters held, overhead included; never above the bound."""
        return self._chars

    def get(self, language: str, text: str) -> tuple[Span, ...] | None:
        """Return what was stored for this very text, or None."""
        spans = self._entries.get((language, text))
        if spans is None:
            self.misses += 1
            return None
        self.hits += 1
        self._entries.move_to_end((language, text))
        return spans

    def put(self, language: str, text: str, spans: tuple[Span, ...]) -> None:
        """Store an answer and drop the oldest ones that no longer fit."""
        key = (language, text)
        if key in self._entries:
            return
        self._entries[key] = spans
        self._chars += len(text) + ENTRY_OVERHEAD_CHARS
        while self._chars > self._max_chars:
            (_, oldest), _spans = self._entries.popitem(last=False)
            self._chars -= len(oldest) + ENTRY_OVERHEAD_CHARS
