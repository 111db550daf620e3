"""TLS and SASL options from the settings.

Credentials belong to the servers of NEWSLOOM_KAFKA. Any other broker (the development broker, that
of the demo) is connected to in plain text and never receives them.
"""

from __future__ import annotations

from typing import Any

from schemas.client.security import Security
from services.messaging.errors import UsageError
from services.settings import Settings, settings


def options(bootstrap: str, config: Settings | None = None) -> dict[str, Any]:
    """Return the security arguments of an aiokafka client.

    Raises `UsageError` if a file that a setting names can't be read.
    """
    config = config or settings()
    if bootstrap != config.kafka or config.kafka_security == "plaintext":
        return {}
    try:
        return _security(config).options()
    except ValueError as error:
        raise UsageError(str(error)) from error


def _security(config: Settings) -> Security:
    return Security(
        security=config.kafka_security,
        ca_file=config.kafka_ca_file,
        cert_file=config.kafka_cert_file,
        key_file=config.kafka_key_file,
        key_password=config.secret("kafka_key_password"),
        sasl_mechanism=config.kafka_sasl_mechanism,
        username=config.kafka_username,
        password=config.secret("kafka_password"),
    )
