"""`newsloom publish`: publish articles from files or standard input to the raw topic."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from schemas.topics import RAW
from services.commands.terminal.output import errors, out, progress
from services.ingest import files, publisher
from services.ingest.files import Loaded
from services.kafka import broker_address
from services.messaging.errors import UsageError
from services.settings import settings


def publish(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Folders, or files of the types .html, .txt, .json and .jsonl. `-` reads "
            "JSON lines from standard input."
        ),
    ],
) -> None:
    """Publish articles, and print each refused article with the reason.

    Waits until the broker has acknowledged every article. The URL of an HTML page is taken
    from its canonical link. JSON holds raw articles as in
    `schemas/json/raw-article.v1.json`, one per file or one per line.
    """
    names = [path for path in paths if str(path) != "-"]
    for path in names:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}.")
    found = files.files(names)
    reads_input = len(names) < len(paths)

    def loaded() -> Iterator[Loaded]:
        for path in found:
            yield from files.load(path)
        if reads_input:
            yield from files.load_lines(sys.stdin.buffer, "standard input")

    config = settings()
    with progress() as bar:
        task = bar.add_task("publishing", total=None)
        result = asyncio.run(
            publisher.publish(
                broker_address.servers(config),
                loaded(),
                lambda: bar.advance(task),
                config.topic(RAW),
            )
        )
    for origin, reason in result.refused:
        errors.print(f"refused {origin}: {reason}", style="yellow", markup=False)
    out.print(f"Published {result.delivered} articles, refused {len(result.refused)}.")
    if result.refused:
        raise typer.Exit(1)
