"""Delete records of a topic or offsets of a consumer group, or recreate a topic."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import PolicyViolationError

from schemas.topics import ALL
from services.faust_adapter.consumer_groups import delete_group
from services.kafka import topic_admin, topic_scan


def committed(bootstrap: str, group: str, topic: str) -> dict[int, int]:
    """Return the committed offset of each partition of a topic."""

    async def work() -> dict[int, int]:
        async with topic_admin.admin(bootstrap) as admin:
            offsets = await topic_admin.committed(admin, group)
        return {partition: offset for (name, partition), offset in offsets.items() if name == topic}

    return asyncio.run(work())


def log_ends(bootstrap: str, topic: str) -> dict[int, int]:
    """Return the offset of the next record of each partition."""
    ends = asyncio.run(topic_scan.ends(bootstrap, [topic]))
    return {partition: end for (_, partition), end in ends.items()}


def delete_records(bootstrap: str, topic: str, before: Mapping[int, int]) -> None:
    """Delete the records of each partition before an offset, as retention does.

    Kafka refuses this for a topic that is only compacted, so its cleanup policy is changed
    temporarily.
    """
    wanted = {TopicPartition(topic, at): RecordsToDelete(offset) for at, offset in before.items()}
    (config,) = (one.config() for one in ALL if one.name == topic)

    async def work() -> None:
        async with topic_admin.admin(bootstrap) as admin:
            if config["cleanup.policy"] == "compact":
                await _set_config(admin, topic, {**config, "cleanup.policy": "compact,delete"})
            await _delete(admin, wanted)
            if config["cleanup.policy"] == "compact":
                await _set_config(admin, topic, config)

    asyncio.run(work())


async def _set_config(admin: AIOKafkaAdminClient, topic: str, config: dict[str, str]) -> None:
    await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, config)])


async def _delete(
    admin: AIOKafkaAdminClient, wanted: dict[TopicPartition, RecordsToDelete]
) -> None:
    """Delete records; retry until the broker has applied the new policy."""
    deadline = time.monotonic() + 60
    while True:
        try:
            await admin.delete_records(wanted)
        except PolicyViolationError:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)
        else:
            return


def forget_offsets(bootstrap: str, group: str) -> None:
    """Delete a consumer group, as Kafka does some days after its last worker has stopped."""

    async def work() -> int:
        async with topic_admin.admin(bootstrap) as admin:
            coordinator = await topic_admin.coordinator_of(admin, group)
            return await delete_group(admin, group, coordinator)

    assert asyncio.run(work()) == 0


def commit(bootstrap: str, group: str, topic: str, offsets: Mapping[int, int]) -> None:
    """Commit offsets for a group without members."""

    async def work() -> None:
        client = AIOKafkaConsumer(
            bootstrap_servers=bootstrap, group_id=group, enable_auto_commit=False
        )
        await client.start()
        try:
            wanted = {TopicPartition(topic, at): offset for at, offset in offsets.items()}
            client.assign(list(wanted))
            await client.commit(wanted)
        finally:
            await client.stop()

    asyncio.run(work())


def make_again(bootstrap: str, *names: str) -> None:
    """Delete topics and create them again, empty."""
    topics = [topic for topic in ALL if topic.name in names]

    async def work() -> None:
        async with topic_admin.admin(bootstrap) as admin:
            await admin.delete_topics(list(names))
            deadline = time.monotonic() + 60
            while set(names) & set(await admin.list_topics()):
                assert time.monotonic() < deadline, f"{names} are not deleted"
                await asyncio.sleep(0.05)
            assert sorted(await topic_admin.create(admin, 1, topics)) == sorted(names)

    asyncio.run(work())
