"""The subscriber's client on the real broker."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import RecordsToDelete

from schemas.client import (
    KafkaUnreachableError,
    NoSuchTopicError,
    Subscription,
    UnreadableError,
    WrongVersionError,
    subscribe,
)
from schemas.client.kinds import KINDS
from schemas.envelope import Envelope
from schemas.topics import DEAD_LETTERS, ENRICHED, STORIES, Topic
from services.contract import json_schemas
from services.kafka import topic_admin
from services.kafka.clients import producer
from services.kafka.ports import free_port
from services.messaging import dead_letters
from services.messaging.errors import Reason, Rejected
from services.messaging.records import Record
from tests.integration.harness import PATIENCE, ROOT, Cluster

QUICK = {"heartbeat_interval_ms": 200}
_number = itertools.count()

Sent = tuple[str | None, bytes | None, list[tuple[str, bytes]]]


class OwnTopics:
    """Topics of one test, which the client reads instead of the real ones."""

    def __init__(self, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bootstrap = cluster.bootstrap
        self.topics: dict[str, Topic] = {}
        self._patch = monkeypatch
        monkeypatch.setenv("NEWSLOOM_KAFKA", cluster.bootstrap)

    async def create(self, kind: str, partitions: int = 1) -> None:
        name = f"test-{kind}-{next(_number)}"
        self.topics[kind] = replace(KINDS[kind], name=name, partitions=partitions)
        self._patch.setitem(KINDS, kind, self.topics[kind])
        async with topic_admin.admin(self.bootstrap) as client:
            await topic_admin.create(client, 1, [self.topics[kind]])

    async def put(self, kind: str, *records: Sent, partition: int = 0) -> None:
        async with producer(self.bootstrap) as client:
            for key, value, headers in records:
                await client.send_and_wait(
                    self.topics[kind].name,
                    value,
                    key=key.encode() if key is not None else None,
                    headers=headers,
                    partition=partition,
                )

    async def second_member(self, group: str) -> None:
        """Wait until a second member joins the group, or has joined it."""
        async with topic_admin.admin(self.bootstrap) as client:
            state, members = "Stable", 1
            while state == "Stable" and members == 1:
                (answer,) = await client.describe_consumer_groups([group])
                (_, _, state, _, _, found, *_), *_ = answer.groups
                members = len(found)
                await asyncio.sleep(0.05)

    async def has_a_place(self, group: str) -> None:
        """Wait until the group has committed an offset."""
        async with topic_admin.admin(self.bootstrap) as client:
            while not await topic_admin.committed(client, group):  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.05)


@pytest.fixture
def board(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> OwnTopics:
    return OwnTopics(cluster, monkeypatch)


def event(topic: Topic, name: str, **attributes: str) -> list[tuple[str, bytes]]:
    made = {"type": topic.event_type, "dataschema": topic.schema_uri, **attributes}
    return Envelope(id=name, source="test", **made).to_headers()


def article(name: str, *, type_: str | None = None, **fields: Any) -> Sent:
    value = {**json_schemas.example(cast("Any", ENRICHED.model)), "article_id": name, **fields}
    kind = {"type": type_, "dataschema": f"urn:newsloom:schema:{type_}"} if type_ else {}
    return name, json.dumps(value).encode(), event(ENRICHED, name, **kind)


def story(name: str, **fields: Any) -> Sent:
    value = {**json_schemas.example(cast("Any", STORIES.model)), "story_id": name, **fields}
    return name, json.dumps(value).encode(), event(STORIES, name)


async def taken(subscription: Subscription[Any], number: int) -> list[str]:
    """Return the ids of the next messages, and finish all of them."""
    found = []
    async with asyncio.timeout(20), subscription as messages:
        async for message in messages:
            found.append(message.key or "")
            if len(found) == number:
                break
    return found


async def test_a_message_comes_as_a_model_with_its_attributes_and_place(board: OwnTopics) -> None:
    await board.create("enriched")
    await board.put("enriched", article("a", title="Ferry"))

    async for message in subscribe("enriched"):
        assert message.data.title == "Ferry"
        assert message.event is not None
        assert (message.event.id, message.event.type) == ("a", ENRICHED.event_type)
        assert message.key == "a"
        assert message.place == f"{board.topics['enriched'].name}/0/0"
        assert datetime.now(UTC) - message.timestamp < timedelta(minutes=1)
        break


async def test_filtered_messages_are_counted_and_committed(board: OwnTopics) -> None:
    await board.create("enriched")
    entity = json_schemas.example(cast("Any", ENRICHED.model))["entities"][0]
    nato = {**entity, "entity_id": "org:nato", "name": "NATO"}
    await board.put(
        "enriched",
        article("other"),
        article("french", entities=[nato], language="fr"),
        article("wanted", entities=[nato], verdict={**_verdict("original")}),
        article("copy", entities=[nato], verdict={**_verdict("copy")}),
    )
    wanted = subscribe("enriched", entity="Nato", language="en", verdict="original", group="f")

    assert await taken(wanted, 1) == ["wanted"]
    assert wanted.passed == {"filtered": 2}
    assert await taken(subscribe("enriched", group="f"), 1) == ["copy"]


def _verdict(kind: str) -> dict[str, Any]:
    return {"kind": kind, "reason": "", "revision": 1, "method": "test"}


async def test_leaving_the_block_finishes_the_current_message(board: OwnTopics) -> None:
    await board.create("enriched")
    await board.put("enriched", article("a"), article("b"), article("c"))

    assert await taken(subscribe("enriched", group="g"), 2) == ["a", "b"]
    assert await taken(subscribe("enriched", group="g"), 1) == ["c"]


async def test_after_a_break_without_a_block_the_current_message_is_repeated(
    board: OwnTopics,
) -> None:
    await board.create("enriched")
    await board.put("enriched", article("a"), article("b"), article("c"))
    seen = []

    async for message in subscribe("enriched", group="g"):
        seen.append(message.data.article_id)
        if len(seen) == 2:
            break
    await asyncio.sleep(0.5)  # the event loop closes it later

    assert await taken(subscribe("enriched", group="g"), 2) == ["b", "c"]


async def test_after_an_exception_the_current_message_is_repeated(board: OwnTopics) -> None:
    await board.create("enriched")
    await board.put("enriched", article("a"), article("b"))

    async def work() -> None:
        async with subscribe("enriched", group="g") as messages:
            async for message in messages:
                if message.data.article_id == "b":
                    raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await work()

    assert await taken(subscribe("enriched", group="g"), 1) == ["b"]


async def test_after_a_cancellation_the_current_message_is_repeated(board: OwnTopics) -> None:
    await board.create("enriched")
    await board.put("enriched", article("a"), article("b"))
    working = asyncio.Event()

    async def work() -> None:
        async for message in subscribe("enriched", group="g"):
            if message.data.article_id == "b":
                working.set()
                await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await asyncio.wait_for(working.wait(), PATIENCE)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task

    assert await taken(subscribe("enriched", group="g"), 1) == ["b"]


async def test_a_cancellation_while_waiting_loses_and_repeats_nothing(board: OwnTopics) -> None:
    await board.create("enriched")
    await board.put("enriched", article("a"))
    seen = []

    async def work() -> None:
        async for message in subscribe("enriched", group="g"):
            seen.append(message.data.article_id)  # noqa: PERF401 - it never ends

    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(work(), 1.5)
    await board.put("enriched", article("b"))

    assert seen == ["a"]
    assert await taken(subscribe("enriched", group="g"), 1) == ["b"]


async def test_commit_finishes_the_current_message_at_once(board: OwnTopics) -> None:
    await board.create("enriched")
    await board.put("enriched", article("a"), article("b"))

    async def work() -> None:
        async with subscribe("enriched", group="g") as messages:
            async for _ in messages:
                await messages.commit()
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await work()

    assert await taken(subscribe("enriched", group="g"), 1) == ["b"]


READER = """
import asyncio, sys
from schemas.client import subscribe

async def main():
    # A member known by name gets its partitions back at once when it comes again.
    consumer = {"group_instance_id": "one"}
    async for message in subscribe(
        "enriched", group="crash", commit_interval=0, consumer=consumer
    ):
        print(message.data.article_id, flush=True)
        sys.stdin.readline()

asyncio.run(main())
"""


async def test_after_a_crash_reading_continues_at_the_current_message(cluster: Cluster) -> None:
    """The process is killed between two messages: no finished one is repeated, and none is lost."""
    async with producer(cluster.bootstrap) as client:
        for name in ("a", "b", "c"):
            key, value, headers = article(name)
            await client.send_and_wait(
                ENRICHED.name, value, key=(key or "").encode(), headers=headers, partition=0
            )

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", READER],
            env={
                **os.environ,
                "NEWSLOOM_KAFKA": cluster.bootstrap,
                "PYTHONWARNINGS": "ignore",
            },
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def line(process: subprocess.Popen[str]) -> str:
        assert process.stdout is not None
        return process.stdout.readline().strip()

    first = start()
    assert await asyncio.to_thread(line, first) == "a"
    assert first.stdin is not None
    first.stdin.write("\n")
    first.stdin.flush()
    assert await asyncio.to_thread(line, first) == "b"
    first.send_signal(signal.SIGKILL)
    first.communicate()
    second = start()
    again = await asyncio.to_thread(line, second)
    second.kill()
    second.communicate()

    assert again == "b"


async def test_a_rebalance_finishes_the_current_message_and_repeats_none(
    board: OwnTopics,
) -> None:
    await board.create("enriched", partitions=2)
    for partition in (0, 1):
        names = (f"{partition}-{number}" for number in range(15))
        await board.put("enriched", *map(article, names), partition=partition)
    seen: list[str] = []
    joined, some, every = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work(first: bool) -> None:  # noqa: FBT001 - a helper of this test
        mine = 0
        async for message in subscribe("enriched", group="two", consumer=QUICK):
            if not first:
                joined.set()
            elif mine == 4:
                await board.second_member("two")  # long work while the other joins
            elif mine > 4 and not joined.is_set():
                await asyncio.sleep(1)  # until its next heartbeat says so
            await asyncio.sleep(0.05)
            seen.append(message.data.article_id)
            mine += 1
            some.set()
            if len(set(seen)) == 30:
                every.set()

    one = asyncio.create_task(work(first=True))
    await asyncio.wait_for(some.wait(), PATIENCE)
    other = asyncio.create_task(work(first=False))
    await asyncio.wait_for(every.wait(), PATIENCE)
    for task in (one, other):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    assert joined.is_set()
    assert sorted(seen) == sorted(set(seen))
    for which in ("0", "1"):
        of_one = [name for name in seen if name.startswith(which)]
        assert of_one == sorted(of_one, key=lambda name: int(name[2:]))


async def test_a_group_can_start_at_a_time_or_at_the_end_and_then_continues(
    board: OwnTopics,
) -> None:
    await board.create("enriched")
    await board.put("enriched", article("old"))
    await asyncio.sleep(0.05)
    between = datetime.now(UTC)
    await board.put("enriched", article("new"))

    assert await taken(subscribe("enriched", since=between), 1) == ["new"]
    assert await taken(subscribe("enriched", since=timedelta(hours=1)), 1) == ["old"]

    waiting = asyncio.create_task(taken(subscribe("enriched", since="latest", group="l"), 1))
    await board.has_a_place("l")
    waiting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await waiting
    await board.put("enriched", article("while-away"))

    assert await taken(subscribe("enriched", since="latest", group="l"), 1) == ["while-away"]


async def test_records_deleted_by_retention_are_reported_and_reading_continues(
    board: OwnTopics, caplog: pytest.LogCaptureFixture
) -> None:
    await board.create("enriched")
    await board.put("enriched", article("a"), article("b"), article("c"))
    assert await taken(subscribe("enriched", group="g"), 1) == ["a"]
    async with topic_admin.admin(board.bootstrap) as client:
        gone = {TopicPartition(board.topics["enriched"].name, 0): RecordsToDelete(2)}
        await client.delete_records(gone)

    assert await taken(subscribe("enriched", group="g"), 1) == ["c"]
    assert "messages 1 to 1 were deleted" in caplog.text


async def test_unknown_types_and_unknown_fields_are_ignored(board: OwnTopics) -> None:
    await board.create("enriched")
    await board.put(
        "enriched",
        article("new-type", type_="newsloom.article.weather.v1"),
        article("new-field", mood="sunny"),
        ("bare", article("bare")[1], []),
    )
    reading = subscribe("enriched")
    names = []

    async for message in reading:
        names.append(message.data.article_id)
        if len(names) == 2:
            assert message.event is None
            break

    assert names == ["new-field", "bare"]
    assert reading.passed == {"unknown_type": 1}


async def test_another_major_version_raises_even_if_invalid_messages_are_skipped(
    board: OwnTopics,
) -> None:
    await board.create("enriched")
    await board.put("enriched", article("a", type_="newsloom.article.enriched.v2"))

    with pytest.raises(
        WrongVersionError, match=r"enriched\.v2', but this client reads .*enriched\.v1'"
    ):
        await taken(subscribe("enriched", on_unreadable="skip"), 1)


async def test_an_invalid_message_raises_unless_skipping_is_chosen(board: OwnTopics) -> None:
    await board.create("enriched")
    await board.put(
        "enriched",
        ("x", b'{"title": 7}', event(ENRICHED, "x")),
        ("null", None, event(ENRICHED, "null")),
        (None, b"\xff", event(ENRICHED, "bytes")),
        article("good"),
    )

    for _ in range(2):
        with pytest.raises(UnreadableError, match=r"/0/0 can't be read: .*on_unreadable='skip'"):
            await taken(subscribe("enriched", group="g"), 1)
    reading = subscribe("enriched", group="g", on_unreadable="skip")
    assert await taken(reading, 1) == ["good"]
    assert reading.passed == {"unreadable": 3}


async def test_stories_are_typed_and_a_removed_one_has_its_key(board: OwnTopics) -> None:
    await board.create("stories")
    await board.put("stories", story("s-1"), ("s-1", None, []), story("s-2", change="merged"))
    removed: list[str] = []
    reading = subscribe("stories", on_removed=removed.append, change=["merged", "split"])

    async for message in reading:
        assert message.data.story_id == "s-2"
        break

    assert removed == ["s-1"]
    assert reading.passed == {"filtered": 1, "removed": 1}


async def test_dead_letters_have_the_reason_and_the_original(board: OwnTopics) -> None:
    await board.create("dead-letters")
    record = Record("newsloom.articles.raw", 2, 7, 1_700_000_000.0, b"k", b"\xffoops", ())
    made = [
        dead_letters.create("cleaning", record, Rejected(reason, "why"), None)
        for reason in (Reason.TOO_SHORT, Reason.BAD_ENCODING)
    ]
    await board.put("dead-letters", *(("k", one.value, list(one.headers)) for one in made))

    async for message in subscribe("dead-letters", outcome="failed"):
        assert message.data.reason == "bad_encoding"
        assert message.value == b"\xffoops"
        assert (message.data.topic, message.data.offset) == ("newsloom.articles.raw", 7)
        break


async def test_a_missing_broker_or_topic_is_reported_in_one_sentence(board: OwnTopics) -> None:
    board.topics["enriched"] = replace(ENRICHED, name="nowhere")
    board._patch.setitem(KINDS, "enriched", board.topics["enriched"])

    with pytest.raises(NoSuchTopicError, match="has no topic"):
        await taken(subscribe("enriched"), 1)
    with pytest.raises(KafkaUnreachableError, match=r"connect to Kafka at 127\.0\.0\.1"):
        await taken(subscribe("enriched", kafka=f"127.0.0.1:{free_port()}"), 1)


def test_dead_letters_topic_is_read_by_its_own_registered_name() -> None:
    assert KINDS == {"enriched": ENRICHED, "stories": STORIES, "dead-letters": DEAD_LETTERS}
