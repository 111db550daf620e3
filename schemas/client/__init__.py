"""The client for subscribers: read enriched articles, stories and dead letters from Kafka.

It needs aiokafka and pydantic, and no part of the pipeline.
"""

from schemas.client.errors import (
    KafkaUnreachableError,
    NoSuchTopicError,
    NotAllowedError,
    SubscribeError,
    UnreadableError,
    WrongVersionError,
)
from schemas.client.received import Received
from schemas.client.security import Security
from schemas.client.subscribe import subscribe
from schemas.client.subscription import Subscription

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
