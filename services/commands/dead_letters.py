"""`newsloom dead-letters list|show|redrive`: inspect and redrive dead letters."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from schemas.dead_letter import DeadLetter
from schemas.topics import DEAD_LETTERS
from services.commands.terminal.json_output import AsJson, print_rows
from services.commands.terminal.output import errors, out, progress, steps
from services.commands.terminal.time_parsing import parse_time
from services.commands.terminal.wording import counted
from services.kafka import broker_address, topic_scan
from services.messaging.dead_letters import parse
from services.messaging.errors import UsageError
from services.messaging.records import Record
from services.operations.dead_letter_statistics import DeadLetterCounts, DeadLetterFilter
from services.operations.redrive import Redrive, redrive
from services.settings import settings

app = typer.Typer(
    help="List, inspect and redrive dead letters: messages that were filtered out "
    "or could not be processed."
)

Reason = Annotated[str | None, typer.Option(help="Only dead letters with this reason code.")]
Stage = Annotated[str | None, typer.Option(help="Only dead letters of this stage.")]
Since = Annotated[
    str | None,
    typer.Option(
        help="Only dead letters written since this time: `2025-05-04T08:00Z`, `90min`, `2d`."
    ),
]
Until = Annotated[str | None, typer.Option(help="Only dead letters written before this time.")]
LetterId = Annotated[str | None, typer.Option("--id", help="Only the dead letter with this id.")]
Send = Annotated[
    bool,
    typer.Option(
        "--send",
        help="Send the messages. Without this option the command only prints what it would send.",
    ),
]
Again = Annotated[
    bool,
    typer.Option(
        "--again", help="Also send dead letters that an earlier redrive has already sent."
    ),
]
Rate = Annotated[float, typer.Option(min=0.1, help="Maximum number of messages sent per second.")]
_EXCERPT_BYTES = 2000
"""Bytes of the original message that `show` prints."""


@app.command("list")
def list_letters(
    reason: Reason = None,
    stage: Stage = None,
    since: Since = None,
    until: Until = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Count dead letters by outcome, stage and reason, with their ages and one example id each.

    A crash may write the same dead letter twice; both are counted.
    """
    choice = _choice(reason, stage, None, since, until)
    tally = DeadLetterCounts()

    async def work() -> None:
        with progress() as bar:
            step, sized = steps(bar, "reading")
            async with aclosing(_letters(choice, step, sized)) as letters:
                async for record, letter in letters:
                    tally.add(record, letter)

    asyncio.run(work())
    if as_json:
        print_rows(asdict(group) for group in tally)
        return
    out.print(_table(tally) if tally.total else "There are no such dead letters.")


@app.command()
def show(
    letter_id: Annotated[str, typer.Argument(help="Id of the dead letter, as shown by `list`.")],
    *,
    original: Annotated[
        bool,
        typer.Option(
            "--original", help="Print only the bytes of the original message, for pipes and files."
        ),
    ] = False,
) -> None:
    """Show one dead letter: its reason, origin and headers, and the start of the message."""
    found = asyncio.run(_find(letter_id))
    if found is None:
        raise UsageError(
            f"There is no dead letter {letter_id!r}; see `newsloom dead-letters list`."
        )
    record, letter = found
    value = record.value
    if original:
        sys.stdout.buffer.write(value or b"")
        return
    ended = record.time.isoformat(timespec="seconds")
    facts = {"ended": ended, **letter.model_dump(mode="json", exclude_none=True)}
    for name, fact in facts.items():
        out.print(f"[dim]{name:>13}[/] {escape(str(fact))}", soft_wrap=True)
    for name, raw in record.headers[: len(letter.header_names)]:
        text = raw[:200].decode("utf-8", "replace")
        out.print(f"[dim]{'header':>13}[/] {escape(name)}: {escape(text)}", soft_wrap=True)
    if value is None:
        out.print("The original value is null.")
        return
    out.print(f"[dim]{'original':>13}[/] {counted(len(value), 'byte')}")
    out.print(value[:_EXCERPT_BYTES].decode("utf-8", "replace"), markup=False, highlight=False)


@app.command("redrive")
def redrive_letters(
    reason: Reason = None,
    stage: Stage = None,
    letter_id: LetterId = None,
    since: Since = None,
    until: Until = None,
    *,
    send: Send = False,
    again: Again = False,
    rate: Rate = 100,
) -> None:
    """Send original messages back to the topic they were read from, with an attempt counter.

    Nothing is sent without --send. Each dead letter is sent once; a message that has reached
    NEWSLOOM_REDRIVE_ATTEMPTS is not sent. Fix the cause of the failure first.
    """
    config = settings()
    choice = _choice(reason, stage, letter_id, since, until)

    async def work() -> Redrive:
        with progress() as bar:
            step, sized = steps(bar, "redriving" if send else "reading")
            servers = broker_address.servers(config)
            return await redrive(
                servers, config, choice, send=send, again=again, rate=rate, step=step, sized=sized
            )

    result = asyncio.run(work())
    total = result.selected.total
    if total:
        out.print(_table(result.selected))
    for number, why in (
        (result.out_of_attempts, f"already sent {config.redrive_attempts} times"),
        (result.sent_before, "sent by an earlier redrive (--again sends them once more)"),
        (result.other_topics, "read from a topic that no stage reads now"),
        (result.repeated, "repeats of another dead letter"),
    ):
        if number:
            errors.print(f"Not sent: {number:,} {why}.", style="yellow")
    out.print(
        f"Sent {counted(total, 'message')}."
        if send
        else f"{total:,} would be sent; --send sends them."
    )


def _choice(
    reason: str | None,
    stage: str | None,
    letter_id: str | None,
    since: str | None,
    until: str | None,
) -> DeadLetterFilter:
    now = datetime.now(UTC)
    begin = parse_time(since, now) if since else None
    end = parse_time(until, now) if until else None
    return DeadLetterFilter(reason, stage, letter_id, begin, end)


def _table(tally: DeadLetterCounts) -> Table:
    table = Table(
        "Outcome", "Stage", "Reason", "Count", "Bytes", "Oldest", "Newest", "Id of the newest"
    )
    table.box = None
    now = datetime.now(UTC)
    for group in tally:
        table.add_row(
            group.outcome,
            group.stage,
            group.reason,
            f"{group.count:,}",
            f"{group.size:,}",
            _ago((now - group.oldest).total_seconds()),
            _ago((now - group.newest).total_seconds()),
            group.example,
        )
    return table


async def _letters(
    choice: DeadLetterFilter,
    step: Callable[[], None] = lambda: None,
    sized: Callable[[int], None] = lambda _: None,
) -> AsyncGenerator[tuple[Record, DeadLetter]]:
    config = settings()
    names = [config.topic(DEAD_LETTERS).name]
    servers = broker_address.servers(config)
    stored = topic_scan.stored(servers, names, since=choice.since, sized=sized)
    async with aclosing(stored) as records:
        async for record in records:
            step()
            letter = parse(record)
            if letter is not None and choice.matches(record, letter):
                yield record, letter


async def _find(letter_id: str) -> tuple[Record, DeadLetter] | None:
    async with aclosing(_letters(DeadLetterFilter(letter_id=letter_id))) as found:
        async for pair in found:
            return pair
    return None


def _ago(seconds: float) -> str:
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit} ago"
    return f"{max(0.0, seconds):.0f} s ago"
