"""The start position on a partition for which the group has no committed offset."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from aiokafka import TopicPartition

Since = Literal["earliest", "latest"] | datetime | timedelta
"""The first or the next message, the messages since a time, or those of the last while."""


def check(since: object) -> None:
    """Raise `ValueError` if the start position is invalid."""
    if since in ("earliest", "latest"):
        return
    if isinstance(since, timedelta) and since >= timedelta(0):
        return
    if isinstance(since, datetime) and since.tzinfo is not None:
        return
    raise ValueError(
        f"since is {since!r}: say 'earliest', 'latest', a datetime with a time zone, "
        "or a timedelta (so long ago)."
    )


async def offset(consumer: Any, partition: TopicPartition, since: Since) -> int:
    """Return the first offset to read.

    For a time after all messages it is the offset of the next message.
    """
    if since == "earliest":
        return int((await consumer.beginning_offsets([partition]))[partition])
    if not isinstance(since, str):
        since_time = datetime.now(UTC) - since if isinstance(since, timedelta) else since
        milliseconds = max(0, int(since_time.timestamp() * 1000))
        found = (await consumer.offsets_for_times({partition: milliseconds}))[partition]
        if found is not None:
            return int(found.offset)
    return int((await consumer.end_offsets([partition]))[partition])
