"""The options of a subscription."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .security import Security
from .start import Since

_SET_BY_THE_SUBSCRIPTION = {
    "group_id",
    "enable_auto_commit",
    "auto_offset_reset",
    "bootstrap_servers",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of a subscription; `subscribe` documents them."""

    kafka: str
    security: Security | None = None
    group: str | None = None
    since: Since = "earliest"
    on_unreadable: Literal["raise", "skip"] = "raise"
    on_removed: Callable[[str], None] | None = None
    processing_timeout: float = 300
    commit_interval: float = 1
    consumer: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        """Raise `ValueError` for options that would break the delivery guarantee."""
        for name in sorted(_SET_BY_THE_SUBSCRIPTION & set(self.consumer or ())):
            raise ValueError(f"consumer can't set {name}: the subscription does.")
        if self.processing_timeout <= 0 or self.commit_interval < 0:
            raise ValueError("processing_timeout and commit_interval are seconds above 0.")

    def for_consumer(self, max_message_bytes: int) -> dict[str, Any]:
        """Return the settings of the aiokafka consumer."""
        milliseconds = int(self.processing_timeout * 1000)
        settings: dict[str, Any] = {
            "bootstrap_servers": self.kafka,
            "group_id": self.group,
            "enable_auto_commit": False,
            # The subscription sets the start position of each partition itself.
            "auto_offset_reset": "none",
            "max_poll_interval_ms": milliseconds,
            # A rebalance waits for the message being processed, as in the Java client.
            "rebalance_timeout_ms": milliseconds,
            "max_partition_fetch_bytes": max_message_bytes,
            "client_id": "newsloom-client",
        }
        credentials = self.security.options() if self.security else {}
        return settings | credentials | dict(self.consumer or {})
