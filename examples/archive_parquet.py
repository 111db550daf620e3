"""Archive articles without copies in Parquet files, one for each day; query it with DuckDB.

    python archive_parquet.py run archive
    python archive_parquet.py report archive

They have the last revision of each original that was not withdrawn, taken from `articles.duckdb`.
"""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

import duckdb
from newsloom.article import EnrichedArticle
from newsloom.client import subscribe

EXPORT_SECONDS = 5.0  # many changes of a day are written together
TABLE = """create table if not exists articles (id text primary key, revision int, day date,
 outlet text, language text, title text, body text, url text, story text, entities text[],
 copy_of text, withdrawn bool, exported bool)"""
STORE = "insert or replace into articles values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)"
DAY = """select * exclude (day, copy_of, withdrawn, exported) from articles
 where day = ? and copy_of is null and not withdrawn"""
OUTLETS = "select day, outlet, count(*) as articles from archive group by all order by all"
ENTITIES = """select entity, count(*) as articles, count(distinct outlet) as outlets
 from (select unnest(entities) as entity, outlet from archive)
 group by entity order by articles desc, entity limit 20"""


def store(table: duckdb.DuckDBPyConnection, article: EnrichedArticle) -> None:
    """Apply one message; applying it again changes nothing."""
    verdict, stated = article.verdict, article.published.utc if article.published else None
    known = table.execute(
        "select revision, day, copy_of from articles where id = ?", [article.article_id]
    ).fetchone() or (0, (stated or article.ingested_at).date(), verdict.copy_of)
    if known[0] <= verdict.revision:
        row = [article.article_id, verdict.revision, known[1], article.source, article.language]
        row += [article.title, article.body, article.url, article.story_id]
        row += [[one.name for one in article.entities], known[2], verdict.kind == "retraction"]
        table.execute(STORE, row)


def export(table: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the file of each day that has changed; readers see the old one or the new one."""
    for (day,) in table.execute("select distinct day from articles where not exported").fetchall():
        target = folder / f"day={day}" / "articles.parquet"
        target.parent.mkdir(exist_ok=True)
        table.sql(DAY, params=[day]).write_parquet(f"{target}.part")
        Path(f"{target}.part").replace(target)
        table.execute("update articles set exported = true where day = ?", [day])


async def keep_exporting(table: duckdb.DuckDBPyConnection, folder: Path) -> None:
    while True:
        export(table, folder)
        await asyncio.sleep(EXPORT_SECONDS)


async def run(table: duckdb.DuckDBPyConnection, folder: Path) -> None:
    async with asyncio.TaskGroup() as tasks:
        exporting = tasks.create_task(keep_exporting(table, folder))
        async for message in subscribe("enriched", group="archive"):
            store(table, message.data)
        exporting.cancel()
    export(table, folder)


if __name__ == "__main__":
    task, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(folder / "articles.duckdb" if task == "run" else ":memory:") as database:
        if task == "run":
            database.execute(TABLE)
            with suppress(KeyboardInterrupt):
                asyncio.run(run(database, folder))
        files = database.read_parquet(f"{folder}/*/*.parquet", hive_partitioning=True)
        files.create_view("archive")
        print(database.sql(OUTLETS), database.sql(ENTITIES), sep="\n")
