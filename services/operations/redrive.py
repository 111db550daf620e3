"""Send dead letters back to the topics they came from, once each and up to an attempt limit."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from typing import Any, Self

from schemas.dead_letter import DeadLetter
from schemas.topics import CLEAN, DEAD_LETTERS, RAW, REDRIVEN, TAGGED
from services.kafka import topic_admin, topic_scan
from services.kafka.clients import producer
from services.messaging.dead_letters import original_headers, parse
from services.messaging.records import Record
from services.operations.dead_letter_statistics import DeadLetterCounts, DeadLetterFilter, IdSet
from services.settings import Settings

_IN_FLIGHT = 100

Step = Callable[[], None]


@dataclass(slots=True)
class Redrive:
    """Decides which dead letters are sent back, and counts those that are not by cause.

    `sources` are the topics that stages read; a dead letter of any other topic is not sent.
    `earlier_ids` are the ids sent by earlier redrives, `current_ids` those met in this one.
    `selected` counts what is sent, `out_of_attempts` messages that have reached `max_attempts`,
    `sent_before` those sent by an earlier redrive, `other_topics` those of topics that no stage
    reads, `repeated` further copies of the same dead letter.
    """

    choice: DeadLetterFilter
    sources: frozenset[str]
    max_attempts: int
    earlier_ids: IdSet
    current_ids: IdSet
    selected: DeadLetterCounts = field(default_factory=DeadLetterCounts)
    out_of_attempts: int = 0
    sent_before: int = 0
    other_topics: int = 0
    repeated: int = 0

    def take(self, record: Record) -> DeadLetter | None:
        """Return the dead letter in the record if it is to be sent back, else None."""
        letter = parse(record)
        if letter is None or not self.choice.matches(record, letter):
            return None
        if letter.topic not in self.sources:
            self.other_topics += 1
        elif letter.attempts >= self.max_attempts:
            self.out_of_attempts += 1
        elif not self.current_ids.add(letter.id):
            self.repeated += 1
        elif not self.earlier_ids.add(letter.id):
            self.sent_before += 1
        else:
            self.selected.add(record, letter)
            return letter
        return None


async def redrive(
    servers: str,
    settings: Settings,
    choice: DeadLetterFilter,
    *,
    send: bool,
    again: bool = False,
    rate: float = 100,
    sized: Callable[[int], None] = lambda _: None,
    step: Step = lambda: None,
) -> Redrive:
    """Send the originals of the selected dead letters back, at most `rate` per second.

    Without `send` they are only counted. Each dead letter is sent once, however many copies of it
    exist. It is not sent again by a later redrive unless `again` is true: the ids sent are stored
    on a topic of their own. Dead letters written while the redrive runs are not read.
    """
    sources = frozenset(settings.topic(topic).name for topic in (RAW, CLEAN, TAGGED))
    note = settings.topic(REDRIVEN).name
    async with AsyncExitStack() as stack:
        earlier_ids, current_ids = (stack.enter_context(IdSet()) for _ in range(2))
        result = Redrive(choice, sources, settings.redrive_attempts, earlier_ids, current_ids)
        if not again:
            async with aclosing(topic_scan.stored(servers, [note])) as notes:
                async for record in notes:
                    earlier_ids.add((record.key or b"").decode("utf-8", "replace"))
        sender = None
        if send:
            async with topic_admin.admin(servers) as admin:
                counts = await topic_admin.partition_counts(admin, sorted(sources))
            client = await stack.enter_async_context(producer(servers))
            sender = await stack.enter_async_context(_Sender(client, note, counts, rate))
        letters = settings.topic(DEAD_LETTERS).name
        stored = topic_scan.stored(servers, [letters], since=choice.since, sized=sized)
        records = await stack.enter_async_context(aclosing(stored))
        async for record in records:
            step()
            letter = result.take(record)
            if letter is not None and sender is not None:
                await sender.send(record, letter)
    return result


class _Sender:
    """Sends originals in order at a limited rate, and records each id that was acknowledged."""

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
        """Send one original back. Raises the error of an earlier send that failed."""
        await asyncio.sleep(max(0.0, self._next - time.monotonic()))
        self._next = max(self._next + self._pause, time.monotonic() - 1)
        # Use the original partition: its producer may use another partitioner than ours.
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
