"""Delete a second set of topics, with its consumer groups."""

from __future__ import annotations

from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupIdNotFound, NonEmptyGroup, for_code

from schemas.topics import ALL, app_id, registry
from services.faust_adapter.consumer_groups import delete_group
from services.kafka.topic_admin import coordinator_of
from services.messaging.errors import UsageError
from services.processing.stages import STAGES


async def remove(client: AIOKafkaAdminClient, suffix: str) -> tuple[list[str], list[str]]:
    """Delete a second set of topics and its consumer groups; return the names of both.

    Raises `UsageError` if workers of the set are still running, before anything is deleted, and for
    the first set, which can't be deleted here.
    """
    topics = await removable(client, suffix)
    removed = []
    for group in (app_id(stage, suffix) for stage in STAGES):
        code = await delete_group(client, group, await coordinator_of(client, group))
        if code == NonEmptyGroup.errno:
            raise UsageError(f"Workers of {group} are still running; stop them first.")
        if code not in (0, GroupIdNotFound.errno):
            raise UsageError(
                f"The cluster refused to delete the group {group}: {for_code(code).__name__}"
            )
        if not code:
            removed.append(group)
    response: Any = await client.delete_topics(topics) if topics else None
    for name, code in response.topic_error_codes if response else ():
        if code:
            raise UsageError(
                f"The cluster refused to delete the topic {name}: {for_code(code).__name__}"
            )
    return topics, removed


async def removable(client: AIOKafkaAdminClient, suffix: str) -> list[str]:
    """Return the topics of a second set that the cluster has.

    Raises `UsageError` for the first set and for an invalid suffix.
    """
    if not suffix:
        raise UsageError(
            "The first set of topics has no suffix and can't be deleted by this command."
        )
    try:
        names = {topic.name for topic in registry(suffix)} - {topic.name for topic in ALL}
    except ValueError as error:
        raise UsageError(f"{error}.") from error
    return sorted(names & set(await client.list_topics()))
