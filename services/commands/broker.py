"""`newsloom broker start|stop|download`: start and stop the development broker."""

from __future__ import annotations

from typing import Annotated

import typer

from services.commands.terminal.output import out, progress, steps
from services.commands.terminal.wording import counted
from services.kafka import broker_address, development_broker
from services.kafka.jars import download_jars, missing_jars
from services.settings import Settings, settings

app = typer.Typer(help="Start and stop the development broker: Apache Kafka on a single node.")


@app.command()
def start(
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="Port on 127.0.0.1; 0 selects a free one. The default is the port of last time, "
            "else 9092, else a free one.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Start the development broker, or print its address if it already runs.

    Its data is kept in NEWSLOOM_HOME/broker. The first start downloads the jars of Kafka.
    """
    config = settings()
    download_missing_jars(config)
    preferred = broker_address.DEFAULT_PORT if port is None else 0
    started = development_broker.start(
        config.broker_dir, config.kafka_libs, port or 0, preferred=preferred
    )
    out.print(f"Kafka runs at {started.bootstrap} (process {started.pid}).", highlight=False)
    if started.port != broker_address.DEFAULT_PORT:
        out.print(
            f"The commands of {config.home.absolute()} find it without settings; other programs "
            f"need NEWSLOOM_KAFKA={started.bootstrap}.",
            highlight=False,
            soft_wrap=True,
        )


@app.command()
def stop() -> None:
    """Stop the development broker. Its data is kept."""
    folder = settings().broker_dir
    if development_broker.stop(folder):
        out.print("Kafka is stopped.")
    else:
        out.print(f"No Kafka of {folder.absolute()} is running.", highlight=False, soft_wrap=True)


@app.command()
def download() -> None:
    """Download the jars of Apache Kafka, which `start` would do, and check their checksums."""
    config = settings()
    count = download_missing_jars(config)
    out.print(
        f"Downloaded {counted(count, 'jar')} to {config.kafka_libs}."
        if count
        else "All jars have been downloaded already."
    )


def download_missing_jars(config: Settings) -> int:
    """Download the jars of Kafka that are missing, with a progress bar; return how many."""
    missing = len(missing_jars(config.kafka_libs))
    if not missing:
        return 0
    with progress() as bar:
        step, sized = steps(bar, "downloading Apache Kafka")
        sized(missing)
        return download_jars(config.kafka_libs, step)
