"""Run several stages on one machine, each in its own process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import structlog

from services.messaging.errors import EXIT_POISON

log = structlog.get_logger()

_GRACE_SECONDS = 45.0
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 30.0
_STEADY_SECONDS = 60.0


@dataclass(slots=True)
class _Worker:
    name: str
    environment: Mapping[str, str]
    output: IO[bytes] | None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = _FIRST_WAIT
    restart_at: float = 0.0
    restarts: int = 0
    stopped: bool = False


@dataclass(slots=True)
class Supervisor:
    """Keeps one worker a stage running; a worker that ends is restarted with a growing delay.

    A worker that was stopped by the poison limit is not restarted: the same messages would stop
    it again.
    """

    workers: list[_Worker] = field(default_factory=list)

    def add(self, stage: str, environment: Mapping[str, str], output: Path | None = None) -> None:
        """Add a stage; `output` is the file for its logs (by default those of this process)."""
        file = output.open("ab") if output else None
        self.workers.append(_Worker(stage, {**os.environ, **environment}, file))

    def ensure_running(self) -> None:
        """Start workers that are not running; call this every few tenths of a second."""
        now = time.monotonic()
        for worker in self.workers:
            if worker.process is None:
                self._start(worker, now)
            elif worker.restart_at:
                if now >= worker.restart_at:
                    self._start(worker, now)
            elif worker.process.poll() is not None and not worker.stopped:
                self._ended(worker, worker.process.returncode, now)

    @staticmethod
    def _ended(worker: _Worker, status: int, now: float) -> None:
        if status == EXIT_POISON:
            worker.stopped = True
            log.error(
                "worker_stopped",
                stage=worker.name,
                status=status,
                reason="too many messages failed; docs/dead-letters.md says what to do",
            )
            return
        if now - worker.started > _STEADY_SECONDS:
            worker.wait = _FIRST_WAIT
        log.error("worker_ended", stage=worker.name, status=status, restart_in_seconds=worker.wait)
        worker.restart_at = now + worker.wait
        worker.wait = min(worker.wait * 2, _LONGEST_WAIT)
        worker.restarts += 1

    @property
    def stopped(self) -> list[str]:
        """The names of the workers that were stopped by the poison limit."""
        return [worker.name for worker in self.workers if worker.stopped]

    @property
    def restarts(self) -> int:
        """How often workers had to be restarted."""
        return sum(worker.restarts for worker in self.workers)

    def stop(self) -> bool:
        """Stop all workers; return True if all ended well.

        SIGTERM is sent first, and SIGKILL to those still running after 45 s.
        """
        running = [w.process for w in self.workers if w.process and w.process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _GRACE_SECONDS
        clean = True
        for process in running:
            try:
                status = process.wait(max(0.1, deadline - time.monotonic()))
                clean &= status in (0, -signal.SIGTERM)  # the latter: it had not yet begun
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                clean = False
        for worker in self.workers:
            if worker.output:
                worker.output.close()
        return clean

    @staticmethod
    def _start(worker: _Worker, now: float) -> None:
        worker.process = subprocess.Popen(  # noqa: S603 - our own program
            _command(worker.name),
            env=dict(worker.environment),
            stdin=subprocess.DEVNULL,
            stdout=worker.output,
            stderr=worker.output,
            start_new_session=True,  # Ctrl-C is for the supervisor to handle
        )
        worker.started, worker.restart_at = now, 0.0


def _command(name: str) -> list[str]:
    return [sys.executable, "-m", "services", "run", name]
