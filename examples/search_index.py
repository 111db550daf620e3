"""Keep a full-text index of all articles in SQLite (FTS5), and search it.

    python search_index.py run index.db
    python search_index.py find index.db "NEAR(rescue oslo)"

The index has the last revision of each article, without withdrawn ones.
"""

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, suppress

from newsloom.article import EnrichedArticle
from newsloom.client import subscribe

TABLES = """
pragma journal_mode = wal; -- searches don't wait for the writer
create table if not exists articles (
    number integer primary key, id text unique, revision int, url text, outlet text, story text
);
create virtual table if not exists texts using fts5 (
    title, body, entities, tokenize = 'unicode61 remove_diacritics 2'
);
"""
STORE = """
insert into articles (id, revision, url, outlet, story) values (?, ?, ?, ?, ?)
on conflict (id) do update set revision = excluded.revision, url = excluded.url,
story = excluded.story where revision <= excluded.revision returning number
"""
# Matches in the title count five times those in the body, in the entities twice.
FIND = """
select title, outlet, url, snippet(texts, 1, '[', ']', '…', 12)
from texts join articles on articles.number = texts.rowid
where texts match ? order by bm25(texts, 5, 1, 2) limit 20
"""


def store(index: sqlite3.Connection, article: EnrichedArticle) -> None:
    """Apply one message; applying it again changes nothing."""
    row = (article.article_id, article.verdict.revision, article.url, article.source)
    names = ", ".join(one.name for one in article.entities)
    with index:  # one transaction
        found = index.execute(STORE, (*row, article.story_id)).fetchone()
        if found is None:
            return  # a later revision is stored already
        index.execute("delete from texts where rowid = ?", found)
        if article.verdict.kind != "retraction":
            index.execute(
                "insert into texts (rowid, title, body, entities) values (?, ?, ?, ?)",
                (*found, article.title, article.body, names),
            )


def find(index: sqlite3.Connection, query: str) -> Iterator[str]:
    """Return the best matches, each as one line."""
    for title, outlet, url, snippet in index.execute(FIND, [query]):
        yield f"{title} ({outlet}) {url}: {' '.join(snippet.split())}"


async def run(index: sqlite3.Connection) -> None:
    """Read until the process is stopped."""
    async for message in subscribe("enriched", group="search-index"):
        store(index, message.data)


if __name__ == "__main__":
    task, file, *words = sys.argv[1:]
    with closing(sqlite3.connect(file)) as opened:
        opened.executescript(TABLES)
        if task == "run":
            with suppress(KeyboardInterrupt):
                asyncio.run(run(opened))
        elif task == "find":
            for line in find(opened, " ".join(words)):
                print(line)
