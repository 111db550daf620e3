"""The client for subscribers: read enriched articles, stories and dead letters from Kafka.

It needs aiokafka and pydantic, and no part of the pipeline::

    async for message in subscribe("enriched", language="en", group="my-service"):
        print(message.data.title)
"""

from .errors import (
    KafkaUnreachableError,
    NoSuchTopicError,
    NotAllowedError,
    SubscribeError,
    UnreadableError,
    WrongVersionError,
)
from .received import Received
from .security import Security
from .subscribe import subscribe
from .subscription import Subscription

__all__ = [
    "KafkaUnreachableError",
    "NoSuchTopicError",
    "NotAllowedError",
    "Received",
    "Security",
    "SubscribeError",
    "Subscription",
    "UnreadableError",
    "WrongVersionError",
    "subscribe",
]
