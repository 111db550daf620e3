"""Keep the process of a stopped worker alive where each process that ends is restarted."""

from __future__ import annotations

import asyncio
import signal

import structlog

from services.observability import http
from services.settings import Settings

log = structlog.get_logger()


async def hold(settings: Settings, port: int, reason: str) -> None:
    """Serve the health endpoints until SIGTERM or SIGINT: alive, and not ready because of `reason`.

    Metrics stay exposed as they were when the worker stopped.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    server = await http.serve(settings.http_host, port, live=lambda: None, ready=lambda: reason)
    log.warning("held", reason=reason)
    try:
        await stop.wait()
    finally:
        await server.cleanup()
