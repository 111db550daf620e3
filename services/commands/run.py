"""`newsloom run`: the stages, each in its own process."""

from __future__ import annotations

import asyncio
import signal
import time
from typing import Annotated

import typer

from services.kafka import broker_address, topic_admin
from services.messaging.errors import EXIT_POISON, UsageError
from services.observability import logs
from services.operations.supervisor import Supervisor
from services.processing.stages import EXPORTER, PARTS
from services.settings import Settings, settings


def run(
    stages: Annotated[
        list[str] | None,
        typer.Argument(help=f"{', '.join(PARTS)}; none means all.", show_default=False),
    ] = None,
    *,
    create_topics: Annotated[
        bool,
        typer.Option("--create-topics", help="Create missing topics first, as `topics create`."),
    ] = False,
) -> None:
    """Run one part in this process, or several as supervised processes.

    The parts are the three stages, and the exporter, which measures their lag at the
    broker and sends a heartbeat article through them every minute.

    A part whose topics do not exist yet waits for them and is not ready meanwhile.

    SIGTERM and Ctrl-C let the work in hand end, commit it, and stop. A supervised process
    that ends is started again, unless it ended with status 65: too many messages failed, and
    somebody has to look at them. The others go on, and this command ends with status 65.
    """
    wanted = stages or list(PARTS)
    for name in wanted:
        if name not in PARTS:
            raise UsageError(f"There is no stage {name!r}; the stages are {', '.join(PARTS)}.")
    # The first process of a container ignores signals that it has no handler for, and
    # Faust sets its own only after the models are loaded.
    signal.signal(signal.SIGTERM, _leave)
    config = settings()
    servers = broker_address.servers(config)
    if create_topics:
        asyncio.run(_create_topics(config, servers))
    if wanted == [EXPORTER]:
        from services.exporter import server  # noqa: PLC0415 - as below

        raise typer.Exit(server.run(config, servers))
    if len(wanted) == 1:
        from services.faust_adapter import worker  # noqa: PLC0415 - loads the models

        raise typer.Exit(worker.run(wanted[0], config, servers))
    if config.http_port:
        raise UsageError(
            "NEWSLOOM_HTTP_PORT is a single port; unset it to run several stages in one command."
        )
    logs.configure(config, stage="supervisor")
    raise typer.Exit(_supervise(wanted, servers))


async def _create_topics(config: Settings, servers: str) -> None:
    async with topic_admin.admin(servers) as client:
        await topic_admin.create(client, config.replication, config.topics())


def _leave(*_: object) -> None:
    raise SystemExit(0)


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
        while not stopping and len(supervisor.stopped) < len(stages):
            supervisor.ensure_running()
            time.sleep(0.2)
    finally:
        clean = supervisor.stop()
    if supervisor.stopped:
        return EXIT_POISON
    return 0 if clean else 1
