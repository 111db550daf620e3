"""One stage in this process: what a container runs."""

from __future__ import annotations

import asyncio
import gc
import time
from functools import partial
from importlib.metadata import version

import faust
import structlog
import uvloop
from aiohttp import web

from services import connect, http, logs, metrics
from services.errors import UsageError
from services.faust_app import StageApp
from services.faust_transport import SafeConsumer
from services.poison import PoisonLimitError
from services.settings import STAGES, Settings
from services.table_rows import TableRows

log = structlog.get_logger()

EXIT_CRASH = 70
"""Exit status of a worker that stopped because a delivery rule broke (EX_SOFTWARE)."""

EXIT_NO_KAFKA = 69
"""Exit status of a worker that no broker lets in (EX_UNAVAILABLE)."""

EXIT_POISON = 65
"""Exit status of a worker that stopped because too many messages failed (EX_DATAERR)."""

_STALLED_SECONDS = 300.0
_FIRST_PORT = 9101
_WATCH_SECONDS = 2.0


def run(name: str, settings: Settings, bootstrap: str) -> int:
    """Run the stage until SIGTERM or SIGINT; returns the exit status.

    Imports and loads only now, so that the command line stays quick.
    """
    logs.configure(settings, stage=name)
    metrics.BUILD.info({"version": version("newsloom")})
    uvloop.install()
    try:
        asyncio.run(connect.check(bootstrap, settings))
    except UsageError as error:
        log.error("no_kafka", reason=str(error))  # noqa: TRY400 - the sentence says it all
        return EXIT_NO_KAFKA
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    app = build(name, settings, bootstrap)
    gc.freeze()  # models live as long as the process; collections need not look at them
    watch = _Watch(app, settings)
    app.task(watch.run)
    worker = faust.Worker(
        app,
        loop=loop,
        override_logging=False,
        redirect_stdouts=False,
        quiet=True,
        daemon=True,
    )
    worker.spinner = None  # it would write control characters into the logs
    log.info("starting", kafka=bootstrap, version=version("newsloom"))
    try:
        worker.execute_from_commandline()
    except SystemExit as stopped:
        status = 0 if stopped.code in (0, None) else EXIT_CRASH
    except BaseException as error:  # noqa: BLE001 - whatever it was, the process ends here
        log.error(  # noqa: TRY400 - one line; Faust has logged the traceback
            "crashed", error=f"{type(error).__name__}: {error}"
        )
        status = EXIT_CRASH
    if isinstance(app.crash_reason, PoisonLimitError):
        log.error("stopped_by_poison_limit", reason=str(app.crash_reason))
        status = EXIT_POISON
    app.runner.close()
    log.info("stopped", status=status)
    return status


def build(name: str, settings: Settings, bootstrap: str) -> StageApp:
    """The Faust app of a stage. Raises ValueError for an unknown name.

    Only the stage's own modules are imported: the others' models and libraries cost
    seconds and memory.
    """
    if name == "cleaning":
        from services.cleaning.agent import CleaningStage  # noqa: PLC0415 - see above

        return StageApp(CleaningStage(settings), settings, bootstrap)
    if name == "tagging":
        from services.tagging.agent import TaggingStage  # noqa: PLC0415 - see above
        from services.tagging.feed import GazetteerFeed  # noqa: PLC0415 - see above

        feed = GazetteerFeed()
        app = StageApp(TaggingStage(settings, feed), settings, bootstrap)
        app.task(partial(feed.run, bootstrap))
        return app
    if name == "dedup":
        from services.dedup.agent import DedupStage  # noqa: PLC0415 - see above

        rows = TableRows()
        return StageApp(DedupStage(settings, rows), settings, bootstrap, rows)
    raise ValueError(f"unknown stage {name!r}, known: {', '.join(STAGES)}")


class _Watch:
    """Health and lag of the worker, and the HTTP server that tells of them."""

    def __init__(self, app: StageApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._settled = 0.0
        self._settled_at = time.monotonic()

    async def run(self) -> None:
        """Serve, and refresh the lag, until cancelled."""
        runner = await self._serve()
        try:
            while not self._app.should_stop:
                self._measure_lag()
                await asyncio.sleep(_WATCH_SECONDS)
        finally:
            await runner.cleanup()

    async def _serve(self) -> web.AppRunner:
        port = self._settings.http_port
        if port is None:
            port = _FIRST_PORT + STAGES.index(self._app.stage.name)
        return await http.serve(self._settings.http_host, port, live=self.live, ready=self.ready)

    def live(self) -> str | None:
        """Whether a restart would help: work is in hand and none of it ends."""
        waiting = self._app.runner.in_hand
        settled = self._app.runner.settled
        if not waiting or settled != self._settled:
            self._settled, self._settled_at = settled, time.monotonic()
            return None
        stalled = time.monotonic() - self._settled_at
        return f"no message settled for {stalled:.0f} s" if stalled > _STALLED_SECONDS else None

    def ready(self) -> str | None:
        """Whether the worker has its partitions and may process."""
        if self._app.in_recovery:
            return "state is being recovered"
        if self._app.rebalancing:
            return "partitions are being assigned"
        if not self._app.flow_control.is_active():
            return "not consuming yet"
        return None

    def _measure_lag(self) -> None:
        consumer = self._app.consumer
        if not isinstance(consumer, SafeConsumer) or self.ready():
            return
        for tp in consumer.assignment():
            end = consumer.highwater(tp)
            done = consumer.trackers[tp].committable if tp in consumer.trackers else None
            if done is None:
                done = consumer._committed_offset[tp]  # noqa: SLF001 - nothing settled yet
            if end is not None and done is not None:
                gauge = metrics.LAG.labels(self._app.stage.name, tp.topic, str(tp.partition))
                gauge.set(max(0, end - done))
