"""The window of a shard: the article index, whose changes take effect with the next decision."""

from __future__ import annotations

from collections.abc import Callable

from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates.article_index import ArticleIndex


class Window:
    """The articles that can still be found as originals.

    Changes wait until `apply`, so that those of a decision that fails can be discarded. To remove
    an article and add it again would not restore the index: it returns the latest articles first.
    """

    def __init__(self) -> None:
        self._index = ArticleIndex()
        self._waiting: list[tuple[bool, str, Hashes]] = []
        """Whether to add or remove, the article's id, and its keys."""
        self._size = 0

    def __len__(self) -> int:
        """Return the number of articles, with the changes that wait."""
        return self._size

    @property
    def memory(self) -> int:
        """Bytes of the fingerprint table."""
        return self._index.memory

    def load(self, fill: Callable[[ArticleIndex], int]) -> int:
        """Let `fill` fill the empty index, and return what it returns."""
        filled = fill(self._index)
        self._size = len(self._index)
        return filled

    def add(self, article_id: str, keys: Hashes) -> None:
        """Add an article under the keys of its fingerprint; without keys nothing is added."""
        if len(keys):
            self._size += not self._has(article_id)
            self._waiting.append((True, article_id, keys))

    def remove(self, article_id: str, keys: Hashes) -> None:
        """Remove an article that was added with these keys; an unknown article is ignored."""
        if self._has(article_id):
            self._size -= 1
            self._waiting.append((False, article_id, keys))

    def _has(self, article_id: str) -> bool:
        for is_added, waiting_id, _keys in reversed(self._waiting):
            if waiting_id == article_id:
                return is_added
        return article_id in self._index

    def apply(self) -> None:
        """Apply the changes that wait."""
        for is_added, article_id, keys in self._waiting:
            if is_added:
                self._index.add(article_id, keys)
            else:
                self._index.remove(article_id, keys)
        self._waiting.clear()

    def discard(self) -> None:
        """Discard the changes that wait."""
        self._waiting.clear()
        self._size = len(self._index)

    def search(self, keys: Hashes) -> list[str]:
        """Return the articles that share most of the keys (`ArticleIndex.search`).

        Changes that wait are not seen.
        """
        return self._index.search(keys)
