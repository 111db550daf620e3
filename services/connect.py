"""Kafka clients that are started, closed whatever happens, and fail in one sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiokafka.errors import KafkaError

from services.errors import UsageError


@asynccontextmanager
async def connected(
    client: Any, close: Callable[[], Awaitable[None]], bootstrap: str
) -> AsyncIterator[None]:
    """Start a client for the block, and close it after.

    Raises `UsageError` where the broker can't be reached.
    """
    try:
        try:
            await client.start()
        except KafkaError as error:
            raise UsageError(
                f"No Kafka answers at {bootstrap}; start one with `newsloom broker start` "
                "or name yours in NEWSLOOM_KAFKA."
            ) from error
        yield
    finally:
        await close()
