"""Run one stage in this process, as a container does."""

from __future__ import annotations

import asyncio
import gc
import platform
import time
from importlib import import_module
from importlib.metadata import version

import faust
import structlog
import uvloop

from services.faust_adapter.app import StageApp
from services.kafka import clients, topic_wait
from services.messaging import trace_context
from services.messaging.errors import EXIT_CRASH, EXIT_POISON, UsageError
from services.observability import error_logs, held_process, logs, metrics
from services.observability.health import Health
from services.processing.poison_limit import PoisonLimitError
from services.processing.stages import STAGES, http_port
from services.settings import Settings

log = structlog.get_logger()

_STOP_SECONDS = 30.0
"""How long a crash may take beyond draining before the process is ended by force."""

EXIT_NO_KAFKA = 69
"""Exit status of a worker that can connect to no broker (EX_UNAVAILABLE)."""


def run(name: str, settings: Settings, bootstrap: str) -> int:
    """Run a stage until SIGTERM or SIGINT; return the exit status.

    The stage's modules and models are loaded here, so that the command line starts quickly.
    """
    logs.configure(settings, stage=name)
    logs.report_unknown_settings()
    metrics.BUILD.info({"version": version("newsloom-server"), "python": platform.python_version()})
    uvloop.install()
    try:
        may_start = asyncio.run(_await_kafka(name, settings, bootstrap))
    except UsageError as error:
        log.error("no_kafka", reason=str(error))  # noqa: TRY400 - the sentence is complete
        return EXIT_NO_KAFKA
    if not may_start:
        log.info("stopped", status=0)
        return 0
    spans = _spans(name, settings)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    started = time.perf_counter()
    app = build(name, settings, bootstrap, spans)
    metrics.LOAD_SECONDS.labels(name).set(time.perf_counter() - started)
    gc.freeze()  # models live as long as the process; the collector need not scan them
    app.task(Health(app, settings, http_port(name, settings)).run)
    app.crash_seconds = settings.drain_seconds + _STOP_SECONDS
    worker = faust.Worker(
        app,
        loop=loop,
        override_logging=False,
        redirect_stdouts=False,
        quiet=True,
        daemon=True,
    )
    worker.spinner = None  # it would write control characters into the logs
    log.info("starting", kafka=bootstrap, version=version("newsloom-server"))
    try:
        worker.execute_from_commandline()
    except SystemExit as stopped:
        status = 0 if stopped.code in (0, None) else EXIT_CRASH
    except BaseException as error:  # noqa: BLE001 - the process ends here in any case
        log.error(  # noqa: TRY400 - one line; Faust has logged the traceback
            "crashed", error=error_logs.describe(error)
        )
        status = EXIT_CRASH
    if isinstance(app.crash_reason, PoisonLimitError):
        log.error("stopped_by_poison_limit", reason=str(app.crash_reason))
        status = EXIT_POISON
    app.close()
    if spans is not None:
        spans.close()
    if status == EXIT_POISON and settings.poison_hold:
        reason = f"stopped by the poison limit: {app.crash_reason}"
        asyncio.run(held_process.hold(settings, http_port(name, settings), reason))
    log.info("stopped", status=status)
    return status


async def _await_kafka(name: str, settings: Settings, bootstrap: str) -> bool:
    """Check the connection and wait for the stage's topics; return False if told to stop.

    aiokafka would log an error for each missing topic, ten times a second, and Faust would say
    that it is ready.
    """
    await clients.check(bootstrap, settings)
    return await topic_wait.hold_until_topics_exist(name, settings, bootstrap)


def build(
    name: str, settings: Settings, bootstrap: str, spans: trace_context.Spans | None = None
) -> StageApp:
    """Return the Faust app of a stage, made by `create_app` in its `agent.py`.

    Only the stage's own modules are imported: the models and libraries of the others cost
    seconds and memory. Raises `ValueError` for an unknown name.
    """
    if name not in STAGES:
        raise ValueError(f"unknown stage {name!r}, known: {', '.join(STAGES)}")
    app: StageApp = import_module(f"services.{name}.agent").create_app(settings, bootstrap, spans)
    return app


def _spans(stage: str, settings: Settings) -> trace_context.Spans | None:
    """Return the maker of spans if tracing is on.

    Raises `UsageError` if the extra is not installed.
    """
    if not settings.tracing:
        return None
    try:
        from services.observability.spans import OpenTelemetrySpans  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "NEWSLOOM_TRACING is set and the extra is not installed: "
            "`pip install newsloom-server[tracing]`."
        ) from error
    return OpenTelemetrySpans(stage)
