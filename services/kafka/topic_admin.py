"""Apply the topic registry to a cluster, and report where the cluster differs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import (
    GroupCoordinatorNotAvailableError,
    TopicAlreadyExistsError,
    for_code,
)

from schemas.topics import ALL, Topic
from services.kafka import security
from services.kafka.clients import connected
from services.messaging.errors import UsageError

_COORDINATOR_SECONDS = 30.0
_CREATION_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class TopicState:
    """The state of a topic of the registry on the cluster; `drift` lists the differences."""

    topic: Topic
    exists: bool
    drift: tuple[str, ...] = ()


@asynccontextmanager
async def admin(bootstrap: str) -> AsyncIterator[AIOKafkaAdminClient]:
    """Yield an admin client.

    Raises `UsageError` if the broker can't be reached.
    """
    client = AIOKafkaAdminClient(
        bootstrap_servers=bootstrap, request_timeout_ms=15_000, **security.options(bootstrap)
    )
    async with connected(client, client.close, bootstrap):
        yield client


async def partition_counts(client: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, int]:
    """Return the number of partitions of each topic.

    Raises `UsageError` if a topic does not exist.
    """
    present = set(await client.list_topics())
    missing = [name for name in names if name not in present]
    if missing:
        raise UsageError(
            f"There is no topic {missing[0]}, or this user may not see it; "
            "`newsloom topics create` creates the topics."
        )
    found = await client.describe_topics(list(names)) if names else []
    return {topic["topic"]: len(topic["partitions"]) for topic in found}


async def committed(client: AIOKafkaAdminClient, group: str) -> dict[tuple[str, int], int]:
    """Return the committed offsets of a consumer group, by topic and partition."""
    return {tp: offset for tp, (offset, _) in (await committed_notes(client, group)).items()}


async def committed_notes(
    client: AIOKafkaAdminClient, group: str
) -> dict[tuple[str, int], tuple[int, str]]:
    """Return each committed offset of a consumer group and the metadata committed with it."""
    coordinator = await coordinator_of(client, group)
    found = await client.list_consumer_group_offsets(group, coordinator)
    return {
        (tp.topic, tp.partition): (at.offset, at.metadata)
        for tp, at in found.items()
        if at.offset >= 0
    }


async def coordinator_of(client: AIOKafkaAdminClient, group: str) -> int:
    """Return the node that coordinates a group.

    A cluster that has never had a group takes a while to answer.
    """
    deadline = time.monotonic() + _COORDINATOR_SECONDS
    while True:
        try:
            found: int = await client.find_coordinator(group)
        except GroupCoordinatorNotAvailableError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.2)
        else:
            return found


async def states(client: AIOKafkaAdminClient, topics: Sequence[Topic] = ALL) -> list[TopicState]:
    """Return the state of each topic."""
    present = set(await client.list_topics())
    names = [topic.name for topic in topics if topic.name in present]
    partitions = await partition_counts(client, names)
    configs = await _configs(client, names)
    return [_state(topic, partitions.get(topic.name), configs) for topic in topics]


async def create(
    client: AIOKafkaAdminClient, replication: int, topics: Sequence[Topic] = ALL
) -> list[str]:
    """Create the missing topics, wait until the cluster lists them, and return their names.

    The controller answers before the brokers know the topics: what reads them at once would not
    find them.

    Raises `UsageError` if the cluster refuses one, or does not list it within 30 seconds.
    """
    present = set(await client.list_topics())
    missing = [topic for topic in topics if topic.name not in present]
    if not missing:
        return []
    response: Any = await client.create_topics(
        [
            NewTopic(topic.name, topic.partitions, replication, topic_configs=topic.config())
            for topic in missing
        ]
    )
    for name, code, *said in response.topic_errors:
        if code not in (0, TopicAlreadyExistsError.errno):
            why = said[0] if said and said[0] else for_code(code).__name__
            raise UsageError(f"The cluster refused to create the topic {name}: {why}")
    names = [topic.name for topic in missing]
    await _until_listed(client, names)
    return names


async def _until_listed(client: AIOKafkaAdminClient, names: Sequence[str]) -> None:
    deadline = time.monotonic() + _CREATION_SECONDS
    while unlisted := set(names).difference(await client.list_topics()):
        if time.monotonic() > deadline:
            raise UsageError(
                f"The cluster accepted the topic {min(unlisted)} but does not list it after "
                f"{_CREATION_SECONDS:.0f} seconds, or this user may not see it."
            )
        await asyncio.sleep(0.1)


async def _configs(client: AIOKafkaAdminClient, names: list[str]) -> dict[str, dict[str, str]]:
    if not names:
        return {}
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    found: dict[str, dict[str, str]] = {}
    for response in await client.describe_configs(resources):
        for _code, _text, _kind, name, entries, *_ in response.resources:
            found[name] = {entry[0]: entry[1] for entry in entries}
    return found


def _state(topic: Topic, partitions: int | None, configs: dict[str, dict[str, str]]) -> TopicState:
    if partitions is None:
        return TopicState(topic, exists=False)
    drift = []
    if partitions != topic.partitions:
        drift.append(f"{partitions} partitions, registry says {topic.partitions}")
    for name, wanted in topic.config().items():
        actual = configs.get(topic.name, {}).get(name)
        if actual != wanted:
            drift.append(f"{name}={actual}, registry says {wanted}")
    return TopicState(topic, exists=True, drift=tuple(drift))
