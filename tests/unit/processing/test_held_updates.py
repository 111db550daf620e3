"""Updates of a busy story are held back; its last state is always sent and never lost."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.topics import ENRICHED, STORIES, Topic
from services.messaging.records import OutgoingRecord, Record
from services.processing.held_updates import MAX_WAITING, HeldUpdates, PendingMessage
from services.processing.message_observer import MessageContext
from services.processing.stage import Processed, Result
from tests.support.in_memory_transport import InMemoryTransport
from tests.support.running_stage import FunctionStage, record, running, until


def update(key: bytes, version: int, topic: Topic = STORIES) -> OutgoingRecord:
    return OutgoingRecord(topic, key, str(version).encode(), ())


def opened() -> PendingMessage:
    return PendingMessage(MessageContext(record(0), "", None, None))


def busy_story(one: Record) -> Result:
    """Send the enriched article, and a new state of one story."""
    enriched = update(f"a{one.offset}".encode(), 1, ENRICHED)
    return Processed((enriched, update(b"story", one.offset)), "original")


def produced(transport: InMemoryTransport, topic: Topic) -> list[bytes | None]:
    """Return the values produced to a topic, in order."""
    return [one.value for one in transport.produced if one.topic is topic]


def stories(transport: InMemoryTransport) -> list[bytes | None]:
    return produced(transport, STORIES)


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


EVENTS = st.lists(
    st.tuples(st.sampled_from([b"a", b"b"]), st.floats(0, 0.9), st.booleans()), max_size=40
)


@given(EVENTS)
def test_a_key_is_sent_once_an_interval_and_its_last_state_last(
    events: list[tuple[bytes, float, bool]],
) -> None:
    clock = Clock()
    coalescer = HeldUpdates(1.0, clock)
    sent: dict[bytes | None, list[tuple[float, int]]] = defaultdict(list)

    def note(one: OutgoingRecord) -> None:
        sent[one.key].append((clock.now, int(one.value or b"")))

    last: dict[bytes, int] = {}
    for version, (key, wait, looks) in enumerate(events):
        clock.now += wait
        if looks:
            for held in coalescer.take_due():
                note(held.outgoing)
        one = update(key, version)
        if coalescer.admit(one, opened()):
            note(one)
        last[key] = version
    clock.now += 1
    for held in coalescer.take_due():
        note(held.outgoing)

    assert not coalescer
    assert {key: updates[-1][1] for key, updates in sent.items()} == last
    for updates in sent.values():
        versions = [version for _at, version in updates]
        times = [at for at, _version in updates]
        assert versions == sorted(versions)
        assert all(b - a > 0.999 for a, b in pairwise(times))


def test_only_compacted_topics_are_held_and_none_with_interval_zero() -> None:
    coalescer, free = HeldUpdates(1.0, Clock()), HeldUpdates(0, Clock())

    assert all(coalescer.admit(update(b"a", n, ENRICHED), opened()) for n in range(3))
    assert all(free.admit(update(b"a", n), opened()) for n in range(3))


def test_the_number_of_waiting_messages_is_bounded() -> None:
    coalescer = HeldUpdates(60.0, Clock())
    for n in range(MAX_WAITING + 2):
        coalescer.admit(update(b"a", n), opened())

    (held,) = coalescer.take_due()
    assert len(held.sources) == MAX_WAITING + 1
    assert coalescer.take_due() == []


async def offered(
    transport: InMemoryTransport, then: Callable[[Any], Any], interval: float, count: int = 10
) -> None:
    stage = FunctionStage(busy_story)
    async with running(stage, transport, story_interval=interval, batch_size=2) as runner:
        for offset in range(count):
            await transport.deliver(runner, record(offset))
        await until(lambda: len(produced(transport, ENRICHED)) == count)
        await then(runner)


async def test_a_busy_story_is_sent_at_once_and_then_in_its_last_state() -> None:
    """Articles are not held; their messages are acknowledged after the last story state."""
    transport = InMemoryTransport()

    async def then(runner: Any) -> None:
        assert stories(transport) == [b"0"]
        assert transport.acknowledged == [0]
        await until(lambda: runner.completed == 10)

    await offered(transport, then, 0.3)
    assert stories(transport) == [b"0", b"9"]
    assert sorted(transport.acknowledged) == list(range(10))


async def test_drain_sends_the_last_state_without_waiting() -> None:
    transport = InMemoryTransport()

    async def then(runner: Any) -> None:
        assert await asyncio.wait_for(runner.drain(), 30)
        assert runner.in_progress == 0

    await offered(transport, then, 60)
    assert stories(transport) == [b"0", b"9"]
    assert sorted(transport.acknowledged) == list(range(10))


async def test_an_undelivered_held_update_leaves_its_messages_unacknowledged() -> None:
    """The messages are consumed again, so a crash while updates are held loses nothing."""
    transport = InMemoryTransport()

    async def then(runner: Any) -> None:
        transport.undeliverable_keys.add(b"story")
        await until(lambda: transport.crashed is not None)
        assert transport.acknowledged == [0]

    await offered(transport, then, 0.2)


async def test_a_held_update_that_is_too_large_makes_one_dead_letter() -> None:
    transport = InMemoryTransport()

    async def then(runner: Any) -> None:
        transport.too_large_keys.add(b"story")
        await until(lambda: runner.completed == 10)

    await offered(transport, then, 0.2)
    assert sum(one.topic not in (STORIES, ENRICHED) for one in transport.produced) == 1


async def test_held_updates_of_a_revoked_partition_are_never_sent() -> None:
    transport = InMemoryTransport()

    async def then(runner: Any) -> None:
        runner.on_revoke()
        assert runner.in_progress == 0
        assert await runner.drain()  # would send every update that is still held

    await offered(transport, then, 60)
    assert stories(transport) == [b"0"]
    assert transport.acknowledged == [0]
