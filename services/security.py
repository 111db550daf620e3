"""How to sign in at Kafka: TLS and SASL from the settings, for aiokafka and for Faust.

Credentials belong to the servers of NEWSLOOM_KAFKA. Any other broker (the development
one, the demo's) is talked to in the clear, and never gets to see them.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

from services.errors import UsageError
from services.settings import Settings, settings


def options(bootstrap: str, config: Settings | None = None) -> dict[str, Any]:
    """Arguments that an aiokafka client needs beside its bootstrap servers.

    Raises `UsageError` where a file that a setting names can't be read.
    """
    config = config or settings()
    if bootstrap != config.kafka or config.kafka_security == "plaintext":
        return {}
    found: dict[str, Any] = {"security_protocol": config.kafka_security.upper()}
    if config.kafka_tls:
        found["ssl_context"] = _tls(config)
    if config.kafka_sasl:
        found["sasl_mechanism"] = config.kafka_sasl_mechanism
        found["sasl_plain_username"] = config.kafka_username
        found["sasl_plain_password"] = config.secret("kafka_password")
    return found


def faust_credentials(bootstrap: str, config: Settings) -> Any:
    """The same as Faust's credentials; None for a broker without TLS and SASL.

    Raises `UsageError` as `options` does.
    """
    import faust  # noqa: PLC0415 - commands start quicker without it

    found = options(bootstrap, config)
    if "sasl_mechanism" in found:
        return faust.SASLCredentials(
            username=found["sasl_plain_username"],
            password=found["sasl_plain_password"],
            mechanism=found["sasl_mechanism"],
            ssl_context=found.get("ssl_context"),
        )
    return faust.SSLCredentials(found["ssl_context"]) if found else None


def _tls(config: Settings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=_present(config, "kafka_ca_file"))
    certificate = _present(config, "kafka_cert_file")
    if certificate:
        try:
            context.load_cert_chain(
                certificate,
                _present(config, "kafka_key_file"),
                # Without it OpenSSL would ask for a password in the terminal.
                lambda: config.secret("kafka_key_password") or "",
            )
        except ssl.SSLError as error:
            raise UsageError(
                f"{certificate} (NEWSLOOM_KAFKA_CERT_FILE) and its key can't be used: "
                f"{error.reason or 'they are not PEM, or the password is wrong'}."
            ) from error
    return context


def _present(config: Settings, name: str) -> str | None:
    path: Path | None = getattr(config, name)
    if path is None:
        return None
    variable = f"NEWSLOOM_{name.upper()}"
    try:
        text = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} ({variable}) can't be read: {error.strerror}.") from error
    if b"-----BEGIN" not in text:
        raise UsageError(f"{path} ({variable}) is not a PEM file.")
    return str(path)
