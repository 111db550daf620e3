"""Send records in order, and await each acknowledgement with a bounded number in flight."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol, Self

from aiokafka.errors import KafkaError

MAX_IN_FLIGHT = 200
"""Records that may await their acknowledgement, so that memory does not grow with the input."""


class Client(Protocol):
    """What is needed of aiokafka's producer."""

    async def send(
        self,
        topic: str,
        value: bytes | None = None,
        key: bytes | None = None,
        *,
        headers: Iterable[tuple[str, bytes]] | None = None,
    ) -> Awaitable[object]:
        """Queue a record; the returned awaitable is done when the broker has acknowledged it."""
        ...


@dataclass(slots=True)
class Sent:
    """What became of the records; `refused` pairs the origin of each refused one with the reason.

    A record counts as delivered once the broker has acknowledged it.
    """

    delivered: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


class ConfirmedSender:
    """Sends records with a producer; use it as an asynchronous context manager.

    Leaving the block waits for all acknowledgements. A record that the broker does not take is
    counted in `result` as refused. Any other error is raised, by `send` or on leaving the block.
    """

    def __init__(self, client: Client, step: Callable[[], None] = lambda: None) -> None:
        """Send with `client`; `step` is called once for each record that is done."""
        self.result = Sent()
        self._client = client
        self._step = step
        self._waiting: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        ended = await asyncio.gather(*self._waiting, return_exceptions=True)
        failed = [one for one in ended if isinstance(one, BaseException)]
        if failed and kind is None:
            raise failed[0]

    def refuse(self, origin: str, reason: str) -> None:
        """Count a record that is not sent."""
        self.result.refused.append((origin, reason))
        self._step()

    async def send(
        self,
        origin: str,
        topic: str,
        value: bytes | None,
        key: bytes | None,
        headers: Iterable[tuple[str, bytes]] = (),
    ) -> None:
        """Send a record; waits while too many await their acknowledgement."""
        try:
            delivery = await self._client.send(topic, value, key=key, headers=list(headers))
        except KafkaError as error:
            self.refuse(origin, _not_taken(error))
            return
        self._waiting.add(asyncio.create_task(self._confirm(origin, delivery)))
        if len(self._waiting) >= MAX_IN_FLIGHT:
            done, self._waiting = await asyncio.wait(
                self._waiting, return_when=asyncio.FIRST_COMPLETED
            )
            for one in done:
                one.result()

    async def _confirm(self, origin: str, delivery: Awaitable[object]) -> None:
        try:
            await delivery
        except KafkaError as error:
            self.refuse(origin, _not_taken(error))
        else:
            self.result.delivered += 1
            self._step()


def _not_taken(error: KafkaError) -> str:
    return f"the broker did not take it: {error}"
