"""`newsloom gazetteer load|remove|list|packs`: manage the entities that users want tagged."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from schemas.gazetteer import GazetteerRow
from schemas.topics import GAZETTEER
from services.commands.terminal.json_output import AsJson, print_rows
from services.commands.terminal.output import errors, out, progress, waiting
from services.commands.terminal.wording import counted
from services.kafka import broker_address
from services.kafka.clients import producer
from services.kafka.confirmed_sender import ConfirmedSender, Sent
from services.messaging.errors import UsageError
from services.operations.dead_letter_statistics import IdSet
from services.operations.gazetteer import (
    PackChanges,
    encode_row,
    pack_changes,
    pack_ids,
    stored_rows,
)
from services.settings import settings
from services.tagging.gazetteer.file import BadRowError, read_rows
from services.tagging.gazetteer.packs.pack import Pack, PackMissingError
from services.tagging.gazetteer.packs.registry import PACKS

app = typer.Typer(help="Manage the gazetteer: entities to tag, with your own names and ids.")


@app.command()
def load(
    file: Annotated[
        Path | None, typer.Argument(help="CSV or JSONL file; see docs/gazetteer.md.")
    ] = None,
    pack: Annotated[
        str | None, typer.Option(help="Load this pack of well-known names instead of a file.")
    ] = None,
) -> None:
    """Publish the rows of a file or of a pack. Every tagging worker loads them within seconds.

    A row of a file replaces an existing row with the same id. Unknown columns and keys, cells
    beyond the last column and ids that occur twice are warned of. Loading a pack again sends what
    has changed in it, and never replaces rows that are not the pack's.
    """
    if (file is None) == (pack is None):
        raise UsageError("Name either a file or a pack: FILE or --pack NAME.")
    if pack is not None:
        result = _load_pack(_pack(pack))
    else:
        assert file is not None
        result = _load_file(file)
        out.print(f"Published {counted(result.delivered, 'row')}, refused {len(result.refused):,}.")
    for origin, reason in result.refused:
        errors.print(f"refused {origin}: {reason}", style="yellow", markup=False)
    if result.refused:
        raise typer.Exit(1)


@app.command()
def remove(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of the rows to remove.")] = None,
    pack: Annotated[str | None, typer.Option(help="Remove the rows of this pack.")] = None,
) -> None:
    """Remove rows by their ids, or those of a pack. The exit status is 1 if an id has no row."""
    if bool(ids) == (pack is not None):
        raise UsageError("Name either ids or a pack: IDS or --pack NAME.")
    servers = broker_address.servers(settings())
    there = asyncio.run(stored_rows(servers))
    wanted = pack_ids(pack, there) if pack is not None else list(dict.fromkeys(ids or ()))
    if pack is not None and not wanted:
        raise UsageError(f"No row of the pack {pack} is loaded.")
    known = [one for one in wanted if one in there]
    result = asyncio.run(_send(servers, [(one, None) for one in known], "removing"))
    out.print(f"Removed {counted(result.delivered, 'row')}.")
    for origin, reason in result.refused:
        errors.print(f"refused {origin}: {reason}", style="yellow", markup=False)
    unknown = [one for one in wanted if one not in there]
    if unknown:
        raise UsageError(f"There is no row with the id {', '.join(unknown)}.")
    if result.refused:
        raise typer.Exit(1)


@app.command("list")
def list_rows(*, as_json: AsJson = False) -> None:
    """List the current rows."""
    stored = asyncio.run(stored_rows(broker_address.servers(settings())))
    rows = [row for row in stored.values() if row is not None]
    if as_json:
        print_rows(row.model_dump(mode="json", exclude_defaults=True) for row in rows)
        return
    table = Table("Id", "Name", "Type", "Aliases", "Pack", box=None)
    for row in rows:
        aliases = dict.fromkeys([*row.aliases, *row.ambiguous_aliases])
        table.add_row(row.id, row.name, row.type, ", ".join([*aliases][:5]), row.pack or "")
    out.print(table)


@app.command()
def packs(*, as_json: AsJson = False) -> None:
    """List the packs of well-known names that can be loaded."""
    listed = []
    for pack in PACKS.values():
        try:
            size: int | None = len(pack.rows())
        except PackMissingError:
            size = None
        listed.append((pack, size))
    if as_json:
        print_rows(
            {
                "name": pack.name,
                "contents": pack.contents,
                "rows": size,
                "source": pack.source,
                "licence": pack.licence,
            }
            for pack, size in listed
        )
        return
    table = Table("Pack", "Rows", "Contents", "Source", "Licence", box=None)
    for pack, size in listed:
        rows = "not installed" if size is None else f"{size:,}"
        table.add_row(pack.name, rows, pack.contents, pack.source, pack.licence)
    out.print(table)


def _pack(name: str) -> Pack:
    if name not in PACKS:
        raise UsageError(f"There is no pack {name}; the packs are {', '.join(PACKS)}.")
    return PACKS[name]


def _load_pack(pack: Pack) -> Sent:
    try:
        rows = pack.rows()
    except PackMissingError as missing:
        raise UsageError(
            f"The pack {pack.name} needs the package {missing}: install newsloom-server[packs]."
        ) from missing
    servers = broker_address.servers(settings())
    with waiting("reading the gazetteer"):
        changes = pack_changes(pack.name, rows, asyncio.run(stored_rows(servers)))
    values: list[tuple[str, GazetteerRow | None]] = [(row.id, row) for row in changes.put]
    values += [(one, None) for one in changes.removed]
    result = asyncio.run(_send(servers, values, f"loading {pack.name}"))
    out.print(_pack_report(changes, result))
    return result


def _pack_report(changes: PackChanges, result: Sent) -> str:
    parts = [f"Published {counted(len(changes.put), 'row')}", f"{changes.unchanged:,} unchanged"]
    if changes.removed:
        parts.append(f"{len(changes.removed):,} removed")
    if changes.kept:
        parts.append(f"{changes.kept:,} left out because another row has the id")
    return f"{', '.join([*parts, f'refused {len(result.refused):,}'])}."


async def _send(servers: str, rows: Sequence[tuple[str, GazetteerRow | None]], what: str) -> Sent:
    """Send rows by id, None for one to remove, and show the progress."""
    with progress() as bar:
        task = bar.add_task(what, total=len(rows))
        async with (
            producer(servers) as client,
            ConfirmedSender(client, lambda: bar.advance(task)) as sender,
        ):
            for row_id, row in rows:
                value = None if row is None else encode_row(row)
                await sender.send(row_id, GAZETTEER.name, value, row_id.encode())
        return sender.result


def _load_file(file: Path) -> Sent:
    if not file.exists():
        raise UsageError(f"There is no file {file}.")
    try:
        return asyncio.run(_send_file(file))
    except BadRowError as bad:
        raise UsageError(f"{file}: {bad}") from bad


async def _send_file(file: Path) -> Sent:
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
                await sender.send(row.id, GAZETTEER.name, encode_row(row), row.id.encode())
        return sender.result
