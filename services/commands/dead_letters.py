"""`newsloom dead-letters list|show|redrive`: what did not make it, and another try."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from schemas.dead_letter import DeadLetter
from schemas.topics import DEAD_LETTERS
from services import bootstrap, reader
from services.codec import Record
from services.commands.output import errors, out, progress
from services.dead_letters import original_headers, parse
from services.errors import UsageError
from services.publisher import producer
from services.settings import settings

app = typer.Typer(help="What did not make it through the stages, and why; another try for it.")

Reason = Annotated[str | None, typer.Option(help="Only this reason code.")]
Stage = Annotated[str | None, typer.Option(help="Only this stage.")]
_MOST_ATTEMPTS = 5
_EXCERPT = 2000


@app.command("list")
def list_letters(reason: Reason = None, stage: Stage = None) -> None:
    """Count them by outcome, stage and reason, with the age of the last, and name one of each."""
    letters = _read(reason, stage)
    counts = Counter((letter.outcome, letter.stage, letter.reason) for _, letter in letters)
    last = {(one.outcome, one.stage, one.reason): (record, one) for record, one in letters}
    table = Table("Outcome", "Stage", "Reason", "Count", "Last", "Id of the last", box=None)
    for group, number in sorted(counts.items()):
        record, letter = last[group]
        age = datetime.now(UTC) - record.moment
        table.add_row(*map(str, group), str(number), f"{_age(age.total_seconds())} ago", letter.id)
    out.print(table if counts else "There are none.")


@app.command()
def show(letter_id: Annotated[str, typer.Argument(help="Id, as `list` shows it.")]) -> None:
    """Show one: why it ended, where it came from, and the start of the original."""
    for record, letter in _read(None, None):
        if letter.id == letter_id:
            for name, value in letter.model_dump(mode="json", exclude_none=True).items():
                out.print(f"[dim]{name:>13}[/] {escape(str(value))}")
            value = record.value
            if value is None:
                out.print("The original value is null.")
                return
            out.print(f"[dim]{'original':>13}[/] {len(value):,} bytes")
            out.print(value[:_EXCERPT].decode("utf-8", "replace"), markup=False, highlight=False)
            return
    raise UsageError(f"There is no dead letter {letter_id!r}; `dead-letters list` names some.")


@app.command()
def redrive(
    reason: Reason = None,
    stage: Stage = None,
    letter_id: Annotated[str | None, typer.Option("--id", help="Only this one.")] = None,
    *,
    send: Annotated[
        bool, typer.Option("--send", help="Do it; else only say what would go.")
    ] = False,
) -> None:
    """Send originals back to the topic they came from, marked with the count of tries.

    Each letter is taken once, however often it lies there; one that was tried five
    times already is refused.
    """
    chosen: dict[str, tuple[Record, DeadLetter]] = {}
    worn = 0
    for record, letter in _read(reason, stage):
        if letter_id not in (None, letter.id):
            continue
        if letter.attempts >= _MOST_ATTEMPTS:
            worn += 1
        else:
            chosen[letter.id] = (record, letter)
    if worn:
        errors.print(f"{worn} were tried {_MOST_ATTEMPTS} times and stay.", style="yellow")
    if not send:
        out.print(f"{len(chosen)} would be sent back; add --send to do it.")
        return
    asyncio.run(_send(list(chosen.values())))
    out.print(f"Sent back {len(chosen)}.")


async def _send(chosen: list[tuple[Record, DeadLetter]]) -> None:
    with progress() as bar:
        task = bar.add_task("redriving", total=len(chosen))
        async with producer(bootstrap.servers(settings())) as client:
            for record, letter in chosen:
                headers = list(original_headers(record, letter))
                await client.send_and_wait(
                    letter.topic, record.value, key=record.key, headers=headers
                )
                bar.advance(task)


def _read(reason: str | None, stage: str | None) -> list[tuple[Record, DeadLetter]]:
    async def work() -> list[tuple[Record, DeadLetter]]:
        found = []
        async for record in reader.stored(bootstrap.servers(settings()), [DEAD_LETTERS.name]):
            letter = parse(record)
            if letter and reason in (None, letter.reason) and stage in (None, letter.stage):
                found.append((record, letter))
        return found

    return asyncio.run(work())


def _age(seconds: float) -> str:
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
