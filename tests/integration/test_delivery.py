"""Nothing is lost and order is kept while workers die, come and go, and the broker restarts."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
from aiokafka import AIOKafkaProducer

from schemas.article import EnrichedArticle, Provenance, TaggedArticle
from schemas.envelope import Envelope
from schemas.topics import CLEAN, ENRICHED, TAGGED, Topic
from services import broker
from services.codec import Outgoing, Record, encode
from services.publisher import raw_record
from tests.integration.harness import LIBS, Cluster, eventually, running_cluster

ARTICLES = 60
REVISIONS = 20
WORDS = (
    "The council of {place} met on day {day} and agreed after a long debate to reopen the road "
    "along the coast, which a landslide had closed {day} weeks before; engineers under {place} "
    "said that the slope was safe again and that buses would run by the end of month {day}."
)


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A broker for one test alone."""
    with running_cluster(tmp_path) as started:
        yield started


def raw_records() -> list[Outgoing]:
    """Revisions of articles, each article's in order, the articles interleaved."""
    from schemas.article import RawArticle  # noqa: PLC0415 - only here

    return [
        raw_record(
            RawArticle(
                url=f"https://a.example/{number}",
                source="a.example",
                text=WORDS.format(place=f"Town{number}", day=revision),
            )
        )
        for revision in range(REVISIONS)
        for number in range(ARTICLES)
    ]


class Load:
    """Sends records at a steady rate in a thread, and knows which the broker has."""

    def __init__(self, bootstrap: str, records: list[Outgoing], per_second: float) -> None:
        self._bootstrap = bootstrap
        self._records = records
        self._pause = 1 / per_second
        self._thread = threading.Thread(target=lambda: asyncio.run(self._send()))
        self.delivered = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(120)
        assert self.delivered == len(self._records)

    async def _send(self) -> None:
        client = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap, acks="all", enable_idempotence=True, linger_ms=5
        )
        await client.start()
        futures = []
        for record in self._records:
            futures.append(
                await client.send(
                    record.topic.name,
                    record.value,
                    key=record.key,
                    headers=list(record.headers),
                    partition=record.partition,
                )
            )
            await asyncio.sleep(self._pause)
        await asyncio.gather(*futures)
        self.delivered = len(futures)
        await client.stop()


def landed(cluster: Cluster, topic: Topic) -> dict[str, list[Record]]:
    """The topic's records by `ce_id`, each in the order in which they lie there."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record in cluster.stored(topic.name):
        found[dict(record.headers)["ce_id"].decode()].append(record)
    return found


def check_clean(cluster: Cluster, records: list[Outgoing], *, repeats: bool) -> None:
    """Every raw revision is on the clean topic, contents equal in repeats, order kept."""
    expected = {dict(record.headers)["ce_correlationid"].decode() for record in records}
    eventually(lambda: len(landed(cluster, CLEAN)) >= len(expected), "all is clean", 90)
    found = landed(cluster, CLEAN)
    assert {json.loads(r[0].value or b"")["revision_id"] for r in found.values()} == expected
    for same in found.values():
        assert len({record.value for record in same}) == 1, "a repeat differs"
        assert repeats or len(same) == 1, "a repeat after a clean stop"
    first_offsets: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    for same in found.values():
        sequence = int(dict(same[0].headers)["ce_sequence"])
        first_offsets[same[0].key or b""].append((sequence, same[0].offset))
    for pairs in first_offsets.values():
        offsets = [offset for _, offset in sorted(pairs)]
        assert offsets == sorted(offsets), "revisions of an article changed places"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=lambda how: how.name)
def test_a_worker_that_ends_under_load_loses_nothing(
    own_cluster: Cluster, how: signal.Signals
) -> None:
    """Twice; after SIGTERM there is not even a repeat."""
    records = raw_records()
    (worker,) = own_cluster.start("cleaning")
    with Load(own_cluster.bootstrap, records, per_second=200):
        for _ in range(2):
            time.sleep(1.5)
            status = worker.end(how)
            assert status == (0 if how is signal.SIGTERM else -signal.SIGKILL)
            (worker,) = own_cluster.start("cleaning")

    check_clean(own_cluster, records, repeats=how is signal.SIGKILL)


def test_workers_that_come_and_go_under_load_lose_nothing(own_cluster: Cluster) -> None:
    records = raw_records()
    own_cluster.start("cleaning")
    with Load(own_cluster.bootstrap, records, per_second=150):
        time.sleep(0.5)
        (second,) = own_cluster.start("cleaning")
        time.sleep(1.5)
        assert second.end() == 0

    check_clean(own_cluster, records, repeats=True)


def test_a_broker_that_restarts_under_load_loses_nothing(own_cluster: Cluster) -> None:
    """The workers reconnect by themselves."""
    records = raw_records()
    (worker,) = own_cluster.start("cleaning")
    home = own_cluster.home / "broker"
    with Load(own_cluster.bootstrap, records, per_second=200):
        time.sleep(1.5)
        broker.stop(home)
        time.sleep(2)
        broker.start(home, LIBS, own_cluster.broker.port)

    check_clean(own_cluster, records, repeats=True)
    assert worker.process.poll() is None


def tagged_records() -> list[Outgoing]:
    """Tagged articles in two languages, every third a copy of one before it."""
    made = []
    for number in range(240):
        original = number - number % 3 if number % 3 == 2 else number
        article_id = f"article-{number}"
        article = TaggedArticle(
            article_id=article_id,
            revision_id=f"revision-{number}",
            url=f"https://a.example/{number}",
            source="a.example",
            title=f"Council of Town{original} reopens the road",
            body=WORDS.format(place=f"Town{original}", day=original),
            word_count=50,
            ingested_at="2025-05-04T08:30:00Z",
            language="en" if number % 2 else "nl",
            language_confidence=1,
            kept_share=1,
            cleaning=Provenance(name="test", version="1", confidence=1),
            tagging=Provenance(name="test", version="1", confidence=1),
        )
        envelope = Envelope(
            id=f"tagged-{number}", source="test", type=TAGGED.event_type, sequence=str(number)
        )
        made.append(encode(TAGGED, article.language, article, envelope))
    return made


def verdicts(cluster: Cluster) -> dict[str, set[tuple[str, str | None, str | None]]]:
    found: dict[str, set[tuple[str, str | None, str | None]]] = defaultdict(set)
    for record in cluster.stored(ENRICHED.name):
        article = EnrichedArticle.model_validate_json(record.value or b"")
        told = (str(article.verdict.kind), article.verdict.copy_of, article.story_id)
        found[article.article_id].add(told)
    return found


def test_dedup_gives_the_same_answers_after_a_kill_and_a_lost_disk(own_cluster: Cluster) -> None:
    """Compared with a run in which nothing happened."""
    records = tagged_records()
    (worker,) = own_cluster.start("dedup")
    with Load(own_cluster.bootstrap, records, per_second=100):
        for lose_disk in (False, True):
            time.sleep(0.7)
            worker.end(signal.SIGKILL)
            if lose_disk:
                shutil.rmtree(own_cluster.home / "state")
            (worker,) = own_cluster.start("dedup")
    eventually(lambda: len(verdicts(own_cluster)) == len(records), "all are enriched", 60)

    found = verdicts(own_cluster)

    assert all(len(told) == 1 for told in found.values()), "one article, two verdicts"
    assert found == _undisturbed(records)


def _undisturbed(records: list[Outgoing]) -> dict[str, set[tuple[str, str | None, str | None]]]:
    from services.dedup.agent import DedupStage  # noqa: PLC0415 - only here
    from services.dedup.store import RowsInMemory  # noqa: PLC0415 - only here
    from services.settings import Settings  # noqa: PLC0415 - only here
    from services.stage import Done  # noqa: PLC0415 - only here

    rows = RowsInMemory()
    stage = DedupStage(Settings(), rows)
    found: dict[str, set[tuple[str, str | None, str | None]]] = defaultdict(set)
    for number, sent in enumerate(records):
        record = Record(TAGGED.name, 0, number, 0.0, sent.key, sent.value, sent.headers)
        (result,) = stage.work([record])
        assert isinstance(result, Done)
        rows.apply(result.changes)
        article = EnrichedArticle.model_validate_json(result.outgoing[0].value or b"")
        found[article.article_id].add(
            (str(article.verdict.kind), article.verdict.copy_of, article.story_id)
        )
    return found
