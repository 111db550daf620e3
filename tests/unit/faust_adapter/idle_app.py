"""A stage that does nothing, and the parts of Faust that the tests of its app need."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import faust
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from services.messaging.records import Record
from services.processing.stage import Processed, Result

TP0 = TP("t", 0)


async def nothing(*_: Any) -> None: ...


class Message:
    """The parts of Faust's message that an acknowledgement needs."""

    def __init__(self, offset: int) -> None:
        self.tp, self.topic, self.offset, self.acked = TP0, TP0.topic, offset, False


class IdleStage:
    name = "idle"

    def process(self, records: Sequence[Record]) -> list[Result]:
        return [Processed((), "idle") for _ in records]

    def on_assign(self, partitions: Collection[int]) -> None: ...


def plain_consumer(app: faust.App) -> driver.Consumer:
    return driver.Consumer(app.transport, nothing, nothing, nothing)


class Order:
    """Records the calls, in order."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def note(self, name: str) -> Any:
        async def noted(*_: Any, **__: Any) -> bool:
            self.calls.append(name)
            return True

        return noted
