"""Choose which Kafka to connect to."""

from __future__ import annotations

from services.kafka import development_broker
from services.settings import Settings

DEFAULT_PORT = 9092
"""Kafka's usual port, and that of the development broker if it is free."""

DEFAULT = f"localhost:{DEFAULT_PORT}"


def servers(settings: Settings) -> str:
    """Return NEWSLOOM_KAFKA, else the running development broker, else localhost:9092."""
    if settings.kafka:
        return settings.kafka
    own = development_broker.running(settings.broker_dir)
    return own.bootstrap if own else DEFAULT
