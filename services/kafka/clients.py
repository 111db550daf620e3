"""Kafka clients that are closed in any case and report failures in one sentence."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.conn import create_conn
from aiokafka.errors import (
    AuthenticationFailedError,
    IllegalSaslStateError,
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.protocol.metadata import MetadataRequest

from schemas.topics import DEAD_LETTER_BYTES
from services.kafka import security
from services.messaging.errors import UsageError
from services.settings import Settings, settings

_PROBE_MS = 10_000


@asynccontextmanager
async def connected(
    client: Any, close: Callable[[], Awaitable[None]], bootstrap: str
) -> AsyncIterator[None]:
    """Start a client for the block, and close it afterwards.

    Raises `UsageError` if the broker is unreachable or refuses the connection.
    """
    try:
        try:
            await client.start()
        except KafkaError as error:
            await check(bootstrap)
            raise UsageError(_nobody(bootstrap, settings())) from error
        yield
    finally:
        await close()


@asynccontextmanager
async def producer(bootstrap: str) -> AsyncIterator[AIOKafkaProducer]:
    """Yield a started, idempotent producer.

    Raises `UsageError` if no broker answers.
    """
    client = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        enable_idempotence=True,
        linger_ms=5,
        max_request_size=DEAD_LETTER_BYTES,
        **security.options(bootstrap),
    )
    async with connected(client, client.stop, bootstrap):
        yield client


async def check(bootstrap: str, config: Settings | None = None) -> None:
    """Try to connect to each server once.

    Raises `UsageError` with the reason if none accepts the connection. aiokafka knows why a
    connection failed, but only logs it.
    """
    config = config or settings()
    options = security.options(bootstrap, config)
    refusal = None
    for server in map(str.strip, bootstrap.split(",")):
        host, _, port = server.rpartition(":")
        if not host or not port.isdigit():
            raise UsageError(f"NEWSLOOM_KAFKA is invalid: {server!r} is not host:port.")
        try:
            await _visit(host, int(port), options)
        except (KafkaError, OSError, TimeoutError) as error:
            refusal = refusal or _refusal(server, error, config, secured=bool(options))
        else:
            return
    raise UsageError(refusal or _nobody(bootstrap, config))


async def _visit(host: str, port: int, options: dict[str, Any]) -> None:
    connection = await create_conn(host, port, request_timeout_ms=_PROBE_MS, **options)
    try:
        await connection.send(MetadataRequest([]))
    finally:
        connection.close()


def _nobody(bootstrap: str, config: Settings) -> str:
    own = (
        ""
        if config.kafka
        else f", and {config.home.absolute()} (NEWSLOOM_HOME) has no running development broker"
    )
    return (
        f"No Kafka answers at {bootstrap}{own}; start one with `newsloom broker start` "
        "or name yours in NEWSLOOM_KAFKA."
    )


def _refusal(server: str, error: BaseException, config: Settings, *, secured: bool) -> str | None:
    """Return why the broker refused the connection, or None if it could not be reached at all."""
    protocol = config.kafka_security if secured else "plaintext"
    if isinstance(error, ssl.SSLCertVerificationError):
        by = config.kafka_ca_file or "this machine"
        return (
            f"The certificate of Kafka at {server} is not trusted by {by}: "
            f"{error.verify_message} (NEWSLOOM_KAFKA_CA_FILE names the authority)."
        )
    if isinstance(error, AuthenticationFailedError | SaslAuthenticationFailed):
        return (
            f"Kafka at {server} refuses {config.kafka_username!r} or the password "
            "(NEWSLOOM_KAFKA_USERNAME, NEWSLOOM_KAFKA_PASSWORD)."
        )
    if isinstance(error, UnsupportedSaslMechanismError | IllegalSaslStateError):
        return (
            f"Kafka at {server} does not take {config.kafka_sasl_mechanism} there "
            "(NEWSLOOM_KAFKA_SASL_MECHANISM, NEWSLOOM_KAFKA_SECURITY)."
        )
    if isinstance(error, ssl.SSLError):
        return (
            f"Kafka at {server} does not speak TLS with us: {error.reason or error} "
            f"(NEWSLOOM_KAFKA_SECURITY is {protocol})."
        )
    refused = isinstance(error, KafkaConnectionError) and not isinstance(
        error.__cause__ or error.__context__, ConnectionRefusedError
    )
    if refused or isinstance(error, ConnectionResetError):
        return (
            f"Kafka at {server} closes the connection; it may want TLS or a user "
            f"(NEWSLOOM_KAFKA_SECURITY is {protocol})."
        )
    return None
