"""The exporter: it measures consumer lag at the broker and sends the heartbeat article.

It is a process of its own, and not a thread of each worker, because lag matters most when a worker
hangs, holds the interpreter's lock or is gone, and because each partition's lag is then exported
once. One exporter is enough; a second one does no harm but sends a second heartbeat.
"""

from __future__ import annotations

import asyncio
import platform
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

import structlog
from aiokafka.errors import KafkaError

from schemas.envelope import timestamp
from schemas.topics import app_id
from services.kafka import clients, lag
from services.kafka.topic_wait import TopicWait
from services.messaging import heartbeat
from services.messaging.errors import NewsloomError
from services.messaging.raw_records import raw_record
from services.observability import error_logs, http, logs, metrics
from services.processing.stages import EXPORTER, SOURCES, http_port
from services.settings import Settings

log = structlog.get_logger()

_LAG_SECONDS = 5.0
_AGAIN_SECONDS = 5.0
_PATIENCE_SECONDS = 30.0
"""After this time a measurement is given up and begun again with new connections."""
_UNREADY_SECONDS = 60.0


def run(settings: Settings, bootstrap: str) -> int:
    """Run until SIGTERM or SIGINT; return the exit status."""
    logs.configure(settings, stage=EXPORTER)
    logs.report_unknown_settings()
    metrics.BUILD.info({"version": version("newsloom-server"), "python": platform.python_version()})
    log.info("starting", kafka=bootstrap, version=version("newsloom-server"))
    asyncio.run(_Exporter(settings, bootstrap).run())
    log.info("stopped", status=0)
    return 0


class _Exporter:
    def __init__(self, settings: Settings, bootstrap: str) -> None:
        self._settings = settings
        self._bootstrap = bootstrap
        self._measured_at = 0.0
        self._topics = TopicWait(EXPORTER, settings, bootstrap)
        self._sources = {
            stage: (app_id(stage, settings.topic_suffix), settings.topic(topic))
            for stage, topic in SOURCES.items()
        }

    async def run(self) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        port = http_port(EXPORTER, self._settings)
        server = await http.serve(
            self._settings.http_host, port, live=lambda: None, ready=self._ready
        )
        tasks = [asyncio.create_task(self._forever(partial(self._with_topics, self._measure_lag)))]
        if self._settings.heartbeat_seconds:
            tasks.append(
                asyncio.create_task(
                    self._forever(partial(self._with_topics, self._send_heartbeats))
                )
            )
        try:
            await stop.wait()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await server.cleanup()

    def _ready(self) -> str | None:
        if self._topics.reason:
            return self._topics.reason
        age = time.monotonic() - self._measured_at
        if not self._measured_at or age > _UNREADY_SECONDS:
            return "lag could not be measured"
        return None

    async def _forever(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run a task again whenever it fails, most often because the broker is unreachable.

        The last measurements stay exported; their age is a metric too.
        """
        while True:
            try:
                await work()
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise
                # A request was cancelled inside aiokafka, not this task.
                log.warning("broker_away", error="CancelledError", wait_seconds=_AGAIN_SECONDS)
            except (KafkaError, NewsloomError, OSError) as error:
                log.warning(
                    "broker_away", error=error_logs.describe(error), wait_seconds=_AGAIN_SECONDS
                )
            except Exception:
                log.exception("exporter_fault", wait_seconds=_AGAIN_SECONDS)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _with_topics(self, work: Callable[[], Awaitable[None]]) -> None:
        """Begin the work once the topics exist: aiokafka logs ten errors a second without them."""
        await self._topics.until_exist()
        await work()

    async def _measure_lag(self) -> None:
        async with lag.measurer(self._bootstrap, self._sources) as measure:
            while True:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    lags = await measure()
                for stage, tp, messages in lags:
                    metrics.LAG.labels(stage, tp.topic, str(tp.partition)).set(messages)
                metrics.LAG_MEASURED.set_to_current_time()
                self._measured_at = time.monotonic()
                await asyncio.sleep(_LAG_SECONDS)

    async def _send_heartbeats(self) -> None:
        async with clients.producer(self._bootstrap) as client:
            while True:
                now = datetime.now(UTC)
                raw = raw_record(heartbeat.article(now))
                sent = heartbeat.with_heartbeat_header(raw, timestamp(now).encode())
                await client.send_and_wait(
                    self._settings.topic(sent.topic).name,
                    sent.value,
                    key=sent.key,
                    headers=list(sent.headers),
                )
                metrics.HEARTBEATS_SENT.inc()
                await asyncio.sleep(self._settings.heartbeat_seconds)
