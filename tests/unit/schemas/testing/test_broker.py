"""Code that subscribes runs on the broker in memory as it does on Kafka."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas import testing
from schemas.client import NoSuchTopicError, UnreadableError, connection, subscribe
from schemas.testing import InMemoryBroker

FIRST = testing.article(title="NATO opens rescue centre", entities=["NATO"])
COPY = testing.copy_of(FIRST, source="coastradio.example")
REVISION = testing.revision_of(FIRST, title="NATO opens its rescue centre")


async def titles(**options: Any) -> list[str]:
    return [one.data.title async for one in subscribe("enriched", **options)]


async def test_the_iteration_delivers_all_messages_in_order_and_ends() -> None:
    with InMemoryBroker(FIRST, COPY, REVISION):
        received = [one async for one in subscribe("enriched")]

    assert [one.data for one in received] == [FIRST, COPY, REVISION]
    assert [one.place for one in received] == [
        f"newsloom.articles.enriched/0/{n}" for n in range(3)
    ]
    assert [one.key for one in received] == [one.article_id for one in (FIRST, COPY, REVISION)]
    event = received[2].event
    assert event is not None
    assert event.type == "newsloom.article.enriched.v1"
    assert event.correlationid == REVISION.revision_id


async def test_filters_select_messages_and_the_rest_is_counted() -> None:
    with InMemoryBroker(FIRST, COPY, REVISION):
        assert await titles(verdict="copy") == [COPY.title]
        assert await titles(entity="nato", outlet="harbourpost.example") == [
            FIRST.title,
            REVISION.title,
        ]
        subscription = subscribe("enriched", language="ru")
        assert [one async for one in subscription] == []
    assert subscription.passed["filtered"] == 3


async def test_stories_and_dead_letters_are_delivered_on_their_topics() -> None:
    one, other = testing.story(FIRST), testing.story(testing.article())
    letter = testing.dead_letter("unchanged")
    with InMemoryBroker(FIRST, one, other, *testing.merge(one, other), letter):
        changes = [m.data.change async for m in subscribe("stories")]
        letters = [m async for m in subscribe("dead-letters", reason="unchanged")]

    assert changes == ["created", "created", "merged", "updated"]
    assert [m.data for m in letters] == [letter]
    assert letters[0].event is not None
    assert letters[0].event.type == "newsloom.article.raw.v1"


async def test_a_group_continues_after_the_messages_it_has_finished() -> None:
    with InMemoryBroker(FIRST, COPY) as broker:
        assert len(await titles(group="mine")) == 2
        assert broker.finished("mine") == [FIRST, COPY]
        broker.publish(REVISION)
        assert await titles(group="mine") == [REVISION.title]
        assert len(await titles(group="other")) == 3
        assert len(await titles()) == 3


async def test_a_message_whose_processing_fails_is_delivered_again() -> None:
    async def process(fail_at: int) -> list[str]:
        seen = []
        async with subscribe("enriched", group="mine") as messages:
            async for message in messages:
                seen.append(message.data.revision_id)
                if len(seen) == fail_at:
                    raise ConnectionError("the database is away")
        return seen

    with InMemoryBroker(FIRST, COPY, REVISION) as broker:
        with pytest.raises(ConnectionError):
            await process(fail_at=2)
        assert broker.finished("mine") == [FIRST]
        assert await process(fail_at=9) == [COPY.revision_id, REVISION.revision_id]
        assert broker.finished("mine") == [FIRST, COPY, REVISION]


async def test_leaving_the_block_finishes_the_message_and_a_plain_break_does_not() -> None:
    with InMemoryBroker(FIRST, COPY) as broker:
        async with subscribe("enriched", group="block") as messages:
            async for _ in messages:
                break
        assert broker.finished("block") == [FIRST]

        plain = aiter(subscribe("enriched", group="plain"))
        await anext(plain)
        await plain.aclose()
        assert broker.finished("plain") == []


async def test_a_message_that_is_published_twice_is_a_repeat() -> None:
    with InMemoryBroker(FIRST, FIRST, REVISION):
        ids = [one.event.id async for one in subscribe("enriched") if one.event]

    assert len(ids) == 3
    assert len(set(ids)) == 2


async def test_the_start_is_where_since_says() -> None:
    now = datetime.now(UTC)
    with InMemoryBroker() as broker:
        broker.publish(FIRST, at=now - timedelta(days=2))
        broker.publish(COPY, at=now - timedelta(hours=1))
        assert await titles(since=timedelta(days=1)) == [COPY.title]
        assert await titles(since=now - timedelta(days=3)) == [FIRST.title, COPY.title]
        assert await titles(since="latest") == []


async def test_broken_and_removed_records_are_handled_as_the_options_say() -> None:
    removed: list[str] = []
    with InMemoryBroker(testing.story(FIRST)) as broker:
        broker.publish_record("enriched", "key", b'{"title": 3}')
        broker.publish_record("stories", "s-1", None)
        with pytest.raises(UnreadableError, match=r"newsloom\.articles\.enriched/0/0"):
            await titles()
        assert await titles(on_unreadable="skip") == []
        stories = [m async for m in subscribe("stories", on_removed=removed.append)]

    assert len(stories) == 1
    assert removed == ["s-1"]


async def test_topics_with_a_suffix_are_read_with_the_suffix() -> None:
    with InMemoryBroker(FIRST, suffix="replay"):
        assert await titles(suffix="replay") == [FIRST.title]
        with pytest.raises(NoSuchTopicError):
            await titles()


def test_messages_of_other_topics_are_refused() -> None:
    with pytest.raises(TypeError, match="Mention is none of EnrichedArticle, Story, DeadLetter"):
        InMemoryBroker(FIRST.entities[0].mentions[0])


def test_after_the_block_subscriptions_read_from_kafka_again() -> None:
    before = connection.new_consumer
    with InMemoryBroker():
        assert connection.new_consumer is not before
    assert connection.new_consumer is before
