"""A message over the size limit at every hop: refused or dead-lettered, and nothing is held up."""

from __future__ import annotations

import asyncio
import time

from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from schemas.article import RawArticle
from schemas.topics import CLEAN, ENRICHED, MAX_MESSAGE_BYTES, TAGGED, Topic
from services.kafka import topic_admin
from services.messaging.raw_records import raw_record
from tests.faults import load, plan, results
from tests.faults.crew import Crew, Load, raw_records
from tests.faults.plan import sized

LIMITS = {CLEAN: 800_000, TAGGED: 650_000, ENRICHED: 500_000}
"""Bytes the broker takes on each topic, for this test. More than a producer's batch of small
records, so that only the large ones are refused."""
SIZES = {"cleaning": 900_000, "tagging": 720_000, "dedup": 560_000}
"""Bytes of an article that is refused where the stage sends it."""


def test_too_large_a_message_ends_as_a_letter_at_every_hop(crew: Crew) -> None:
    began = time.monotonic()
    for topic, limit in LIMITS.items():
        asyncio.run(limit_records(crew, topic, limit))
    crew.start()
    refused = crew.cluster.newsloom("publish", "-", stdin=line("x" * 9_000_000))
    assert refused.returncode == 1
    assert "larger than 8,000,000 characters" in refused.stderr

    nearly = b"x" * (MAX_MESSAGE_BYTES - 600)  # no JSON; its letter is larger than the limit
    crew.cluster.send([(b"k", nearly, [])])
    large = [raw_record(article(size, stage)) for stage, size in SIZES.items()]
    records = raw_records(sized(60, 2000), "large")
    for number, one in enumerate(large * sized(1, 5)):
        records.insert(number * 10, one)
    with Load(crew.cluster.bootstrap, records, 60.0):
        pass
    crew.caught_up(180)

    report = crew.check()
    assert crew.restarts == 0, "a worker ended by itself"
    found = [
        (letter.stage, letter.reason)
        for letter, _ in crew.cluster.outcomes().letters
        if letter.outcome == "failed"
    ]
    assert set(found) == {("cleaning", "not_json"), *((one, "too_large") for one in SIZES)}
    results.note("a message over the limit at every hop", began, report, letters=len(found))


def article(size: int, name: str) -> RawArticle:
    """An article of so many bytes; no name in it, for each would be an entity and add more."""
    texts = ((one.text or "").lower() for one in load.articles(5000, f"{plan.SEED} {name}"))
    text = ""
    for more in texts:
        text += more + " "
        if len(text) > size:
            break
    return RawArticle(
        url=f"https://large.example/{name}", source="large.example", language="en", text=text[:size]
    )


def line(text: str) -> bytes:
    made = RawArticle(url="https://large.example/1", source="large.example", text=text[:10])
    return made.model_dump_json(exclude_none=True).replace(text[:10], text).encode() + b"\n"


async def limit_records(crew: Crew, topic: Topic, limit: int) -> None:
    async with topic_admin.admin(crew.cluster.bootstrap) as admin:
        wanted = {**topic.config(), "max.message.bytes": str(limit)}
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic.name, wanted)])
