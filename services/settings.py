"""Define every setting of Newsloom.

Each is read from an environment variable `NEWSLOOM_<NAME>`; `newsloom settings` shows them.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.secret_file import read_secret
from schemas.topics import RAW, SUFFIX_PATTERN, Topic, registry, with_suffix
from services.messaging.errors import UsageError


class Settings(BaseSettings):
    """The settings of the workers and of the command line."""

    model_config = SettingsConfigDict(env_prefix="NEWSLOOM_", frozen=True, extra="ignore")

    kafka: str | None = Field(
        default=None,
        description="Bootstrap servers, `host:port,…`. If unset, the development broker started by "
        "`newsloom broker start` is used, or else localhost:9092.",
    )
    kafka_security: Literal["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"] = Field(
        default="plaintext",
        description="Security protocol of the connection to NEWSLOOM_KAFKA: `ssl` encrypts it with "
        "TLS, `sasl_plaintext` and `sasl_ssl` authenticate a user.",
    )
    kafka_ca_file: Path | None = Field(
        default=None,
        description="PEM file with the certificate authorities that are trusted to sign the "
        "brokers' certificates. If unset, the authorities trusted by the "
        "operating system are used.",
    )
    kafka_cert_file: Path | None = Field(
        default=None,
        description="PEM file with the client certificate, for brokers that require one.",
    )
    kafka_key_file: Path | None = Field(
        default=None,
        description="PEM file with the private key of the client certificate. If unset, the key is "
        "read from NEWSLOOM_KAFKA_CERT_FILE.",
    )
    kafka_key_password: SecretStr | None = Field(
        default=None, description="Password of the private key, if it is encrypted."
    )
    kafka_key_password_file: Path | None = Field(
        default=None, description="File that contains the password of the private key."
    )
    kafka_sasl_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = Field(
        default="SCRAM-SHA-512", description="SASL mechanism used to authenticate the user."
    )
    kafka_username: str | None = Field(
        default=None, description="User name for SASL authentication."
    )
    kafka_password: SecretStr | None = Field(
        default=None, description="Password for SASL authentication."
    )
    kafka_password_file: Path | None = Field(
        default=None,
        description="File that contains the password for SASL authentication, for example a "
        "mounted secret. Safer than the variable.",
    )
    topic_suffix: str = Field(
        default="",
        max_length=30,
        pattern=SUFFIX_PATTERN,
        description="Suffix of the topics, consumer groups and state of a second set of "
        "workers; see docs/replay.md.",
    )
    home: Path = Field(
        default=Path(".newsloom"),
        description="Folder for the Kafka jars, the data of the development broker and the "
        "state of dedup. A relative path is relative to the folder in which a command is started.",
    )
    replication: int = Field(
        default=1,
        ge=1,
        le=9,
        description="Replication factor of the topics that `newsloom topics create` creates.",
    )
    article_partitions: int = Field(
        default=RAW.partitions,
        ge=1,
        le=1000,
        description="Number of partitions of the raw and the clean topic that `newsloom topics "
        "create` creates. It limits how many workers of cleaning and of tagging can share "
        "the work. Choose it before the topics are created: a later change moves articles "
        "from one partition to another.",
    )
    http_host: str = Field(
        default="127.0.0.1",
        description="Address on which each worker serves /metrics, /livez and /readyz.",
    )
    http_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Port on which each worker serves /metrics, /livez and /readyz. If unset: "
        "cleaning 9101, tagging 9102, dedup 9103, exporter 9104. 0 selects any free port.",
    )
    heartbeat_seconds: float = Field(
        default=60,
        ge=0,
        le=3600,
        description="Seconds between the heartbeat articles that the exporter sends through the "
        "pipeline. 0 disables them.",
    )
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto",
        description="Format of log lines. `auto` writes coloured text to a terminal and JSON "
        "otherwise.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Minimum level of the events that are logged."
    )

    tracing: bool = Field(
        default=False,
        description="Export an OpenTelemetry span for each message and stage. Requires the extra "
        "`tracing`; OTEL_EXPORTER_OTLP_ENDPOINT sets the destination.",
    )

    batch_size: int = Field(
        default=32, ge=1, le=1000, description="Maximum number of messages in a batch."
    )
    batch_wait: float = Field(
        default=0.02,
        ge=0,
        le=10,
        description="Maximum seconds that an incomplete batch waits for further messages.",
    )
    batches_in_flight: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Maximum number of batches that await acknowledgement by the broker at "
        "the same time. It limits memory use.",
    )
    retries: int = Field(
        default=5,
        ge=0,
        le=100,
        description="Number of retries after a transient failure before the worker gives up and "
        "restarts.",
    )
    retry_wait: float = Field(
        default=0.5,
        gt=0,
        le=60,
        description="Seconds before the first retry. The delay doubles with each retry, up to 30 "
        "seconds.",
    )
    poison_in_a_row: int = Field(
        default=100,
        ge=0,
        le=1_000_000,
        description="Number of consecutive failed messages after which a worker stops. The count "
        "survives a restart. 0 disables the limit.",
    )
    poison_ratio: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Share of failed messages among the last NEWSLOOM_POISON_WINDOW messages "
        "at which a worker stops. 0 disables the limit.",
    )
    poison_window: int = Field(
        default=1000,
        ge=10,
        le=1_000_000,
        description="Number of most recent messages over which NEWSLOOM_POISON_RATIO is computed.",
    )
    poison_hold: bool = Field(
        default=False,
        description="Keep the process of a worker that the poison limit has stopped: alive, not "
        "ready, and without partitions, until SIGTERM. For platforms that restart every process "
        "that ends. If unset, the process ends with status 65.",
    )
    redrive_attempts: int = Field(
        default=5,
        ge=1,
        le=1000,
        description="Maximum number of attempts to process a message, including the first. "
        "`newsloom dead-letters redrive` does not send a message that has reached "
        "it.",
    )
    drain_seconds: float = Field(
        default=20,
        gt=0,
        le=600,
        description="Maximum seconds that a worker waits for messages in progress to complete on "
        "shutdown or rebalance.",
    )
    stalled_seconds: float = Field(
        default=300,
        ge=10,
        le=86_400,
        description="Seconds without a completed message, while some are in progress, after which "
        "/livez reports a failure so that the worker is restarted. Must be longer than "
        "dedup takes to rebuild its index.",
    )
    commit_interval: float = Field(
        default=1.0, gt=0, le=60, description="Seconds between two commits of consumer offsets."
    )
    session_timeout: float = Field(
        default=45,
        ge=6,
        le=300,
        description="Seconds without a Kafka consumer heartbeat after which the broker considers a "
        "worker dead.",
    )
    rebalance_timeout: float = Field(
        default=60,
        ge=6,
        le=600,
        description="Maximum seconds that a consumer group rebalance may take.",
    )
    produce_timeout: float = Field(
        default=120,
        ge=5,
        le=3600,
        description="Maximum seconds that a message waits for acknowledgement by the broker. After "
        "that the worker restarts.",
    )
    standby_replicas: int = Field(
        default=1,
        ge=0,
        le=5,
        description="Number of other workers that keep a warm copy of the dedup state of each "
        "language, so that one of them can take over without reading the whole changelog. "
        "Limited by the number of workers.",
    )

    cleaning_timeout: float = Field(
        default=5, gt=0, le=60, description="Maximum seconds that cleaning spends on one page."
    )
    min_words: int = Field(
        default=8,
        ge=1,
        le=1000,
        description="Minimum number of words of an article: of a text that a feed delivers with a "
        "title, and of a page that shows itself to be an article. Others need 40.",
    )
    onnx_folder: Path | None = Field(
        default=None,
        description="Folder with an ONNX token classification model that tags English articles. If "
        "unset, the spaCy model is used. Requires the extra `onnx`.",
    )
    future_tolerance: timedelta = Field(
        default=timedelta(days=2),
        description="Maximum time by which the stated publication time may lie after ingestion. "
        "Articles beyond it are rejected.",
    )
    copy_window: timedelta = Field(
        default=timedelta(days=7),
        description="Time for which an article can be found as the original of a near-duplicate.",
    )
    window_articles: int = Field(
        default=2_000_000,
        ge=1_000,
        le=100_000_000,
        description="Maximum number of articles per language that can be found as originals. "
        "Beyond it the oldest are removed early, so that memory stays bounded.",
    )
    story_quiet: timedelta = Field(
        default=timedelta(hours=72),
        description="A story is closed when this much event time has passed without a new article.",
    )
    story_granularity: Literal["fine", "default", "broad"] = Field(
        default="default",
        description="How finely stories are parted: `fine` asks for more evidence that an article "
        "reports a story's event, `broad` for less (docs/quality.md). Restart dedup to change it; "
        "present stories keep their ids and articles.",
    )
    story_interval: float = Field(
        default=1.0,
        ge=0,
        le=60,
        description="Minimum seconds between two published updates of a story. The last state is "
        "always published. 0 publishes every update.",
    )

    @property
    def kafka_libs(self) -> Path:
        """Return the folder with the Kafka jars."""
        return self.home / "kafka" / "libs"

    @property
    def broker_dir(self) -> Path:
        """Return the folder of the development broker (configuration, data, log)."""
        return self.home / "broker"

    @property
    def state_dir(self) -> Path:
        """Return the folder of the RocksDB tables."""
        return self.home / (f"state-{self.topic_suffix}" if self.topic_suffix else "state")

    @property
    def kafka_sasl(self) -> bool:
        """Return whether the connection to NEWSLOOM_KAFKA uses SASL authentication."""
        return self.kafka_security.startswith("sasl_")

    def topic(self, topic: Topic) -> Topic:
        """Return the topic with the suffix of these settings."""
        return with_suffix(topic, self.topic_suffix)

    def topics(self) -> tuple[Topic, ...]:
        """Return every topic, with the suffix and the partitions of these settings."""
        return registry(self.topic_suffix, self.article_partitions)

    def secret(self, name: str) -> str | None:
        """Return a secret from its variable or from its file, without the trailing newline.

        Raises `UsageError` if the file cannot be read.
        """
        value: SecretStr | None = getattr(self, name)
        path: Path | None = getattr(self, f"{name}_file")
        if value is not None or path is None:
            return value.get_secret_value() if value is not None else None
        try:
            return read_secret(f"NEWSLOOM_{name.upper()}_FILE", path)
        except ValueError as error:
            raise UsageError(str(error)) from error

    @model_validator(mode="after")
    def _can_sign_in(self) -> Self:
        if self.kafka_security != "plaintext" and not self.kafka:
            raise ValueError("NEWSLOOM_KAFKA_SECURITY needs NEWSLOOM_KAFKA")
        for name in ("kafka_password", "kafka_key_password"):
            if getattr(self, name) is not None and getattr(self, f"{name}_file") is not None:
                raise ValueError(f"NEWSLOOM_{name.upper()} and its _FILE are both set")
        if self.kafka_sasl and not self.kafka_username:
            raise ValueError("NEWSLOOM_KAFKA_SECURITY with `sasl_` needs NEWSLOOM_KAFKA_USERNAME")
        if self.kafka_sasl and not (self.kafka_password or self.kafka_password_file):
            raise ValueError("NEWSLOOM_KAFKA_USERNAME needs NEWSLOOM_KAFKA_PASSWORD_FILE")
        return self


@cache
def settings() -> Settings:
    """Return the settings of this process, read from the environment once.

    Raises pydantic's `ValidationError` for an invalid value.
    """
    return Settings()
