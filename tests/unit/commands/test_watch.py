"""`newsloom watch`, on records that need no broker."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from schemas.article import EnrichedArticle
from schemas.story import Story
from schemas.topics import ENRICHED, STORIES
from services.cli import app
from services.commands.watch import selected
from services.contract import json_schemas
from services.kafka import topic_scan
from services.messaging.errors import UsageError
from services.messaging.records import Record
from services.settings import settings


def record(topic: str, value: bytes | None, offset: int) -> Record:
    return Record(topic, 0, offset, 0.0, b"k", value, ())


ARTICLE = json_schemas.example(EnrichedArticle)
STORED = [
    record(ENRICHED.name, json.dumps({**ARTICLE, "language": "en"}).encode(), 0),
    record(ENRICHED.name, json.dumps({**ARTICLE, "language": "fr"}).encode(), 1),
    record(ENRICHED.name, b"not json", 2),
    record(STORIES.name, json.dumps(json_schemas.example(Story)).encode(), 0),
]


@pytest.fixture
def topics_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let the command read `STORED`; return the names of the topics that it reads."""
    read: list[str] = []

    async def follow(_servers: str, topics: list[str], **_: Any) -> AsyncGenerator[Record]:
        read.extend(topics)
        for one in STORED:
            if one.topic in topics:
                yield one

    monkeypatch.setattr(topic_scan, "follow", follow)
    monkeypatch.setenv("NEWSLOOM_KAFKA", "127.0.0.1:1")
    settings.cache_clear()
    yield read
    settings.cache_clear()


def watch(*options: str) -> Result:
    return CliRunner().invoke(app, ["watch", "--json", *options])


def rows(done: Result) -> list[Any]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_without_filters_everything_readable_is_printed(topics_read: list[str]) -> None:
    done = watch()

    assert [row["topic"] for row in rows(done)] == [ENRICHED.name, ENRICHED.name, STORIES.name]
    assert done.stderr == f"unreadable message at {ENRICHED.name}/0/2\n"


def test_a_filter_selects_messages(topics_read: list[str]) -> None:
    done = watch("--language", "fr")

    assert [row["value"]["language"] for row in rows(done) if "language" in row["value"]] == ["fr"]


def test_the_count_is_that_of_selected_messages(topics_read: list[str]) -> None:
    (only,) = rows(watch("--language", "fr", "--count", "1"))

    assert only["value"]["language"] == "fr"


@pytest.mark.parametrize(
    ("option", "value", "topic"),
    [("--verdict", ARTICLE["verdict"]["kind"], ENRICHED), ("--change", "created", STORIES)],
)
def test_a_filter_of_one_kind_leaves_out_the_other(
    topics_read: list[str], option: str, value: str, topic: Any
) -> None:
    assert watch(option, value).exit_code == 0

    assert topics_read == [topic.name]


def test_both_kinds_are_read_with_a_filter_for_each() -> None:
    assert set(selected({"verdict": ["copy"], "change": ["merged"]})) == {"enriched", "stories"}


def test_a_value_that_no_message_can_have_is_refused() -> None:
    with pytest.raises(UsageError, match="verdict 'coppy' is none of original, copy"):
        selected({"verdict": ["coppy"]})
