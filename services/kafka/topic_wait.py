"""Wait for the topics of a part that starts before they have been created."""

from __future__ import annotations

import asyncio
import signal

import structlog
from aiokafka.errors import KafkaError

from services.kafka import acls, topic_admin
from services.observability import error_logs, http, metrics
from services.processing.stages import http_port
from services.settings import Settings

log = structlog.get_logger()

AGAIN_SECONDS = 3.0
"""Seconds between two looks at the topics of the cluster."""


class TopicWait:
    """Looks for the topics of one part of the pipeline until the cluster lists all of them."""

    def __init__(self, part: str, settings: Settings, bootstrap: str) -> None:
        self.reason: str | None = None
        """What the part waits for, in one sentence; None if it does not wait."""
        self._bootstrap = bootstrap
        self._names = acls.topics_of(part, settings.topic_suffix)

    async def until_exist(self) -> None:
        """Return once all topics exist. The sentence is logged once, not at each look.

        Raises `UsageError` if no broker answers.
        """
        while True:
            if not await self.must_wait():
                return
            await asyncio.sleep(AGAIN_SECONDS)

    async def must_wait(self) -> bool:
        """Look once, and return whether topics are missing; raise `UsageError` as above."""
        try:
            async with topic_admin.admin(self._bootstrap) as client:
                there = set(await client.list_topics())
        except KafkaError as error:  # a busy broker, which may answer the next time
            self._note(f"the topics could not be listed ({error_logs.describe(error)})")
            return True
        missing = [name for name in self._names if name not in there]
        if missing:
            self._note(
                "waiting for topics that do not exist or that this user may not see: "
                f"{', '.join(missing)}; `newsloom topics create` creates them"
            )
        else:
            self.reason = None
        return bool(missing)

    def _note(self, reason: str) -> None:
        if reason != self.reason:
            log.warning("waiting_for_topics", reason=reason, look_again_seconds=AGAIN_SECONDS)
        self.reason = reason


async def hold_until_topics_exist(part: str, settings: Settings, bootstrap: str) -> bool:
    """Return True once the topics of a part exist, and False after SIGTERM or SIGINT.

    Meanwhile the part is alive and not ready. Raises `UsageError` if no broker answers.
    """
    wait = TopicWait(part, settings, bootstrap)
    if not await wait.must_wait():
        return True
    metrics.READY.labels(part).set(0)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        loop.add_signal_handler(number, stop.set)
    server = await http.serve(
        settings.http_host,
        http_port(part, settings),
        live=lambda: None,
        ready=lambda: wait.reason,
    )
    stopped = asyncio.create_task(stop.wait())
    found = asyncio.create_task(wait.until_exist())
    try:
        await asyncio.wait({stopped, found}, return_when=asyncio.FIRST_COMPLETED)
        if not stopped.done():
            found.result()
    finally:
        for task in (stopped, found):
            task.cancel()
        await asyncio.gather(stopped, found, return_exceptions=True)
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
        await server.cleanup()
    return not stop.is_set()
