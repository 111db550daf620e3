"""`newsloom doctor`: check that everything the pipeline needs is available."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

import typer

from services.commands.terminal.output import out
from services.kafka import broker_address, topic_admin
from services.kafka.jars import missing_jars
from services.kafka.java import find_java
from services.messaging.errors import NewsloomError, UsageError
from services.setting_names import unknown_variables
from services.settings import Settings, settings


def doctor() -> None:
    """Check the settings, Java, the Kafka jars, the broker, its topics and the model files."""
    config = settings()
    own_broker: list[tuple[str, Callable[[Settings], str]]] = [
        ("Java", lambda _config: find_java()),
        ("Kafka jars", _jars),
    ]
    checks = [
        ("Settings", _settings),
        *([] if config.kafka else own_broker),
        ("Broker", _broker),
        ("Topics", _topics),
        ("Entity model", _entity_model),
        ("Language model", _language_model),
    ]
    failed = 0
    for name, check in checks:
        try:
            out.print(f"[green]✓[/] {name}  {check(config)}", highlight=False, soft_wrap=True)
        except (NewsloomError, OSError, ImportError) as error:
            failed += 1
            out.print(f"[red]✗[/] {name}  {error}", highlight=False, soft_wrap=True)
    if failed:
        raise typer.Exit(1)


def _settings(_: Settings) -> str:
    unknown = list(unknown_variables(os.environ))
    if unknown:
        raise UsageError(" ".join(f"{sentence.rstrip('?.')}." for sentence in unknown))
    return "all readable (see `newsloom settings`)"


def _jars(config: Settings) -> str:
    missing = len(missing_jars(config.kafka_libs))
    if missing:
        raise UsageError(
            f"{missing} are missing in {config.kafka_libs.absolute()}; run "
            "`newsloom broker download`, or use your own Kafka"
        )
    return f"all in {config.kafka_libs.absolute()}"


def _broker(config: Settings) -> str:
    servers = broker_address.servers(config)

    async def work() -> None:
        async with topic_admin.admin(servers):
            pass

    asyncio.run(work())
    as_user = f" as {config.kafka_username}" if config.kafka_sasl else ""
    return f"answers at {servers} ({config.kafka_security}{as_user})"


def _topics(config: Settings) -> str:
    async def work() -> list[topic_admin.TopicState]:
        async with topic_admin.admin(broker_address.servers(config)) as client:
            return await topic_admin.states(client, config.topics())

    states = asyncio.run(work())
    missing = [state.topic.name for state in states if not state.exists]
    drifted = [f"{state.topic.name}: {', '.join(state.drift)}" for state in states if state.drift]
    if missing:
        raise UsageError(f"missing: {', '.join(missing)}; run `newsloom topics create`")
    if drifted:
        raise UsageError("; ".join(drifted))
    return f"all {len(states)} as registered"


def _entity_model(_: Settings) -> str:
    from services.tagging.core import Tagger  # noqa: PLC0415 - loads slowly

    Tagger.load()
    return "loads"


def _language_model(_: Settings) -> str:
    from services.cleaning.language import detect  # noqa: PLC0415 - loads slowly

    found, _confidence = detect("The ferry to the island sails again from Sunday, the port said.")
    if found != "en":
        raise UsageError(f"detects an English text as {found}")
    return "loads"
