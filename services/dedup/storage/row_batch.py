"""The rows that one decision reads and changes."""

from __future__ import annotations

from collections.abc import Iterable

from services.dedup.storage.article_row import ArticleRow, decode_article, encode_article
from services.dedup.storage.journal import encode_journal
from services.dedup.storage.rows import ARTICLES, JOURNAL, STORIES, Change, Rows
from services.dedup.stories.story_codec import decode_story, encode_story
from services.dedup.stories.story_row import StoryRow, new_story_id


class RowBatch:
    """The rows as they will be once the decision's changes are persisted."""

    def __init__(self, rows: Rows, clock: int, unsaved: Iterable[Change] = ()) -> None:
        """Read from `rows`, with the `unsaved` changes of an earlier decision applied first."""
        self._rows = rows
        self.clock = clock
        self._changed: dict[tuple[str, str], bytes | None] = {(t, k): row for t, k, row in unsaved}
        self._stories: dict[str, StoryRow] = {}
        self.size = 0
        """Bytes of the rows changed so far."""

    def get(self, table: str, key: str) -> bytes | None:
        """Return a row with the changes made so far; use `story` for a story that is changing."""
        if (table, key) in self._changed:
            return self._changed[table, key]
        return self._rows.get(table, key)

    def put(self, table: str, key: str, row: bytes | None) -> None:
        """Change a row; None deletes it."""
        self._changed[table, key] = row
        self.size += len(row or b"")

    def article(self, article_id: str) -> ArticleRow | None:
        """Return an article's row, or None."""
        row = self.get(ARTICLES, article_id)
        return None if row is None else decode_article(row)

    def put_article(self, article_id: str, row: ArticleRow) -> None:
        """Change an article's row."""
        self.put(ARTICLES, article_id, encode_article(row))

    def story(self, story_id: str) -> StoryRow | None:
        """Return a story's row, or None; always the same object, so that changes add up."""
        if story_id not in self._stories:
            row = self.get(STORIES, story_id)
            if row is None:
                return None
            self._stories[story_id] = decode_story(row)
        return self._stories[story_id]

    def unused_story_id(self, article_id: str, revision_id: str) -> str:
        """Return an id that no story has, made from the ids of the story's first article."""
        story_id = new_story_id(article_id, revision_id)
        while self.story(story_id) is not None:
            # An article that has left a story and begins another: ids are never reused.
            story_id = new_story_id(story_id, revision_id)
        return story_id

    def add_story(self, story_id: str, row: StoryRow) -> None:
        """Add a story that has no row yet; `put_story` writes it."""
        self._stories[story_id] = row

    def put_story(self, story_id: str) -> None:
        """Write the changes made to a story's row."""
        self.put(STORIES, story_id, encode_story(self._stories[story_id]))

    def changes(self) -> tuple[Change, ...]:
        """Return all changes; the journal comes first and makes them one atomic change."""
        changes = tuple((table, key, row) for (table, key), row in self._changed.items())
        return ((ARTICLES, JOURNAL, encode_journal(changes)), *changes) if changes else ()
