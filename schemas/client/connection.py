"""Open and close the Kafka consumer of a subscription."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from ..topics import Topic
from .errors import KafkaUnreachableError, NoSuchTopicError
from .options import Options

log = logging.getLogger("newsloom.client")

new_consumer: Callable[..., Any] = AIOKafkaConsumer
"""Make the consumer of a subscription; the test kit replaces it."""

_CLOSE_SECONDS = 10


class EndOfMessagesError(Exception):
    """No more messages will come; only the consumer of the test kit raises it."""


async def open_consumer(topic: Topic, options: Options, listener: Any) -> Any:
    """Start a consumer and subscribe it to the topic.

    Raises `KafkaUnreachableError` and `NoSuchTopicError`.
    """
    consumer = new_consumer(**options.for_consumer(topic.max_message_bytes))
    try:
        await consumer.start()
        # A request for the topic by name could make the broker create a missing topic.
        exists = topic.name in await consumer.topics()
    except BaseException as error:
        await asyncio.shield(consumer.stop())
        if isinstance(error, KafkaError):
            raise KafkaUnreachableError(
                f"Can't connect to Kafka at {options.kafka} ({error}; see the log of aiokafka); "
                "set the address with kafka= or NEWSLOOM_KAFKA."
            ) from error
        raise
    if not exists:
        await consumer.stop()
        raise NoSuchTopicError(
            f"Kafka at {options.kafka} has no topic {topic.name} that this user may read; run "
            "`newsloom topics create` for that cluster, or request the permission to read it."
        )
    consumer.subscribe([topic.name], listener=listener)
    return consumer


async def close_consumer(consumer: Any, commit: Awaitable[None]) -> None:
    """Await the last commit and stop the consumer; each step has a time limit."""
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await commit
    except TimeoutError:
        log.warning(
            "the last commit was not acknowledged: finished messages may be delivered again"
        )
    except KafkaError as error:
        log.warning("the last commit failed (%s): finished messages may be delivered again", error)
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await consumer.stop()
