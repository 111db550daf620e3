"""`newsloom topics create|list`: the topic registry and the cluster."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.table import Table

from schemas.topics import Topic
from services import bootstrap, topic_admin
from services.commands.output import out
from services.settings import settings

app = typer.Typer(help="Create the topics, and see where the cluster differs from the registry.")


@app.command()
def create(
    replication: Annotated[
        int | None, typer.Option(help="Replicas of each topic; default NEWSLOOM_REPLICATION.")
    ] = None,
) -> None:
    """Create what is missing, then report drift (exit status 1 where there is any).

    A topic that is there is never changed: a change of partitions moves keys.
    """
    config = settings()

    async def work() -> tuple[list[str], list[topic_admin.TopicState]]:
        async with topic_admin.admin(bootstrap.servers(config)) as client:
            made = await topic_admin.create(client, replication or config.replication)
            return made, await topic_admin.states(client)

    made, states = asyncio.run(work())
    out.print(f"Created {len(made)} topics." if made else "All topics are there.")
    drifted = [state for state in states if state.drift]
    for state in drifted:
        out.print(f"{state.topic.name} differs: {'; '.join(state.drift)}", style="yellow")
    if drifted:
        raise typer.Exit(1)


@app.command("list")
def list_topics() -> None:
    """Show the registry beside the cluster."""
    config = settings()

    async def work() -> list[topic_admin.TopicState]:
        async with topic_admin.admin(bootstrap.servers(config)) as client:
            return await topic_admin.states(client)

    table = Table("Topic", "Key", "Partitions", "Kept", "In the cluster", box=None)
    for state in asyncio.run(work()):
        there = "; ".join(state.drift) or "as registered" if state.exists else "missing"
        table.add_row(
            state.topic.name, state.topic.key, str(state.topic.partitions), kept(state.topic), there
        )
    out.print(table)


def kept(topic: Topic) -> str:
    """How long records stay, in words."""
    if topic.compact:
        return "the last of each key"
    return f"{topic.retention.days} days" if topic.retention else "for ever"
