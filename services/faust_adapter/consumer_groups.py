"""Delete consumer groups, for which aiokafka has the request and no public method."""

from __future__ import annotations

from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.protocol.admin import DeleteGroupsRequest


async def delete_group(client: AIOKafkaAdminClient, group: str, coordinator: int) -> int:
    """Delete a consumer group at its coordinator; return Kafka's error code, 0 for success."""
    request = DeleteGroupsRequest([group])
    answer: Any = await client._send_request_to_node(coordinator, request)  # noqa: SLF001 - see above
    ((_, code),) = answer.results
    return int(code)
