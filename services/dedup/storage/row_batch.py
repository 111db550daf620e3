"""The rows that one decision reads and changes."""

from __future__ import annotations

from collections.abc import Iterable

from services.dedup.storage.article_row import (
    ARTICLES,
    JOURNAL,
    STORIES,
    ArticleRow,
    Change,
    Rows,
    dump_article,
    dump_journal,
    load_article,
)
from services.dedup.stories import story_row as records
from services.dedup.stories.story_row import Record


class Batch:
    """Rows as they will be once the decision's changes are persisted."""

    def __init__(self, rows: Rows, clock: int, unsaved: Iterable[Change] = ()) -> None:
        """``unsaved`` changes of an earlier decision come before this one's."""
        self._rows = rows
        self.clock = clock
        self._new: dict[tuple[str, str], bytes | None] = {(t, k): row for t, k, row in unsaved}
        self._records: dict[str, Record] = {}
        self.size = 0

    def get(self, table: str, key: str) -> bytes | None:
        """Return a row with what was put so far; for a story being changed ask `story`."""
        if (table, key) in self._new:
            return self._new[table, key]
        return self._rows.get(table, key)

    def put(self, table: str, key: str, row: bytes | None) -> None:
        """Change a row; None takes it away."""
        self._new[table, key] = row
        self.size += len(row or b"")

    def article(self, article_id: str) -> ArticleRow | None:
        """Return an article's row."""
        row = self.get(ARTICLES, article_id)
        return None if row is None else load_article(row)

    def put_article(self, article_id: str, row: ArticleRow) -> None:
        """Change an article's row."""
        self.put(ARTICLES, article_id, dump_article(row))

    def story(self, story_id: str) -> Record | None:
        """Return a story's record; the same object each time, so that changes add up."""
        if story_id not in self._records:
            row = self.get(STORIES, story_id)
            if row is None:
                return None
            self._records[story_id] = records.load(row)
        return self._records[story_id]

    def new_story_id(self, article_id: str, revision_id: str) -> str:
        """Return an id no story has, made from its first article's ids."""
        story_id = records.new_story_id(article_id, revision_id)
        while self.story(story_id) is not None:
            # Once parted and come back: ids are never given twice.
            story_id = records.new_story_id(story_id, revision_id)
        return story_id

    def new_story(self, story_id: str, record: Record) -> None:
        """Return a story that has no row yet."""
        self._records[story_id] = record

    def put_story(self, story_id: str) -> None:
        """Keep the changes made to a story's record."""
        self.put(STORIES, story_id, records.dump(self._records[story_id]))

    def changes(self) -> tuple[Change, ...]:
        """All changes, the journal of them first: it makes them one."""
        made = tuple((table, key, row) for (table, key), row in self._new.items())
        return ((ARTICLES, JOURNAL, dump_journal(made)), *made) if made else ()
