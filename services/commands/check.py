"""`newsloom check`: verify that every raw message has exactly one outcome."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table

from schemas.topics import CLEAN, DEAD_LETTERS, ENRICHED, RAW, TAGGED, app_id
from services.commands.terminal.output import errors, out, progress, steps
from services.commands.terminal.time_parsing import parse_time
from services.kafka import broker_address, topic_admin, topic_scan
from services.operations.audit import DeliveryAudit, Report
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
    the same outcome, which are allowed. The exit status is 1 if a message is lost, doubled or out
    of order.
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
    names = ("dedup", "tagging", "cleaning")
    async with topic_admin.admin(servers) as admin:
        done = {name: await topic_admin.committed(admin, app_id(name, suffix)) for name in names}
        counts = await topic_admin.partition_counts(admin, [clean, tagged])
    beyond = {
        (topic, number): done[name].get((topic, number), 0)
        for name, topic in (("tagging", clean), ("dedup", tagged))
        for number in range(counts[topic])
    }
    outcomes_since = since - _CLOCKS if since else None
    with DeliveryAudit() as audit, progress() as bar:
        step, sized = steps(bar, "messages on their way")
        between = [clean, tagged]
        async for record in topic_scan.stored(servers, between, starts=beyond, sized=sized):
            audit.add_in_flight(record)
            step()
        step, sized = steps(bar, "messages in")
        async for record in topic_scan.stored(servers, [raw], since=since, sized=sized):
            settled = done["cleaning"].get((raw, record.partition), 0)
            audit.add_raw(record, settled=record.offset < settled)
            step()
        step, sized = steps(bar, "outcomes")
        ends = [enriched, letters]
        async for record in topic_scan.stored(servers, ends, since=outcomes_since, sized=sized):
            (audit.add_enriched if record.topic == enriched else audit.add_dead_letter)(record)
            step()
        bar.add_task("settling the account", total=None)
        return await asyncio.to_thread(audit.report)


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
    out.print(table)
    if report.unmatched:
        errors.print(
            f"{report.unmatched:,} outcomes belong to messages that were not read.", style="dim"
        )
    for name, places in report.examples.items():
        errors.print(f"{name.replace('_', ' ')}, for example: {', '.join(places)}", style="red")
    held = "The delivery guarantee holds." if report.holds else "The delivery guarantee is broken."
    out.print(held, style="green" if report.holds else "bold red")
