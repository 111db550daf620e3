"""`newsloom diff`: compare the outputs of two sets of topics."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from schemas.topics import DEAD_LETTERS, ENRICHED, STORIES, registry, with_suffix
from services.commands.terminal.output import out, progress, steps
from services.commands.terminal.time_parsing import parse_time
from services.kafka import broker_address, topic_scan
from services.messaging.errors import UsageError
from services.operations.diff import Comparison, Report
from services.settings import settings

Suffix = Annotated[
    str, typer.Argument(help="Suffix of a set of topics. `-` is the set without a suffix.")
]


def diff(
    a: Suffix,
    b: Suffix,
    *,
    since: Annotated[
        str | None,
        typer.Option(
            help="Only articles ingested since this time: `2025-05-04T08:00Z`, `90min`, `2d`."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as one JSON object.")
    ] = False,
) -> None:
    """Compare the outputs of two sets of topics: outcomes, fields, and grouping into stories.

    Articles are matched by article id and time of arrival, so both sets must have processed the
    same raw articles, as after `newsloom replay`; pass the start time of the replay as --since.
    Stories are compared by their members, because their ids may differ.
    """
    sides = [_suffix(a), _suffix(b)]
    begin = parse_time(since, datetime.now(UTC)) if since else None
    report = asyncio.run(_compare(sides, begin))
    if as_json:
        sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        _show(report, a, b)


def _suffix(name: str) -> str:
    suffix = "" if name == "-" else name
    try:
        registry(suffix)
    except ValueError as error:
        raise UsageError(f"{error}.") from error
    return suffix


async def _compare(sides: list[str], since: datetime | None) -> Report:
    servers = broker_address.servers(settings())
    with Comparison(since) as comparison, progress() as bar:
        takers = (
            (DEAD_LETTERS, comparison.add_dead_letter),
            (ENRICHED, comparison.add_enriched),
            (STORIES, comparison.add_story),
        )
        for side, suffix in enumerate(sides):
            for topic, take in takers:
                name = with_suffix(topic, suffix).name
                step, sized = steps(bar, name)
                begin = None if topic.compact else since
                stored = topic_scan.stored(servers, [name], since=begin, sized=sized)
                async with aclosing(stored) as records:
                    async for record in records:
                        take(side, record)
                        step()
        bar.add_task("comparing", total=None)
        return await asyncio.to_thread(comparison.report)


def _show(report: Report, a: str, b: str) -> None:
    out.print(
        f"{report.compared:,} articles on both sides; only in {a}: {report.only[0]:,}, "
        f"only in {b}: {report.only[1]:,}.",
        highlight=False,
    )
    out.print(f"Stories: {report.stories[0]:,} and {report.stories[1]:,}.", highlight=False)
    if report.same:
        out.print("There are no differences.", style="green")
        return
    table = Table("Differs", "Articles", "Share", "For example", box=None)
    rows = [(name, number, report.compared) for name, number in report.outcomes.items()]
    rows += [(name, number, report.compared) for name, number in report.fields.items()]
    if report.moved:
        rows.append(("story", report.moved, report.placed))
    for name, number, of in rows:
        share = f"{100 * number / of:.2f} %" if of else ""
        table.add_row(name, f"{number:,}", share, report.examples.get(name, [""])[0])
    out.print(table)
