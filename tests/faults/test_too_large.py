"""A message over the size limit is refused or dead-lettered at every hop; others are processed."""

from __future__ import annotations

import asyncio
import time

from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from schemas.article import RawArticle
from schemas.topics import CLEAN, ENRICHED, MAX_MESSAGE_BYTES, TAGGED, Topic
from services.kafka import topic_admin
from services.messaging.raw_records import raw_record
from tests.faults import invented_articles, results, run_size
from tests.faults.run_size import sized
from tests.faults.worker_pool import LoadGenerator, WorkerPool, raw_records

LIMITS = {CLEAN: 800_000, TAGGED: 650_000, ENRICHED: 500_000}
"""Maximum record size of each topic in this test, in bytes. It is larger than a producer's batch
of small records, so that only the large records are refused."""
SIZES = {"cleaning": 900_000, "tagging": 720_000, "dedup": 560_000}
"""Size in bytes of an article whose output of that stage is refused."""


def test_a_message_that_is_too_large_becomes_a_dead_letter_at_every_hop(pool: WorkerPool) -> None:
    began = time.monotonic()
    for topic, limit in LIMITS.items():
        asyncio.run(limit_records(pool, topic, limit))
    pool.start()
    refused = pool.cluster.newsloom("publish", "-", stdin=json_line("x" * 9_000_000))
    assert refused.returncode == 1
    assert "larger than 8,000,000 characters" in refused.stderr

    nearly = b"x" * (MAX_MESSAGE_BYTES - 600)  # not JSON; its dead letter is larger than the limit
    pool.cluster.send([(b"k", nearly, [])])
    large = [raw_record(article(size, stage)) for stage, size in SIZES.items()]
    records = raw_records(sized(60, 2000), "large")
    for number, one in enumerate(large * sized(1, 5)):
        records.insert(number * 10, one)
    with LoadGenerator(pool.cluster.bootstrap, records, 60.0):
        pass
    pool.wait_until_caught_up()

    report = pool.check()
    assert pool.restarts == 0, "a worker ended without being stopped"
    reasons = [
        (letter.stage, letter.reason)
        for letter, _ in pool.cluster.outcomes().dead_letters
        if letter.outcome == "failed"
    ]
    assert set(reasons) == {("cleaning", "not_json"), *((one, "too_large") for one in SIZES)}
    results.note("a message over the limit at every hop", began, report, letters=len(reasons))


def article(size: int, name: str) -> RawArticle:
    """Return an article of `size` bytes without names, because entities would add bytes."""
    texts = (
        (one.text or "").lower()
        for one in invented_articles.articles(5000, f"{run_size.SEED} {name}")
    )
    text = ""
    for more in texts:
        text += more + " "
        if len(text) > size:
            break
    return RawArticle(
        url=f"https://large.example/{name}", source="large.example", language="en", text=text[:size]
    )


def json_line(text: str) -> bytes:
    raw = RawArticle(url="https://large.example/1", source="large.example", text=text[:10])
    return raw.model_dump_json(exclude_none=True).replace(text[:10], text).encode() + b"\n"


async def limit_records(pool: WorkerPool, topic: Topic, limit: int) -> None:
    async with topic_admin.admin(pool.cluster.bootstrap) as admin:
        wanted = {**topic.config(), "max.message.bytes": str(limit)}
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic.name, wanted)])
