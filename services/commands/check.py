"""`newsloom check`: verify that every raw message has exactly one outcome."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table

from schemas.topics import CLEAN, DEAD_LETTERS, ENRICHED, RAW, TAGGED, app_id
from services.commands.terminal.output import errors, out, progress, steps
from services.commands.terminal.time_parsing import parse_time
from services.commands.terminal.wording import counted
from services.kafka import broker_address, topic_admin, topic_scan
from services.operations import read_progress
from services.operations.audit import DeliveryAudit, Report
from services.operations.read_progress import ReadProgress
from services.settings import settings

_CLOCKS = timedelta(hours=1)
"""Maximum time by which the clock of a publisher may be ahead of the broker's clock, which dates
the outcomes.
"""
_ASK_AGAIN_SECONDS = 1.0


def check(
    *,
    since: Annotated[
        str | None,
        typer.Option(
            help="Only check messages published since this time: `2025-05-04T08:00Z`, "
            "`90min`, `2d`."
        ),
    ] = None,
    settle: Annotated[
        float,
        typer.Option(min=0, help="Wait up to this many seconds until no message is in flight."),
    ] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as one JSON object.")
    ] = False,
) -> None:
    """Audit delivery: compare every raw message with its outcome.

    Reads the raw, enriched and dead letter topics from the start and changes nothing. A message
    is in flight until its stage has committed it. It is lost if every stage has committed it and
    it has no outcome. `doubled` counts contradictory outcomes; `redelivered` counts repeats of
    the same outcome, which are allowed. `expired before being read` counts the messages that were
    deleted before their stage read them. The exit status is 1 if a message is lost, doubled, out
    of order or expired before being read.
    """
    begin = parse_time(since, datetime.now(UTC)) if since else None
    report = asyncio.run(settled(broker_address.servers(settings()), begin, settle))
    if as_json:
        sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        show(report)
    if not report.holds:
        raise typer.Exit(1)


async def settled(servers: str, since: datetime | None = None, settle: float = 0) -> Report:
    """Return the report once nothing is in flight or `settle` seconds have passed."""
    deadline = time.monotonic() + settle
    while True:
        report = await run_audit(servers, since)
        if not report.in_flight or time.monotonic() >= deadline:
            return report
        await asyncio.sleep(_ASK_AGAIN_SECONDS)


async def run_audit(servers: str, since: datetime | None = None) -> Report:
    """Read the topics and return the report.

    The order of the reads makes the report exact while messages are being processed: first the
    committed offsets of each stage, the last stage first; then the uncommitted messages on the
    topics between the stages; then the raw messages; and last the outcomes. A message that moves
    on during the audit is found on the topic that it moved to.
    """
    suffix = settings().topic_suffix
    raw, clean, tagged, enriched, letters = (
        settings().topic(one).name for one in (RAW, CLEAN, TAGGED, ENRICHED, DEAD_LETTERS)
    )
    done = await read_so_far(
        servers, {"dedup": tagged, "tagging": clean, "cleaning": raw}, suffix, since
    )
    beyond = {at: progress.offset for at, progress in done.items() if at[0] != raw}
    outcomes_since = since - _CLOCKS if since else None
    with DeliveryAudit() as audit, progress() as bar:
        for (topic, partition), so_far in done.items():
            audit.add_progress(topic, partition, so_far)
        step, sized = steps(bar, "messages on their way")
        between = [clean, tagged]
        stored = topic_scan.stored(servers, between, starts=beyond, sized=sized)
        async with aclosing(stored) as records:
            async for record in records:
                audit.add_in_flight(record)
                step()
        step, sized = steps(bar, "messages in")
        async with aclosing(topic_scan.stored(servers, [raw], since=since, sized=sized)) as records:
            async for record in records:
                settled = record.offset < done[raw, record.partition].offset
                audit.add_raw(record, settled=settled)
                step()
        step, sized = steps(bar, "outcomes")
        ends = [enriched, letters]
        stored = topic_scan.stored(servers, ends, since=outcomes_since, sized=sized)
        async with aclosing(stored) as records:
            async for record in records:
                (audit.add_enriched if record.topic == enriched else audit.add_dead_letter)(record)
                step()
        bar.add_task("settling the account", total=None)
        return await asyncio.to_thread(audit.report)


async def read_so_far(
    servers: str, inputs: Mapping[str, str], suffix: str, since: datetime | None
) -> dict[tuple[str, int], ReadProgress]:
    """Return how far each stage has read its input topic, by topic and partition.

    `inputs` names the input topic of each stage, the last stage first. The ends of the topics are
    read after the committed offsets, which can't be beyond them then.
    """
    async with topic_admin.admin(servers) as admin:
        notes: dict[tuple[str, int], tuple[int, str]] = {}
        for stage in inputs:
            notes |= await topic_admin.committed_notes(admin, app_id(stage, suffix))
    async with topic_scan.reading(servers, list(inputs.values())) as (client, partitions):
        starts = await client.beginning_offsets(partitions)
        ends = await client.end_offsets(partitions)
    moment = since.timestamp() if since else None
    found = {}
    for tp in partitions:
        committed, note = notes.get(tuple(tp), (None, None))
        found[tuple(tp)] = read_progress.of(committed, note, starts[tp], ends[tp], moment)
    return found


def show(report: Report) -> None:
    """Print the report."""
    table = Table("", "Messages", title="Check", box=None)
    table.columns[1].justify = "right"
    rows = [
        ("messages in", report.messages),
        ("  revisions enriched", report.revisions),
        ("  the same content again", report.published_again),
        ("  unreadable", report.unreadable),
        *report.outcomes.items(),
        ("in flight", report.in_flight),
        ("redelivered", report.redelivered),
        ("redriven", report.redriven),
    ]
    for name, number in rows:
        table.add_row(name, f"{number:,}")
    for name, number in (
        ("lost", report.lost),
        ("doubled", report.doubled),
        ("out of order", report.out_of_order),
    ):
        table.add_row(name, f"{number:,}", style="bold red" if number else "green")
    for place, number in report.expired.items():
        table.add_row(f"expired before being read: {place}", f"{number:,}", style="bold red")
    for place, number in report.perhaps_expired.items():
        table.add_row(f"deleted, perhaps before being read: {place}", f"{number:,}")
    out.print(table)
    if report.unmatched:
        errors.print(f"Outcomes of messages that were not read: {report.unmatched:,}.", style="dim")
    for name, places in report.examples.items():
        errors.print(f"{name.replace('_', ' ')}, for example: {', '.join(places)}", style="red")
    out.print(conclusion(report), style="green" if report.holds else "bold red")


def conclusion(report: Report) -> str:
    """Return in one sentence whether the delivery guarantee holds, and how far that is known."""
    if not report.holds:
        return "The delivery guarantee is broken."
    if not report.messages:
        return "Nothing was checked: there are no messages."
    if report.in_flight:
        in_flight = counted(report.in_flight, "message")
        return f"The delivery guarantee holds so far; {in_flight} in flight."
    return "The delivery guarantee holds."
