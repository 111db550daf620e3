"""What can go wrong for a subscriber; each text is one sentence that says what to do."""

from __future__ import annotations


class SubscribeError(Exception):
    """Base of the client's errors."""


class KafkaUnreachableError(SubscribeError):
    """No broker answers."""


class NoSuchTopicError(SubscribeError):
    """The cluster does not have the topic, or does not show it to this user."""


class NotAllowedError(SubscribeError):
    """The user may not read the topic, or may not use the group."""


class UnreadableError(SubscribeError):
    """A message is broken: it comes again until it is skipped by choice."""


class WrongVersionError(SubscribeError):
    """A message has another major version than this client reads."""
