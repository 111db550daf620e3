"""Sending dead letters back to the topics they came from, once each and not for ever."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Self

from schemas.dead_letter import DeadLetter
from schemas.topics import CLEAN, DEAD_LETTERS, RAW, REDRIVEN, TAGGED
from services.kafka import topic_admin, topic_scan
from services.kafka.clients import producer
from services.messaging.dead_letters import original_headers, parse
from services.messaging.records import Record
from services.operations.dead_letter_statistics import Choice, SeenIds, Tally
from services.settings import Settings

_IN_FLIGHT = 100

Step = Callable[[], None]


@dataclass(slots=True)
class Redrive:
    """Decides which letters go back, and counts what goes, what stays and why.

    `sources` are the topics that stages read: no letter may name another. `gone` holds the
    ids of those that went before, `seen` those of this time. `worn` counts letters tried
    `most` times, `sent_before` those that went already, `foreign` those that name another
    topic, `repeated` those that lie there more than once.
    """

    choice: Choice
    sources: frozenset[str]
    most: int
    gone: SeenIds
    seen: SeenIds
    going: Tally = field(default_factory=Tally)
    worn: int = 0
    sent_before: int = 0
    foreign: int = 0
    repeated: int = 0

    def take(self, record: Record) -> DeadLetter | None:
        """The letter in the record, where it goes back."""
        letter = parse(record)
        if letter is None or not self.choice.holds(record, letter):
            return None
        if letter.topic not in self.sources:
            self.foreign += 1
        elif letter.attempts >= self.most:
            self.worn += 1
        elif not self.seen.add(letter.id):
            self.repeated += 1
        elif not self.gone.add(letter.id):
            self.sent_before += 1
        else:
            self.going.add(record, letter)
            return letter
        return None


async def redrive(
    servers: str,
    settings: Settings,
    choice: Choice,
    *,
    send: bool,
    again: bool = False,
    rate: float = 100,
    sized: Callable[[int], None] = lambda _: None,
    step: Step = lambda: None,
) -> Redrive:
    """Send the chosen letters' originals back, at most `rate` a second; without `send`, count.

    Each letter goes once, however often it lies there, and not again in a later redrive
    unless `again` says so: which went is kept on a topic of its own. Letters that come
    while it runs are left for the next time.
    """
    sources = frozenset(settings.topic(topic).name for topic in (RAW, CLEAN, TAGGED))
    note = settings.topic(REDRIVEN).name
    async with AsyncExitStack() as stack:
        gone, seen = (stack.enter_context(SeenIds()) for _ in range(2))
        result = Redrive(choice, sources, settings.redrive_attempts, gone, seen)
        if not again:
            async for record in topic_scan.stored(servers, [note]):
                gone.add((record.key or b"").decode("utf-8", "replace"))
        sender = None
        if send:
            async with topic_admin.admin(servers) as admin:
                counts = await topic_admin.partition_counts(admin, sorted(sources))
            client = await stack.enter_async_context(producer(servers))
            sender = await stack.enter_async_context(_Sender(client, note, counts, rate))
        letters = settings.topic(DEAD_LETTERS).name
        async for record in topic_scan.stored(servers, [letters], since=choice.since, sized=sized):
            step()
            letter = result.take(record)
            if letter is not None and sender is not None:
                await sender.send(record, letter)
    return result


class _Sender:
    """Sends originals in order, not too many a second, and notes each that the broker has."""

    def __init__(self, client: Any, note: str, partitions: dict[str, int], rate: float) -> None:
        self._client = client
        self._note = note
        self._partitions = partitions
        self._pause = 1 / rate
        self._next = time.monotonic()
        self._waiting: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        tasks = list(self._waiting)
        results = await asyncio.gather(*tasks, return_exceptions=True)
        failed = [one for one in results if isinstance(one, BaseException)]
        if failed and kind is None:
            raise failed[0]

    async def send(self, record: Record, letter: DeadLetter) -> None:
        """Send one back; raises what an earlier one failed with."""
        await asyncio.sleep(max(0.0, self._next - time.monotonic()))
        self._next = max(self._next + self._pause, time.monotonic() - 1)
        # To the partition it lay in: a key may have been spread by another rule than ours.
        known = letter.partition < self._partitions[letter.topic]
        sent = await self._client.send(
            letter.topic,
            record.value,
            key=record.key,
            partition=letter.partition if known else None,
            headers=list(original_headers(record, letter)),
        )
        self._waiting.add(asyncio.create_task(self._confirm(sent, letter.id)))
        if len(self._waiting) >= _IN_FLIGHT:
            done, self._waiting = await asyncio.wait(
                self._waiting, return_when=asyncio.FIRST_COMPLETED
            )
            for one in done:
                one.result()

    async def _confirm(self, sent: Awaitable[object], letter_id: str) -> None:
        await sent
        await self._client.send_and_wait(self._note, b"", key=letter_id.encode())
