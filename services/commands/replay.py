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
from services.commands.terminal.output import errors, out, progress, steps
from services.commands.terminal.time_parsing import parse_time
from services.kafka import broker_address, topic_admin, topic_scan
from services.messaging.errors import UsageError
from services.operations.replay import copy_articles
from services.operations.supervisor import Supervisor
from services.processing.stages import STAGES
from services.settings import Settings, settings

_TEND_SECONDS = 0.2
_MOST_RESTARTS = 3


def replay(
    suffix: Annotated[
        str,
        typer.Argument(
            help="Suffix of the second set of topics, for example `v2`; allowed "
            "characters: a-z, 0-9, -."
        ),
    ],
    begin: Annotated[
        str,
        typer.Option(
            "--from",
            help="Replay articles ingested since this time: `2025-05-04T08:00Z`, `90min`, "
            "`2d`, or `all`.",
        ),
    ],
    *,
    follow: Annotated[
        bool,
        typer.Option("--follow", help="Continue with new articles as they arrive, until Ctrl-C."),
    ] = False,
    workers: Annotated[
        bool,
        typer.Option(
            "--workers/--no-workers",
            help="Run one worker per stage in this command. Without, start the workers "
            "yourself with NEWSLOOM_TOPIC_SUFFIX set.",
        ),
    ] = True,
    in_flight: Annotated[
        int,
        typer.Option(
            min=1, help="Maximum number of articles copied to the workers and not yet completed."
        ),
    ] = 1000,
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
        wanted = registry(suffix, config.article_partitions)
    except ValueError as error:
        raise UsageError(f"{error}.") from error
    moment = None if begin == "all" else parse_time(begin, datetime.now(UTC))
    try:
        copied = asyncio.run(
            _replay(
                config, suffix, wanted, moment, follow=follow, workers=workers, window=in_flight
            )
        )
    except asyncio.CancelledError:  # SIGTERM; the workers have ended
        raise KeyboardInterrupt from None
    out.print(f"Replayed {copied:,} articles into the topics with the suffix {suffix}.")
    enriched, letters = asyncio.run(_totals(broker_address.servers(config), suffix))
    out.print(f"They hold {enriched:,} enriched messages and {letters:,} dead letters now.")


async def _replay(
    config: Settings,
    suffix: str,
    wanted: Sequence[Topic],
    moment: datetime | None,
    *,
    follow: bool,
    workers: bool,
    window: int,
) -> int:
    servers = broker_address.servers(config)
    this = asyncio.current_task()
    assert this is not None
    # As Ctrl-C does: the workers are to end with it.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    async with topic_admin.admin(servers) as admin:
        await topic_admin.create(admin, config.replication, wanted)
    if not workers:
        errors.print(f"Feeding only; the workers run with NEWSLOOM_TOPIC_SUFFIX={suffix}.")
    supervisor = Supervisor()
    for stage in STAGES if workers else ():
        _add(supervisor, stage, suffix, servers, config)
    try:
        with progress() as bar:
            step, sized = steps(bar, "replaying")
            feeding = asyncio.create_task(
                copy_articles(
                    servers,
                    config.topic(RAW).name,
                    suffix,
                    moment,
                    in_flight=window,
                    follow=follow,
                    sized=sized,
                    step=step,
                )
            )
            try:
                while not feeding.done():
                    _tend(supervisor, suffix, config)
                    await asyncio.wait({feeding}, timeout=_TEND_SECONDS)
            finally:
                feeding.cancel()
                with suppress(asyncio.CancelledError):
                    await asyncio.wait({feeding})
            return feeding.result()
    finally:
        with errors.status("stopping the workers"):
            await asyncio.to_thread(supervisor.stop)


def _add(supervisor: Supervisor, stage: str, suffix: str, servers: str, config: Settings) -> None:
    environment = {
        "NEWSLOOM_KAFKA": servers,
        "NEWSLOOM_TOPIC_SUFFIX": suffix,
        "NEWSLOOM_HTTP_PORT": "0",  # the first set has the usual ones
    }
    config.home.mkdir(parents=True, exist_ok=True)
    supervisor.add(stage, environment, config.home / f"replay-{suffix}-{stage}.log")


def _tend(supervisor: Supervisor, suffix: str, config: Settings) -> None:
    supervisor.tend()
    if supervisor.restarts > _MOST_RESTARTS or supervisor.stopped:
        logs = config.home / f"replay-{suffix}-*.log"
        raise UsageError(
            f"The workers of {suffix} end by themselves ({logs} says why); "
            "the same command goes on from here."
        )


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
