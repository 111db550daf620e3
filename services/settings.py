"""Every setting, once: read from the environment as `NEWSLOOM_…`, shown by `newsloom settings`."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.topics import RAW, SUFFIX_PATTERN, Topic, registry, with_suffix
from services.messaging.errors import UsageError


class Settings(BaseSettings):
    """Settings of the workers and the command line."""

    model_config = SettingsConfigDict(env_prefix="NEWSLOOM_", frozen=True, extra="ignore")

    kafka: str | None = Field(
        default=None,
        description="Bootstrap servers, `host:port,…`; unset: the development broker that "
        "`newsloom broker start` started, else localhost:9092.",
    )
    kafka_security: Literal["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"] = Field(
        default="plaintext",
        description="How to talk to NEWSLOOM_KAFKA: `ssl` is TLS, `sasl_` signs in with a user.",
    )
    kafka_ca_file: Path | None = Field(
        default=None,
        description="PEM file with the authorities that may sign the brokers' certificates; "
        "unset: those of this machine.",
    )
    kafka_cert_file: Path | None = Field(
        default=None, description="PEM file with our own certificate, where the broker wants one."
    )
    kafka_key_file: Path | None = Field(
        default=None, description="PEM file with its key; unset: it is in the certificate's file."
    )
    kafka_key_password: SecretStr | None = Field(
        default=None, description="Password of the key, where it has one."
    )
    kafka_key_password_file: Path | None = Field(
        default=None, description="File that holds the password of the key."
    )
    kafka_sasl_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = Field(
        default="SCRAM-SHA-512", description="How the user is proven with `sasl_`."
    )
    kafka_username: str | None = Field(default=None, description="User to sign in as.")
    kafka_password: SecretStr | None = Field(default=None, description="The user's password.")
    kafka_password_file: Path | None = Field(
        default=None,
        description="File that holds the user's password (a mounted secret): safer than the "
        "variable.",
    )
    topic_suffix: str = Field(
        default="",
        max_length=30,
        pattern=SUFFIX_PATTERN,
        description="Suffix of topics, consumer groups and state of a second set of workers; "
        "see docs/replay.md.",
    )
    home: Path = Field(
        default=Path(".newsloom"),
        description="Folder for the Kafka jars, the development broker's data and the state "
        "of dedup.",
    )
    replication: int = Field(
        default=1, ge=1, le=9, description="Replicas of each topic that `topics create` makes."
    )
    article_partitions: int = Field(
        default=RAW.partitions,
        ge=1,
        le=1000,
        description="Partitions of the raw and the clean topic that `topics create` makes, and "
        "so the most workers of cleaning and of tagging. Choose before the topics are made: a "
        "later change moves articles from one partition to another.",
    )
    http_host: str = Field(
        default="127.0.0.1",
        description="Address on which each worker serves /metrics, /livez and /readyz.",
    )
    http_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Its port; unset: cleaning 9101, tagging 9102, dedup 9103, exporter 9104; "
        "0: any free one.",
    )
    heartbeat_seconds: float = Field(
        default=60,
        ge=0,
        le=3600,
        description="Seconds between heartbeat articles that the exporter sends through the "
        "pipeline; 0: none.",
    )
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="`auto`: coloured in a terminal, JSON elsewhere."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least important level that is logged."
    )

    tracing: bool = Field(
        default=False,
        description="Send an OpenTelemetry span of each message and stage (needs the extra "
        "`tracing`; OTEL_EXPORTER_OTLP_ENDPOINT says where to).",
    )

    batch_size: int = Field(
        default=32, ge=1, le=1000, description="Most messages processed in one go."
    )
    batch_wait: float = Field(
        default=0.02, ge=0, le=10, description="Seconds a batch waits to fill."
    )
    batches_in_flight: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Batches whose delivery may be awaited at a time; bounds memory.",
    )
    retries: int = Field(
        default=5, ge=0, le=100, description="Tries after a transient failure before giving up."
    )
    retry_wait: float = Field(
        default=0.5,
        gt=0,
        le=60,
        description="Seconds before the first retry; doubles with each, up to 30.",
    )
    poison_in_a_row: int = Field(
        default=100,
        ge=0,
        le=1_000_000,
        description="Messages failing one after another at which a worker stops; 0: no limit.",
    )
    poison_ratio: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Share of the last messages failing at which a worker stops; 0: no limit.",
    )
    poison_window: int = Field(
        default=1000, ge=10, le=1_000_000, description="How many messages the share is taken of."
    )
    redrive_attempts: int = Field(
        default=5,
        ge=1,
        le=1000,
        description="Tries of a message, the first included, after which `dead-letters redrive` "
        "refuses it.",
    )
    drain_seconds: float = Field(
        default=20,
        gt=0,
        le=600,
        description="Seconds that work in hand may take to end on shutdown or rebalance.",
    )
    stalled_seconds: float = Field(
        default=300,
        ge=10,
        le=86_400,
        description="Seconds without a message done, while some are in hand, after which /livez "
        "asks for a restart; longer than dedup takes to rebuild its index.",
    )
    commit_interval: float = Field(
        default=1.0, gt=0, le=60, description="Seconds between commits of offsets."
    )
    session_timeout: float = Field(
        default=45, ge=6, le=300, description="Seconds without heartbeat until a worker is dead."
    )
    rebalance_timeout: float = Field(
        default=60, ge=6, le=600, description="Seconds a rebalance may take."
    )
    produce_timeout: float = Field(
        default=120,
        ge=5,
        le=3600,
        description="Seconds a message may wait for the broker before the worker restarts.",
    )
    standby_replicas: int = Field(
        default=1,
        ge=0,
        le=5,
        description="Other workers that keep a warm copy of each language's state for dedup, so "
        "that one takes over without reading all of the changelog; as many as there are.",
    )

    cleaning_timeout: float = Field(
        default=5, gt=0, le=60, description="Seconds after which cleaning gives up on a page."
    )
    onnx_folder: Path | None = Field(
        default=None,
        description="Folder with an ONNX token-classification model to tag English with; unset: "
        "spaCy's (needs the extra `onnx`).",
    )
    future_tolerance: timedelta = Field(
        default=timedelta(days=2),
        description="How far a stated publication may lie after ingest; further is refused.",
    )
    copy_window: timedelta = Field(
        default=timedelta(days=7), description="How long an article can be found as an original."
    )
    window_articles: int = Field(
        default=2_000_000,
        ge=1_000,
        le=100_000_000,
        description="Articles of one language that can be found as originals; beyond it the "
        "oldest are forgotten early, so that memory is bounded.",
    )
    story_quiet: timedelta = Field(
        default=timedelta(hours=72),
        description="Event time without a new article after which a story is closed.",
    )
    story_interval: float = Field(
        default=1.0,
        ge=0,
        le=60,
        description="Seconds between two updates of a story; its last state is always sent. 0: "
        "all are sent.",
    )

    @property
    def kafka_libs(self) -> Path:
        """Folder with the broker's jars."""
        return self.home / "kafka" / "libs"

    @property
    def broker_dir(self) -> Path:
        """Folder of the development broker: configuration, data, log and `broker.json`."""
        return self.home / "broker"

    @property
    def state_dir(self) -> Path:
        """Folder of the RocksDB tables."""
        return self.home / (f"state-{self.topic_suffix}" if self.topic_suffix else "state")

    @property
    def kafka_sasl(self) -> bool:
        """Whether a user signs in at NEWSLOOM_KAFKA."""
        return self.kafka_security.startswith("sasl_")

    def topic(self, topic: Topic) -> Topic:
        """The topic in the set that these settings name."""
        return with_suffix(topic, self.topic_suffix)

    def topics(self) -> tuple[Topic, ...]:
        """Every topic of the set that these settings name."""
        return registry(self.topic_suffix, self.article_partitions)

    def secret(self, name: str) -> str | None:
        """A secret, from its variable or its file (without the line's end).

        Raises `UsageError` where the file can't be read.
        """
        value: SecretStr | None = getattr(self, name)
        path: Path | None = getattr(self, f"{name}_file")
        if value is not None or path is None:
            return value.get_secret_value() if value is not None else None
        try:
            return path.read_text().rstrip("\r\n")
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not text"
            variable = f"NEWSLOOM_{name.upper()}_FILE"
            raise UsageError(f"{path} ({variable}) can't be read: {why}.") from error

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
    """The process's settings, read once. Raises pydantic's ValidationError on a bad value."""
    return Settings()
