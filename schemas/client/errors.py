"""The errors of the client; each message is one sentence that says what to do."""

from __future__ import annotations


class SubscribeError(Exception):
    """Base class of the errors of the client."""


class KafkaUnreachableError(SubscribeError):
    """No broker can be reached."""


class NoSuchTopicError(SubscribeError):
    """The topic does not exist, or this user has no permission to see it."""


class NotAllowedError(SubscribeError):
    """The user may not read the topic, or may not use the group."""


class UnreadableError(SubscribeError):
    """A message can't be decoded; it is delivered again until unreadable messages are skipped."""


class WrongVersionError(SubscribeError):
    """A message has a major version that this client can't read."""
