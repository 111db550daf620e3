"""`newsloom publish`: publish articles from files or standard input to the raw topic."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from schemas.article import RawArticle
from schemas.topics import RAW
from services.commands.terminal.output import errors, out, progress
from services.commands.terminal.wording import counted
from services.ingest import files, publisher
from services.ingest.files import Loaded
from services.kafka import broker_address
from services.kafka.confirmed_sender import Sent
from services.messaging.errors import UsageError
from services.messaging.misspelling import did_you_mean
from services.settings import settings


def publish(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Folders, or files of the types .html, .txt, .json and .jsonl. `-` reads "
            "JSON lines from standard input."
        ),
    ],
    *,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Check the articles, and publish none. Needs no Kafka."),
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Succeed also if there is nothing to publish.")
    ] = False,
) -> None:
    """Publish articles, and print each refused article with the reason.

    Waits until the broker has acknowledged every article. The URL of an HTML page is taken
    from its canonical link, that of a text from its first line if that is an address. Others get
    the `file:` URL of their path, and the name of their folder as outlet.
    JSON holds raw articles as in `schemas/json/raw-article.v1.json`, one per file or one per
    line. The exit status is 1 if an article was refused, or if there was none.
    """
    names = [path for path in paths if str(path) != "-"]
    for path in names:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}.")
    unknown = _UnknownFields()
    with progress() as bar:
        task = bar.add_task("checking" if dry_run else "publishing", total=None)
        result = _publish(
            unknown.noting(_loaded(names, reads_input=len(names) < len(paths))),
            lambda: bar.advance(task),
            dry_run=dry_run,
        )
    for origin, reason in result.refused:
        errors.print(f"refused {origin}: {reason}", style="yellow", markup=False, soft_wrap=True)
    for sentence in unknown.sentences():
        errors.print(sentence, style="yellow", markup=False, soft_wrap=True)
    left_out = files.skipped(names)
    if left_out:
        errors.print(f"Skipped {counted(left_out, 'file')} of other types.", style="dim")
    verb = "Would publish" if dry_run else "Published"
    out.print(f"{verb} {counted(result.delivered, 'article')}, refused {len(result.refused):,}.")
    if not result.delivered and not result.refused and not allow_empty:
        raise UsageError("There was nothing to publish; --allow-empty permits that.")
    if result.refused:
        raise typer.Exit(1)


def _loaded(names: list[Path], *, reads_input: bool) -> Iterator[Loaded]:
    for path in files.files(names):
        yield from files.load(path)
    if reads_input:
        yield from files.load_lines(sys.stdin.buffer, "standard input")


def _publish(loaded: Iterator[Loaded], step: Callable[[], None], *, dry_run: bool) -> Sent:
    if dry_run:
        return publisher.check(loaded, step)
    config = settings()
    servers = broker_address.servers(config)
    return asyncio.run(publisher.publish(servers, loaded, step, config.topic(RAW)))


class _UnknownFields:
    """The fields of articles that are ignored, which may be misspelt."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def noting(self, loaded: Iterator[Loaded]) -> Iterator[Loaded]:
        """Yield the same articles, and note their unknown fields."""
        for one in loaded:
            for name in one.unknown_fields:
                self._counts[name] += 1
                self._first.setdefault(name, one.origin)
            yield one

    def sentences(self) -> Iterator[str]:
        """Yield one sentence a field, with the number of articles and the first of them."""
        for name, count in self._counts.items():
            yield (
                f"ignored the unknown field {name!r} in {counted(count, 'article')}, first in "
                f"{self._first[name]}{did_you_mean(name, RawArticle.model_fields)}"
            )
