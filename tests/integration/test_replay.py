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
TEXTS = {
    0: (
        "The council of Norvik reopened the coast road that a landslide had closed in March; "
        "buses run again from Monday, and engineers will watch the slope above the tunnel for"
        " another year."
    ),
    1: (
        "Bakers in Tolna baked nine hundred loaves overnight for the marathon, the guild "
        "said, and gave away what the runners had left to the night shelter beside the old "
        "brewery."
    ),
    2: (
        "A pod of porpoises swam up the Levant river as far as the paper mill, where anglers "
        "filmed them turning below the weir before the evening tide carried them back to sea."
    ),
    3: (
        "Teachers at the Brask music school ended their strike after the canton promised "
        "smaller classes, two further pianos and heating in the practice rooms by the autumn "
        "holidays."
    ),
    4: (
        "Customs officers found four hundred stolen bicycles in a barn near Sarvan; owners "
        "can look for theirs on Saturday if they bring a receipt, a photograph or the number "
        "of the frame."
    ),
    5: (
        "The observatory on Mount Ilda counted sixty meteors an hour on Thursday night, the "
        "most since the dome was rebuilt, and astronomers expect a second shower before the "
        "new moon."
    ),
    50: (
        "Farmers around Peltz sowed hardy lentils instead of barley this spring because three"
        " dry years had left their wells low, and the mill is buying new sieves for the crop."
    ),
    99: (
        "A ferry captain who retired in Gort after forty winters handed his brass telescope "
        "to the maritime museum, which opens a room about lighthouse families in the summer."
    ),
}
"""Texts that share neither form nor names, so that each is a story of its own."""


def text(number: int) -> str:
    """Return a text twice: one of fewer than 40 words is no article without a title."""
    return f"{TEXTS[number]} {TEXTS[number]}"


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
