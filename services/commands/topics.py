"""`newsloom topics create|list|acls|drop`: manage the topics of the cluster."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.table import Table

from schemas.topics import Topic
from services.commands.terminal.json_output import AsJson, print_rows
from services.commands.terminal.output import out
from services.commands.terminal.wording import counted
from services.kafka import acls, broker_address, topic_admin
from services.messaging.errors import UsageError
from services.operations import topic_removal
from services.settings import settings

app = typer.Typer(help="Create the topics, and compare the cluster with the topic registry.")


@app.command()
def create(
    replication: Annotated[
        int | None,
        typer.Option(help="Replication factor of each topic. The default is NEWSLOOM_REPLICATION."),
    ] = None,
) -> None:
    """Create missing topics, and report topics that differ from the registry (exit status 1).

    Existing topics are never changed: a different number of partitions would move keys.
    """
    config = settings()
    wanted = config.topics()

    async def work() -> tuple[list[str], list[topic_admin.TopicState]]:
        async with topic_admin.admin(broker_address.servers(config)) as client:
            made = await topic_admin.create(client, replication or config.replication, wanted)
            return made, await topic_admin.states(client, wanted)

    made, states = asyncio.run(work())
    out.print(f"Created {counted(len(made), 'topic')}." if made else "All topics exist already.")
    drifted = [state for state in states if state.drift]
    for state in drifted:
        out.print(f"{state.topic.name} differs: {'; '.join(state.drift)}", style="yellow")
    if drifted:
        raise typer.Exit(1)


@app.command("list")
def list_topics(*, as_json: AsJson = False) -> None:
    """List the topics of the registry and their state in the cluster."""
    config = settings()

    async def work() -> list[topic_admin.TopicState]:
        async with topic_admin.admin(broker_address.servers(config)) as client:
            return await topic_admin.states(client, config.topics())

    states = asyncio.run(work())
    if as_json:
        print_rows(
            {
                "topic": state.topic.name,
                "key": state.topic.key,
                "partitions": state.topic.partitions,
                "kept": kept(state.topic),
                "exists": state.exists,
                "drift": state.drift,
            }
            for state in states
        )
        return
    table = Table("Topic", "Key", "Partitions", "Kept", "In the cluster", box=None)
    for state in states:
        there = "; ".join(state.drift) or "as registered" if state.exists else "missing"
        table.add_row(
            state.topic.name, state.topic.key, str(state.topic.partitions), kept(state.topic), there
        )
    out.print(table)


@app.command("acls")
def list_acls(
    role: Annotated[str, typer.Argument(help=f"{', '.join(acls.ROLES)}.")],
    user: Annotated[str, typer.Argument(help="User name that the service authenticates with.")],
    group: Annotated[
        str | None, typer.Option(help="Consumer group of a subscriber, if it uses one.")
    ] = None,
) -> None:
    """Print the `kafka-acls` commands that grant a service the minimal rights it needs."""
    config = settings()
    wanted = acls.rights(role, config.topic_suffix, group)
    for command in acls.commands(user, wanted, broker_address.servers(config)):
        out.print(command, highlight=False, markup=False, soft_wrap=True)


@app.command()
def drop(
    suffix: Annotated[str, typer.Argument(help="Suffix of the set of topics; see docs/replay.md.")],
    *,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help="Delete the topics. Without this option the command only prints what it "
            "would delete.",
        ),
    ] = False,
) -> None:
    """Delete a second set of topics, its consumer groups and its state permanently.

    Stop the workers of this set first.
    """
    config = settings()

    async def work() -> tuple[list[str], list[str]]:
        async with topic_admin.admin(broker_address.servers(config)) as client:
            if yes:
                return await topic_removal.remove(client, suffix)
            return await topic_removal.removable(client, suffix), []

    topics, groups = asyncio.run(work())
    if not topics and not groups:
        raise UsageError(f"There are no topics with the suffix {suffix!r}.")
    for name in (*topics, *groups):
        out.print(name, highlight=False)
    if not yes:
        out.print(f"{counted(len(topics), 'topic')} would be deleted; --yes deletes them.")
        return
    out.print(
        f"Deleted {counted(len(topics), 'topic')} and {counted(len(groups), 'consumer group')}."
    )


def kept(topic: Topic) -> str:
    """Describe in words how long the records of a topic are kept."""
    if topic.compact:
        return "the last of each key"
    return f"{topic.retention.days} days" if topic.retention else "for ever"
