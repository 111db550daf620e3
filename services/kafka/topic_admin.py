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
    GroupIdNotFound,
    NonEmptyGroup,
    TopicAlreadyExistsError,
    for_code,
)
from aiokafka.protocol.admin import DeleteGroupsRequest

from schemas.topics import ALL, Topic, app_id, registry
from services.kafka import security
from services.kafka.clients import connected
from services.messaging.errors import UsageError
from services.processing.stages import STAGES

_COORDINATOR_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class TopicState:
    """A topic of the registry as the cluster has it; `drift` lists what differs."""

    topic: Topic
    exists: bool
    drift: tuple[str, ...] = ()


@asynccontextmanager
async def admin(bootstrap: str) -> AsyncIterator[AIOKafkaAdminClient]:
    """An admin client; raises `UsageError` where the broker can't be reached."""
    client = AIOKafkaAdminClient(
        bootstrap_servers=bootstrap, request_timeout_ms=15_000, **security.options(bootstrap)
    )
    async with connected(client, client.close, bootstrap):
        yield client


async def partition_counts(client: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, int]:
    """How many partitions each topic has.

    Raises `UsageError` where one is not there.
    """
    present = set(await client.list_topics())
    missing = [name for name in names if name not in present]
    if missing:
        raise UsageError(
            f"There is no topic {missing[0]}, or no right to see it; "
            "`newsloom topics create` makes the topics."
        )
    found = await client.describe_topics(list(names)) if names else []
    return {topic["topic"]: len(topic["partitions"]) for topic in found}


async def drop(client: AIOKafkaAdminClient, suffix: str) -> tuple[list[str], list[str]]:
    """Delete a second set of topics and its consumer groups; returns the names of both.

    Raises `UsageError` where workers of the set still run, before anything is deleted, and
    for the first set, which is nobody's to drop.
    """
    topics = await droppable(client, suffix)
    gone = []
    for group in (app_id(stage, suffix) for stage in STAGES):
        code = await _delete_group(client, group)
        if code == NonEmptyGroup.errno:
            raise UsageError(f"Workers of {group} still run; stop them first.")
        if code not in (0, GroupIdNotFound.errno):
            raise UsageError(f"The cluster does not drop {group}: {for_code(code).__name__}")
        if not code:
            gone.append(group)
    response: Any = await client.delete_topics(topics) if topics else None
    for name, code in response.topic_error_codes if response else ():
        if code:
            raise UsageError(f"The cluster does not drop {name}: {for_code(code).__name__}")
    return topics, gone


async def droppable(client: AIOKafkaAdminClient, suffix: str) -> list[str]:
    """The topics of a second set that the cluster has.

    Raises `UsageError` for the first set and for what is no suffix.
    """
    if not suffix:
        raise UsageError("The first set of topics has no suffix and can't be dropped here.")
    try:
        names = {topic.name for topic in registry(suffix)} - {topic.name for topic in ALL}
    except ValueError as error:
        raise UsageError(f"{error}.") from error
    return sorted(names & set(await client.list_topics()))


async def _delete_group(client: AIOKafkaAdminClient, group: str) -> int:
    coordinator = await _coordinator(client, group)
    request = DeleteGroupsRequest([group])
    # aiokafka has the request and no method for it.
    answer: Any = await client._send_request_to_node(coordinator, request)  # noqa: SLF001
    ((_, code),) = answer.results
    return int(code)


async def committed(client: AIOKafkaAdminClient, group: str) -> dict[tuple[str, int], int]:
    """The offset up to which a consumer group is done, by topic and partition."""
    coordinator = await _coordinator(client, group)
    found = await client.list_consumer_group_offsets(group, coordinator)
    return {(tp.topic, tp.partition): at.offset for tp, at in found.items() if at.offset >= 0}


async def _coordinator(client: AIOKafkaAdminClient, group: str) -> int:
    """The broker that keeps a group; a cluster that never had one takes a while to say."""
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
    """How the cluster has each topic."""
    present = set(await client.list_topics())
    names = [topic.name for topic in topics if topic.name in present]
    partitions = await partition_counts(client, names)
    configs = await _configs(client, names)
    return [_state(topic, partitions.get(topic.name), configs) for topic in topics]


async def create(
    client: AIOKafkaAdminClient, replication: int, topics: Sequence[Topic] = ALL
) -> list[str]:
    """Create the topics that are missing; returns their names.

    Raises `UsageError` where the cluster refuses one.
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
            raise UsageError(f"The cluster does not create {name}: {why}")
    return [topic.name for topic in missing]


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
