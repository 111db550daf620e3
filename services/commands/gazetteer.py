"""`newsloom gazetteer load|remove|list`: manage the entities that users want tagged."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from schemas.gazetteer import GazetteerRow
from schemas.topics import GAZETTEER
from services.commands.terminal.json_output import AsJson, print_rows
from services.commands.terminal.output import errors, out, progress
from services.commands.terminal.wording import counted
from services.kafka import broker_address, topic_scan
from services.kafka.clients import producer
from services.kafka.confirmed_sender import ConfirmedSender, Sent
from services.messaging.errors import UsageError
from services.operations.dead_letter_statistics import IdSet
from services.settings import settings
from services.tagging.gazetteer.file import BadRowError, parse_row, read_rows

app = typer.Typer(help="Manage the gazetteer: entities to tag, with your own names and ids.")


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="CSV or JSONL file; see docs/gazetteer.md.")],
) -> None:
    """Publish the rows of a file. Every tagging worker loads them within seconds.

    A row replaces an existing row with the same id. Unknown columns and keys, cells beyond the last
    column and ids that occur twice are warned of.
    """
    if not file.exists():
        raise UsageError(f"There is no file {file}.")
    try:
        result = asyncio.run(_load(file))
    except BadRowError as bad:
        raise UsageError(f"{file}: {bad}") from bad
    for origin, reason in result.refused:
        errors.print(f"refused {origin}: {reason}", style="yellow", markup=False)
    out.print(f"Published {counted(result.delivered, 'row')}, refused {len(result.refused):,}.")
    if result.refused:
        raise typer.Exit(1)


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of the rows to remove.")],
) -> None:
    """Remove rows by their ids. The exit status is 1 if there is no row with one of them."""

    async def work() -> list[str]:
        there = await _rows()
        async with producer(broker_address.servers(settings())) as client:
            for one in ids:
                if one in there:
                    await client.send_and_wait(GAZETTEER.name, None, key=one.encode())
        return [one for one in dict.fromkeys(ids) if one not in there]

    unknown = asyncio.run(work())
    out.print(f"Removed {counted(len(set(ids)) - len(unknown), 'row')}.")
    if unknown:
        raise UsageError(f"There is no row with the id {', '.join(unknown)}.")


@app.command("list")
def list_rows(*, as_json: AsJson = False) -> None:
    """List the current rows."""
    rows = [row for row in asyncio.run(_rows()).values() if row is not None]
    if as_json:
        print_rows(row.model_dump(mode="json", exclude_defaults=True) for row in rows)
        return
    table = Table("Id", "Name", "Type", "Aliases", box=None)
    for row in rows:
        table.add_row(row.id, row.name, row.type, ", ".join(row.aliases[:5]))
    out.print(table)


async def _rows() -> dict[str, GazetteerRow | None]:
    """Return the current rows by key; None for one that tagging can't use."""
    rows: dict[str, GazetteerRow | None] = {}
    stored = topic_scan.stored(broker_address.servers(settings()), [GAZETTEER.name])
    async with aclosing(stored) as records:
        async for record in records:
            key = (record.key or b"").decode("utf-8", "replace")
            if record.value is None:
                rows.pop(key, None)
                continue
            try:
                rows[key] = parse_row(record.value)
            except BadRowError:
                rows[key] = None
    return rows


async def _load(file: Path) -> Sent:
    def warn(sentence: str) -> None:
        errors.print(f"{file}: {sentence}", style="yellow", markup=False, soft_wrap=True)

    with progress() as bar, IdSet() as ids:
        task = bar.add_task("loading", total=None)
        async with (
            producer(broker_address.servers(settings())) as client,
            ConfirmedSender(client, lambda: bar.advance(task)) as sender,
        ):
            for row in read_rows(file, warn):
                if isinstance(row, BadRowError):
                    sender.refuse(str(file), str(row))
                    continue
                if not ids.add(row.id):
                    warn(f"the id {row.id} is given twice; the last row counts")
                value = row.model_dump_json(exclude_defaults=True).encode()
                await sender.send(row.id, GAZETTEER.name, value, row.id.encode())
        return sender.result
