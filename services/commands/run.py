"""`newsloom run`: the stages, each in its own process."""

from __future__ import annotations

import signal
import time
from typing import Annotated

import typer

from services import bootstrap, logs
from services.errors import UsageError
from services.settings import STAGES, settings
from services.supervisor import Supervisor


def run(
    stages: Annotated[
        list[str] | None,
        typer.Argument(help="cleaning, tagging, dedup; none means all.", show_default=False),
    ] = None,
) -> None:
    """Run one stage in this process, or several as supervised processes.

    SIGTERM and Ctrl-C let the work in hand end, commit it, and stop.
    """
    wanted = stages or list(STAGES)
    for name in wanted:
        if name not in STAGES:
            raise UsageError(f"There is no stage {name!r}; the stages are {', '.join(STAGES)}.")
    config = settings()
    servers = bootstrap.servers(config)
    if len(wanted) == 1:
        from services import worker  # noqa: PLC0415 - models load only where they are needed

        raise typer.Exit(worker.run(wanted[0], config, servers))
    if config.http_port:
        raise UsageError("NEWSLOOM_HTTP_PORT is one port; unset it to run several stages here.")
    logs.configure(config, stage="supervisor")
    raise typer.Exit(_supervise(wanted, servers))


def _supervise(stages: list[str], servers: str) -> int:
    supervisor = Supervisor()
    for name in stages:
        supervisor.add(name, {"NEWSLOOM_KAFKA": servers})
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        while not stopping:
            supervisor.tend()
            time.sleep(0.2)
    finally:
        clean = supervisor.stop()
    return 0 if clean else 1
