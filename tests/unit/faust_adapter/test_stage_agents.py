"""The `@app.agent` functions of the three stages, on in-memory topics.

The rules are those of `tests/unit/processing/test_delivery_rules.py`; here the records pass
through the real agents, apps, stages and offset trackers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schemas.article import CleanArticle, TaggedArticle
from schemas.envelope import Envelope
from schemas.topics import CLEAN, DEAD_LETTERS, ENRICHED, RAW, STORIES, TAGGED, Topic
from services.cleaning import agent as cleaning
from services.dedup import agent as dedup
from services.messaging.codec import encode
from services.messaging.records import OutgoingRecord
from services.tagging import agent as tagging
from services.tagging.core import Tagger
from tests.support.in_memory_transport import (
    DeliveryError,
    InMemoryBroker,
    InMemoryTransport,
    Partition,
)
from tests.support.running_agent import AgentWorker, produce, running_agent
from tests.support.running_stage import until
from tests.unit.dedup.make import article, prose


def raw_article(number: int) -> OutgoingRecord:
    url = f"https://a.example/{number}"
    value = {"url": url, "source": "a.example", "title": f"News {number}", "text": prose(number)}
    return OutgoingRecord(RAW, url.encode(), json.dumps(value).encode(), ())


def tagged_fields(number: int) -> dict[str, Any]:
    return dict(article(f"outlet{number}", prose(number), title=f"News {number}"))


def clean_article(number: int) -> OutgoingRecord:
    fields = tagged_fields(number)
    clean = CleanArticle(**{name: fields[name] for name in CleanArticle.model_fields})
    return encode(CLEAN, clean.article_id, clean, envelope(CLEAN, number))


def tagged_article(number: int) -> OutgoingRecord:
    tagged = TaggedArticle(**tagged_fields(number))
    return encode(TAGGED, tagged.language, tagged, envelope(TAGGED, number))


def envelope(topic: Topic, number: int) -> Envelope:
    return Envelope(
        id=f"id-{number}", source="test", type=topic.event_type, sequence=f"{number:020d}"
    )


@dataclass(frozen=True)
class StageCase:
    """An agent, what makes an article for it, and the topic of its one output for each article."""

    agent: ModuleType
    make: Any
    output: Topic

    @property
    def partition(self) -> Partition:
        """The partition that the worker consumes."""
        return (self.agent.READS.name, 0)

    def broker_with(self, *numbers: int) -> InMemoryBroker:
        """Make a broker whose source topic has these articles."""
        broker = InMemoryBroker()
        for number in numbers:
            produce(broker, self.make(number))
        return broker


CASES = {
    "cleaning": StageCase(cleaning, raw_article, CLEAN),
    "tagging": StageCase(tagging, clean_article, TAGGED),
    "dedup": StageCase(dedup, tagged_article, ENRICHED),
}


@pytest.fixture(params=CASES.values(), ids=list(CASES))
def case(request: pytest.FixtureRequest) -> StageCase:
    chosen: StageCase = request.param
    return chosen


@pytest.fixture(scope="module")
def loaded_tagger() -> Tagger:
    """A tagger without language models, loaded once for all tests."""
    return Tagger.load(preload=(), loaders={})


@pytest.fixture(autouse=True)
def quick_tagging(loaded_tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tagger, "load", lambda **_: loaded_tagger)


def values_of(broker: InMemoryBroker, topic: Topic) -> list[bytes | None]:
    return [record.value for record in broker.read(topic)]


async def finish(worker: AgentWorker, case: StageCase) -> None:
    """Wait until every record of the partition may be committed, and commit."""
    broker = worker.transport.broker

    def everything_is_committed() -> bool:
        worker.transport.commit()
        return broker.committed.get(case.partition) == len(broker.partitions[case.partition])

    await until(everything_is_committed)


async def test_an_agent_writes_to_all_topics_that_it_declares_and_to_no_other(
    case: StageCase, tmp_path: Path
) -> None:
    broker = case.broker_with(1)
    broker.append(*case.partition, b"key", b"not json")
    transport = InMemoryTransport(broker)
    async with running_agent(case.agent.create_app, transport, tmp_path) as worker:
        worker.assign([case.partition])
        await finish(worker, case)

    assert {one.topic for one in transport.produced} == set(case.agent.WRITES)
    assert len(broker.read(case.output)) == 1
    (dead_letter,) = broker.read(DEAD_LETTERS)
    assert dead_letter.key == b"key"


async def test_an_agent_acknowledges_a_record_only_after_its_outputs_are_confirmed(
    case: StageCase, tmp_path: Path
) -> None:
    broker = case.broker_with(1, 2)
    transport = InMemoryTransport(broker)
    transport.confirm_automatically = False
    async with running_agent(
        case.agent.create_app, transport, tmp_path, batch_size=1, story_interval=0
    ) as worker:
        worker.assign([case.partition])
        outputs = len(case.agent.WRITES) - 1  # all but the dead letters
        await until(lambda: len(transport.pending) == 2 * outputs)

        for delivery in transport.pending[outputs:]:
            delivery.confirm()  # those of the second record
        await until(lambda: worker.app.runner.completed == 1)
        transport.commit()
        assert broker.committed == {}

        transport.confirm_all()
        await finish(worker, case)
        assert worker.app.runner.completed == 2


async def test_an_agent_whose_delivery_fails_leaves_the_record_uncommitted(
    case: StageCase, tmp_path: Path
) -> None:
    broker = case.broker_with(1, 2)
    transport = InMemoryTransport(broker)
    transport.confirm_automatically = False
    async with running_agent(case.agent.create_app, transport, tmp_path, batch_size=1) as worker:
        worker.assign([case.partition])
        await until(lambda: len(transport.pending) >= 2)
        transport.pending[0].fail()
        transport.confirm_all()
        await until(lambda: worker.app.crashed)
        await worker.revoke()

    assert isinstance(worker.app._crash_reason, DeliveryError)
    assert broker.committed == {}


async def test_a_rebalance_drops_what_an_agent_has_not_finished(
    case: StageCase, tmp_path: Path
) -> None:
    broker = case.broker_with(1, 2)
    stalled = InMemoryTransport(broker)
    stalled.confirm_automatically = False
    async with running_agent(case.agent.create_app, stalled, tmp_path) as old:
        old.assign([case.partition])
        await until(lambda: len(stalled.pending) >= 1)
        assert not await old.revoke()  # the outputs are not confirmed in time
        assert broker.committed == {}

        transport = InMemoryTransport(broker)
        async with running_agent(case.agent.create_app, transport, tmp_path) as new:
            new.assign([case.partition])
            await finish(new, case)
        outputs = set(values_of(broker, case.output))
        assert len(outputs) == 2

        broker.committed.clear()  # to see whether the old worker commits anything
        stalled.confirm_all()
        await until(lambda: old.app.runner.in_progress == 0)
        stalled.commit()
        assert broker.committed == {}

    assert set(values_of(broker, case.output)) == outputs  # a repeat has the same content


async def test_a_worker_consumes_again_what_a_rebalance_took_away_and_gave_back(
    case: StageCase, tmp_path: Path
) -> None:
    broker = case.broker_with(1, 2, 3)
    transport = InMemoryTransport(broker)
    transport.confirm_automatically = False
    async with running_agent(case.agent.create_app, transport, tmp_path, batch_size=1) as worker:
        worker.assign([case.partition])
        await until(lambda: len(transport.pending) >= 1)
        await worker.revoke()
        transport.confirm_all()
        worker.assign([case.partition])
        await finish(worker, case)

    assert len(set(values_of(broker, case.output))) == 3


async def test_the_agents_pass_an_article_on_from_the_raw_topic_to_its_story(
    tmp_path: Path,
) -> None:
    broker = CASES["cleaning"].broker_with(1)
    for case in CASES.values():
        transport = InMemoryTransport(broker)
        async with running_agent(case.agent.create_app, transport, tmp_path) as worker:
            worker.assign(place for place in broker.partitions if place[0] == case.agent.READS.name)
            await until(lambda case=case: len(broker.read(case.output)) == 1)  # type: ignore[misc]
            await until(lambda worker=worker: worker.app.runner.in_progress == 0)  # type: ignore[misc]

    (enriched,) = broker.read(ENRICHED)
    (story,) = broker.read(STORIES)
    assert json.loads(enriched.value or b"")["verdict"]["kind"] == "original"
    assert json.loads(enriched.value or b"")["story_id"] == (story.key or b"").decode()
    assert broker.read(DEAD_LETTERS) == []


async def test_dedup_uses_the_rows_of_the_other_worker_after_it_gets_a_partition_back(
    tmp_path: Path,
) -> None:
    case = CASES["dedup"]
    broker = case.broker_with(1)
    first, second = InMemoryTransport(broker), InMemoryTransport(broker)
    async with (
        running_agent(dedup.create_app, first, tmp_path) as one,
        running_agent(dedup.create_app, second, tmp_path) as other,
    ):
        one.assign([case.partition])
        await finish(one, case)
        await one.revoke()
        produce(broker, tagged_article(2))
        other.assign([case.partition])
        await finish(other, case)
        await other.revoke()
        copy = article("copy", prose(2), title="News 2")
        produce(broker, encode(TAGGED, copy.language, copy, envelope(TAGGED, 3)))
        one.assign([case.partition])
        await finish(one, case)

    verdicts = {
        (record.key or b"").decode(): json.loads(record.value or b"")["verdict"]
        for record in broker.read(ENRICHED)
    }
    original = article("outlet2", prose(2), title="News 2").article_id
    assert verdicts[copy.article_id]["copy_of"] == original
