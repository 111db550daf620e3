"""The services in examples/ with the test kit: repeats, late messages, retractions."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pytest
from newsloom import testing

EXAMPLES = Path(__file__).parents[3] / "examples"
FIRST = testing.article(title="NATO opens rescue centre", entities=["NATO"])
REVISION = testing.revision_of(FIRST, title="NATO opens its rescue centre", body="NATO opened it.")
RETRACTION = testing.retraction_of(REVISION)
COPY = testing.copy_of(FIRST, source="coastradio.example")
REVISED_COPY = testing.revision_of(COPY, title="Rescue centre opened")


@pytest.fixture(autouse=True)
def examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))


def example(name: str) -> Any:
    return sys.modules.get(name) or import_module(name)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_each_service_is_shorter_than_eighty_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 80


async def archived(folder: Path, *messages: Any) -> list[str]:
    with duckdb.connect() as table, testing.InMemoryBroker(*messages):
        table.execute(example("archive_parquet").TABLE)
        await example("archive_parquet").run(table, folder)
    found = duckdb.read_parquet(f"{folder}/*/*.parquet")
    return [title for (title,) in found.select("title").fetchall()]


async def test_the_archive_keeps_the_last_revision_of_originals(tmp_path: Path) -> None:
    late = (FIRST, REVISION, FIRST, COPY, REVISED_COPY)

    assert await archived(tmp_path, *late) == [REVISION.title]
    assert await archived(tmp_path, *late, RETRACTION, REVISION) == []


def test_a_revision_stays_on_the_day_of_its_article(tmp_path: Path) -> None:
    stated = {"value": "2025-06-01", "precision": "day", "origin": "meta"}
    moved = testing.revision_of(FIRST, published=stated)

    assert asyncio.run(archived(tmp_path, FIRST, moved)) == [FIRST.title]
    assert [path.name for path in tmp_path.glob("day=*")] == ["day=2025-05-04"]


async def test_the_index_keeps_the_last_revision() -> None:
    search = example("search_index")
    with sqlite3.connect(":memory:") as index:
        index.executescript(search.TABLES)
        with testing.InMemoryBroker(FIRST, REVISION, FIRST, COPY) as broker:
            await search.run(index)
            found = list(search.find(index, "rescue centre"))
            broker.publish(RETRACTION, REVISION)
            await search.run(index)
            left = list(search.find(index, "rescue centre"))

    assert {line.split(" (")[0] for line in found} == {COPY.title, REVISION.title}
    assert [line.split(" (")[1].split(")")[0] for line in left] == ["coastradio.example"]


async def test_a_repeated_message_is_posted_under_the_same_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alerts = example("alert_webhook")
    posted: list[tuple[str, str]] = []
    failures = [OSError("away")]

    def post(_url: str, key: str, body: dict[str, Any]) -> None:
        if failures:
            raise failures.pop()
        posted.append((key, body["text"]))

    monkeypatch.setattr(alerts, "post", post)
    monkeypatch.setattr(alerts, "FIRST_WAIT", 0)
    with testing.InMemoryBroker(FIRST, FIRST, COPY, RETRACTION) as broker:
        await alerts.main("https://hooks.example", ["nato"])
        finished = broker.finished("alerts")

    (first, title), (again, _), (retraction, withdrawn) = posted
    assert first == again != retraction
    assert title == f"{FIRST.title} (harbourpost.example)"
    assert withdrawn == f"Withdrawn: {REVISION.title} (harbourpost.example)"
    assert finished == [FIRST, FIRST, COPY, RETRACTION]
