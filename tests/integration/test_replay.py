"""Process raw articles again into a second set of topics, compare the sets, and drop one."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from schemas.article import EnrichedArticle, RawArticle
from schemas.topics import DEAD_LETTERS, ENRICHED, RAW, with_suffix
from services.kafka.clients import producer
from services.messaging.raw_records import raw_record
from tests.integration.harness import Cluster

BEGIN = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
PAIRS = 6
TEXT = (
    "The council of {place} met on day {day} and agreed after a long debate to reopen the road "
    "along the coast, which a landslide had closed {day} weeks before; engineers under {place} "
    "said that the slope was safe again and that buses would run by the end of month {day}."
)


def text(number: int) -> str:
    return TEXT.format(place=f"Town{number}", day=number + 2) * 2


def newsloom(cluster: Cluster, *arguments: str, **more: str) -> str:
    done = cluster.command(*arguments, NEWSLOOM_COMMIT_INTERVAL="0.2", **more)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def archive(cluster: Cluster) -> Cluster:
    """Return articles of two days: originals in one partition, copies one hour later in another.

    The first is older than the rest; one states a date that is too far in the future.
    """
    ahead = datetime.now(UTC) + timedelta(days=5)
    articles = [RawArticle(url="https://first.example/0", source="first", text=text(99))]
    for outlet in ("one", "two"):
        articles += [
            RawArticle(url=f"https://{outlet}.example/{n}", source=outlet, text=text(n))
            for n in range(PAIRS)
        ]
    articles.append(
        RawArticle(url="https://a.example/x", source="a", text=text(50), published_at=ahead)
    )

    async def send() -> None:
        async with producer(cluster.bootstrap) as client:
            for number, article in enumerate(articles):
                at = BEGIN + timedelta(hours=number) if number else BEGIN - timedelta(days=1)
                record = raw_record(article)
                await client.send_and_wait(
                    RAW.name,
                    record.value,
                    key=record.key,
                    headers=list(record.headers),
                    partition=0 if article.source == "two" else 7,
                    timestamp_ms=round(at.timestamp() * 1000),
                )

    asyncio.run(send())
    return cluster


def outputs(cluster: Cluster, suffix: str) -> dict[str, EnrichedArticle]:
    records = cluster.stored(with_suffix(ENRICHED, suffix).name)
    found = [EnrichedArticle.model_validate_json(record.value or b"") for record in records]
    return {article.url: article for article in found}


def test_a_replay_is_in_order_of_time_and_can_be_compared_and_dropped(
    archive: Cluster,
) -> None:
    said = newsloom(archive, "replay", "v1", "--from", "all", "--in-flight", "4")

    assert "Replayed 14 articles" in said
    assert "13 enriched messages and 1 dead letter." in said
    first = outputs(archive, "v1")
    for number in range(PAIRS):
        original, copy = (first[f"https://{outlet}.example/{number}"] for outlet in ("one", "two"))
        assert (original.verdict.kind, copy.verdict.kind) == ("original", "copy")
        assert copy.verdict.copy_of == original.article_id
        assert original.ingested_at == BEGIN + timedelta(hours=number + 1)
    assert not archive.stored(ENRICHED.name, DEAD_LETTERS.name), "the first set is unchanged"
    assert "The delivery guarantee holds." in newsloom(archive, "check", NEWSLOOM_TOPIC_SUFFIX="v1")

    again = newsloom(archive, "replay", "v1", "--from", "all", "--no-workers")
    assert "Replayed 0 articles" in again, "it continues where it stopped"

    _copy_with_a_change(archive)
    report = json.loads(
        newsloom(archive, "diff", "-", "v1", "--since", BEGIN.isoformat(), "--json")
    )
    assert (report["outcomes"], report["fields"]) == ({}, {"title": 1})
    assert (report["compared"], report["only"], report["moved"]) == (2 * PAIRS, [0, 1], 0)

    assert "would be deleted" in newsloom(archive, "topics", "drop", "v1")
    dropped = newsloom(archive, "topics", "drop", "v1", "--yes")
    assert "Deleted 9 topics and 3 consumer groups." in dropped
    assert len(outputs(archive, "")) == 2 * PAIRS + 1
    for further in ([], ["--yes"]):
        refused = archive.newsloom("topics", "drop", "v1", *further)
        assert refused.returncode == 1
        assert "There are no topics with the suffix 'v1'." in refused.stderr


def _copy_with_a_change(cluster: Cluster) -> None:
    """Copy the articles of the first set to the second, one with another title."""

    async def work() -> None:
        async with producer(cluster.bootstrap) as client:
            for record in records:
                value = json.loads(record.value or b"")
                if value["url"] == "https://one.example/3":
                    value["title"] = "Another"
                await client.send_and_wait(
                    ENRICHED.name, json.dumps(value).encode(), key=record.key
                )

    records = cluster.stored(with_suffix(ENRICHED, "v1").name)
    asyncio.run(work())
