"""Where to begin on a partition for which the group has no position yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from aiokafka import TopicPartition

Since = Literal["earliest", "latest"] | datetime | timedelta
"""The first or the next message; messages from a moment on; or from so long ago on."""


def check(since: object) -> None:
    """Raises `ValueError` on a start that means nothing."""
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
    """The first offset to read; a time later than all messages means the next one."""
    if since == "earliest":
        return int((await consumer.beginning_offsets([partition]))[partition])
    if not isinstance(since, str):
        moment = datetime.now(UTC) - since if isinstance(since, timedelta) else since
        milliseconds = max(0, int(moment.timestamp() * 1000))
        found = (await consumer.offsets_for_times({partition: milliseconds}))[partition]
        if found is not None:
            return int(found.offset)
    return int((await consumer.end_offsets([partition]))[partition])
