"""`newsloom replay`: process stored raw articles again with a second set of workers."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated

import typer

from schemas.topics import DEAD_LETTERS, ENRICHED, RAW, Topic, registry, with_suffix
from services.commands.terminal.output import errors, out, progress, steps, waiting
from services.commands.terminal.time_parsing import parse_time
from services.commands.terminal.wording import counted
from services.kafka import broker_address, topic_admin, topic_scan
from services.messaging.errors import UsageError
from services.operations.replay import copy_articles
from services.operations.supervisor import Supervisor
from services.processing.stages import STAGES
from services.settings import Settings, settings

_SUPERVISION_SECONDS = 0.2
"""Seconds between two looks at the workers."""
_MAX_RESTARTS = 3
"""Restarts after which the workers are taken for broken."""


Suffix = Annotated[
    str,
    typer.Argument(
        help="Suffix of the second set of topics, for example `v2`; allowed characters: "
        "a-z, 0-9, -."
    ),
]
Begin = Annotated[
    str,
    typer.Option(
        "--from",
        help="Replay articles ingested since this time: `2025-05-04T08:00Z`, `90min`, `2d`, "
        "or `all`.",
    ),
]
Follow = Annotated[
    bool,
    typer.Option("--follow", help="Continue with new articles as they arrive, until Ctrl-C."),
]
Workers = Annotated[
    bool,
    typer.Option(
        "--workers/--no-workers",
        help="Run one worker per stage in this command. Without, start the workers yourself "
        "with NEWSLOOM_TOPIC_SUFFIX set.",
    ),
]
InFlight = Annotated[
    int,
    typer.Option(
        min=1, help="Maximum number of articles copied to the workers and not yet completed."
    ),
]


def replay(
    suffix: Suffix,
    begin: Begin,
    *,
    follow: Follow = False,
    workers: Workers = True,
    in_flight: InFlight = 1000,
) -> None:
    """Process raw articles again with this version and its settings, beside the present outputs.

    The topics, consumer groups and state of the second set have the suffix; the first set keeps
    running and is not changed. The command ends when all articles that existed at its start have
    been processed. If it is interrupted, the same command resumes where it stopped. Compare the
    results with `newsloom diff - v2`; docs/replay.md describes how to switch over.
    """
    config = settings()
    if suffix in ("", config.topic_suffix):
        raise UsageError("A replay needs a suffix of its own, such as v2.")
    try:
        topics = registry(suffix, config.article_partitions)
    except ValueError as error:
        raise UsageError(f"{error}.") from error
    since = None if begin == "all" else parse_time(begin, datetime.now(UTC))
    replaying = _replay(
        config, suffix, topics, since, follow=follow, workers=workers, in_flight=in_flight
    )
    try:
        copied = asyncio.run(replaying)
    except asyncio.CancelledError:  # SIGTERM; the workers have ended
        raise KeyboardInterrupt from None
    out.print(f"Replayed {counted(copied, 'article')} into the topics with the suffix {suffix}.")
    enriched, dead_letters = asyncio.run(_totals(broker_address.servers(config), suffix))
    out.print(
        f"They now hold {counted(enriched, 'enriched message')} and "
        f"{counted(dead_letters, 'dead letter')}."
    )


async def _replay(
    config: Settings,
    suffix: str,
    topics: Sequence[Topic],
    since: datetime | None,
    *,
    follow: bool,
    workers: bool,
    in_flight: int,
) -> int:
    """Create the second set of topics, run its workers and copy articles; return how many."""
    servers = broker_address.servers(config)
    this = asyncio.current_task()
    assert this is not None
    # SIGTERM cancels this task, as Ctrl-C does, so that the workers are stopped with it.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    async with topic_admin.admin(servers) as admin:
        await topic_admin.create(admin, config.replication, topics)
    if not workers:
        errors.print(
            f"This command only copies articles; run the workers with "
            f"NEWSLOOM_TOPIC_SUFFIX={suffix}."
        )
    supervisor = Supervisor()
    for stage in STAGES if workers else ():
        _add_worker(supervisor, stage, suffix, servers, config)
    try:
        with progress() as bar:
            step, sized = steps(bar, "replaying")
            copying = asyncio.create_task(
                copy_articles(
                    servers,
                    config.topic(RAW).name,
                    suffix,
                    since,
                    in_flight=in_flight,
                    follow=follow,
                    sized=sized,
                    step=step,
                )
            )
            return await _supervise(supervisor, copying, suffix, config)
    finally:
        with waiting("stopping the workers …"):
            await asyncio.to_thread(supervisor.stop)


async def _supervise(
    supervisor: Supervisor, copying: asyncio.Task[int], suffix: str, config: Settings
) -> int:
    """Restart workers that end until all articles are copied; return how many were.

    Raise `UsageError` if workers end again and again.
    """
    try:
        while not copying.done():
            supervisor.ensure_running()
            if supervisor.restarts > _MAX_RESTARTS or supervisor.stopped:
                logs = config.home / f"replay-{suffix}-*.log"
                raise UsageError(
                    f"The workers of {suffix} end again and again ({logs} says why); "
                    "the same command resumes from here."
                )
            await asyncio.wait({copying}, timeout=_SUPERVISION_SECONDS)
    finally:
        copying.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait({copying})
    return copying.result()


def _add_worker(
    supervisor: Supervisor, stage: str, suffix: str, servers: str, config: Settings
) -> None:
    environment = {
        "NEWSLOOM_KAFKA": servers,
        "NEWSLOOM_TOPIC_SUFFIX": suffix,
        "NEWSLOOM_HTTP_PORT": "0",  # the first set has the usual ones
    }
    config.home.mkdir(parents=True, exist_ok=True)
    supervisor.add(stage, environment, config.home / f"replay-{suffix}-{stage}.log")


async def _totals(servers: str, suffix: str) -> tuple[int, int]:
    """Return the number of records on the enriched and on the dead letter topic."""
    totals = []
    for topic in (ENRICHED, DEAD_LETTERS):
        names = [with_suffix(topic, suffix).name]
        async with topic_scan.reading(servers, names) as (client, partitions):
            first = await client.beginning_offsets(partitions)
            ends = await client.end_offsets(partitions)
            totals.append(sum(ends[tp] - first[tp] for tp in partitions))
    return totals[0], totals[1]
