"""Open a consumer on a topic, and close it whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from schemas.client.errors import KafkaUnreachableError, NoSuchTopicError
from schemas.client.options import Options
from schemas.topics import Topic

log = logging.getLogger("newsloom.client")

_CLOSE_SECONDS = 10


async def opened(topic: Topic, options: Options, listener: Any) -> Any:
    """A started consumer that is subscribed to the topic.

    Raises `KafkaUnreachableError` and `NoSuchTopicError`.
    """
    consumer = AIOKafkaConsumer(**options.for_consumer(topic.max_message_bytes))
    try:
        await consumer.start()
        # Asked for by name, a missing topic might be made by the broker.
        there = topic.name in await consumer.topics()
    except BaseException as error:
        await asyncio.shield(consumer.stop())
        if isinstance(error, KafkaError):
            raise KafkaUnreachableError(
                f"No Kafka at {options.kafka} lets us in ({error}; aiokafka's log says more); "
                "name yours by kafka= or NEWSLOOM_KAFKA."
            ) from error
        raise
    if not there:
        await consumer.stop()
        raise NoSuchTopicError(
            f"Kafka at {options.kafka} shows no topic {topic.name}; run "
            "`newsloom topics create` there, or ask for the right to read it."
        )
    consumer.subscribe([topic.name], listener=listener)
    return consumer


async def closed(consumer: Any, commit: Awaitable[None]) -> None:
    """Await the last commit and stop; what a broker does not answer in time is left."""
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await commit
    except TimeoutError:
        log.warning("the last commit was not answered: finished messages may come again")
    except KafkaError as error:
        log.warning("the last commit failed (%s): finished messages may come again", error)
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await consumer.stop()
