"""The health endpoints of a worker (/metrics, /livez, /readyz), and measurements for them."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from pathlib import Path
from typing import Protocol

from services.observability import http, metrics
from services.settings import Settings

_ROUND_SECONDS = 2.0
_DISK_SECONDS = 15.0


class _Stage(Protocol):
    @property
    def name(self) -> str: ...


class _Runner(Protocol):
    @property
    def stalled_seconds(self) -> float: ...


class _FlowControl(Protocol):
    def is_active(self) -> bool: ...


class MonitoredApp(Protocol):
    """What the health checks read of the stage's Faust app."""

    state_folder: Path
    rebalancing: bool
    in_recovery: bool

    @property
    def stage(self) -> _Stage:
        """The stage that the app runs."""
        ...

    @property
    def runner(self) -> _Runner:
        """The runner, which measures its own progress."""
        ...

    @property
    def flow_control(self) -> _FlowControl:
        """Faust's switch that is active while records are consumed."""
        ...

    @property
    def holds_state(self) -> bool:
        """Whether the stage has tables on disk."""
        ...

    @property
    def should_stop(self) -> bool:
        """Whether the app has been asked to stop."""
        ...


class Health:
    """Serves the worker's health, and measures it every two seconds."""

    def __init__(self, app: MonitoredApp, settings: Settings, port: int) -> None:
        """Serve on `port`; 0 takes any free one."""
        self._app = app
        self._port = port
        self._settings = settings

    async def run(self) -> None:
        """Serve and measure until the worker stops."""
        stage = self._app.stage.name
        runner = await http.serve(
            self._settings.http_host, self._port, live=self.live, ready=self.ready
        )
        ready = metrics.READY.labels(stage)
        disk_measured = 0.0
        try:
            while not self._app.should_stop:
                ready.set(self.ready() is None)
                if self._app.holds_state and time.monotonic() - disk_measured > _DISK_SECONDS:
                    disk_measured = time.monotonic()
                    await asyncio.to_thread(_measure_disk, stage, self._app.state_folder)
                await asyncio.sleep(_ROUND_SECONDS)
        finally:
            ready.set(0)
            await runner.cleanup()

    def live(self) -> str | None:
        """Return why a restart would help, or None. Asking changes nothing.

        A restart helps if messages are in progress and none is finished.
        """
        stalled = self._app.runner.stalled_seconds
        too_long = stalled > self._settings.stalled_seconds
        return f"no message settled for {stalled:.0f} s" if too_long else None

    def ready(self) -> str | None:
        """Return why the worker can not process messages yet, or None."""
        if self._app.in_recovery:
            return "state is being recovered"
        if self._app.rebalancing:
            return "partitions are being assigned"
        if not self._app.flow_control.is_active():
            return "not consuming yet"
        return None


def _measure_disk(stage: str, folder: Path) -> None:
    size = 0
    for where, _folders, files in os.walk(folder):
        for name in files:
            try:
                size += Path(where, name).stat().st_size
            except FileNotFoundError:  # RocksDB has compacted it away
                continue
    usage = shutil.disk_usage(folder)
    metrics.STATE_BYTES.labels(stage).set(size)
    metrics.STATE_DISK_BYTES.labels(stage).set(usage.total)
    metrics.STATE_DISK_FREE_BYTES.labels(stage).set(usage.free)
