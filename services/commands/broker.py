"""`newsloom broker start|stop`: start and stop the development broker."""

from __future__ import annotations

from typing import Annotated

import typer

from services.commands.terminal.output import out
from services.kafka import development_broker
from services.settings import settings

app = typer.Typer(help="Start and stop the development broker: Apache Kafka on a single node.")


@app.command()
def start(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1. 0 selects a free port.")] = 0,
) -> None:
    """Start the development broker, or print its address if it already runs.

    Its data is kept in NEWSLOOM_HOME/broker.
    """
    config = settings()
    started = development_broker.start(config.broker_dir, config.kafka_libs, port)
    out.print(f"Kafka runs at {started.bootstrap} (process {started.pid}).")
    out.print(
        "The other commands find this broker without settings; "
        "for other programs set NEWSLOOM_KAFKA."
    )


@app.command()
def stop() -> None:
    """Stop the development broker. Its data is kept."""
    stopped = development_broker.stop(settings().broker_dir)
    out.print("Kafka is stopped." if stopped else "Kafka is not running.")
