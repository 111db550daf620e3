"""The Faust app of a stage; it is also the runner's transport.

The overrides of Faust's consumer and producer are listed in `transport.py`.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from typing import Any, cast

import faust
import structlog
from aiokafka.errors import MessageSizeTooLargeError
from faust import streams
from faust.types import TP

from schemas.topics import DEAD_LETTER_BYTES, Topic, app_id
from services.faust_adapter import (
    rocksdb_probe,
    rocksdb_store,
    state_directory_lock,
    table_recovery,
)
from services.faust_adapter.consumer import SafeConsumer
from services.faust_adapter.credentials import faust_credentials
from services.faust_adapter.lease import Lease
from services.faust_adapter.raw_schema import RawSchema
from services.faust_adapter.table_rows import TableRows
from services.faust_adapter.transport import SafeTransport
from services.messaging import trace_context
from services.messaging.errors import EXIT_CRASH, NewsloomError
from services.messaging.records import OutgoingRecord, Record
from services.observability import error_logs
from services.processing.offset_tracker import OffsetTracker
from services.processing.poison_limit import PoisonLimitError
from services.processing.runner import StageRunner
from services.processing.stage import RowChange, Stage
from services.settings import Settings

log = structlog.get_logger()

FETCH_BYTES = 1024 * 1024
"""Bytes fetched of a partition at once. All of it may lie in memory while the stage is behind.
A larger record is fetched whole all the same (KIP-74)."""

METADATA_MS = 10_000
"""Milliseconds between two looks at the cluster's topics and partitions; aiokafka's default, five
minutes, is how long a partition that was added would stay unread."""

_SILENT = logging.CRITICAL + 1


class StageApp(faust.App):
    """A Faust app that runs one stage.

    It implements `services.processing.stage.Transport` for the runner.
    """

    def __init__(
        self,
        stage: Stage,
        settings: Settings,
        bootstrap: str,
        rows: TableRows | None = None,
        spans: trace_context.Spans | None = None,
    ) -> None:
        """Make the app; `rows` are the tables of a stage that holds state."""
        _require_compiled_stream()
        self.stage = stage
        self.produce_timeout = settings.produce_timeout
        self.state_folder = state_directory_lock.claim(settings.state_dir.absolute() / stage.name)
        for table in rocksdb_probe.find_unopenable(self.state_folder):
            rocksdb_store.drop(table, "RocksDB does not finish opening it")
        super().__init__(
            id=app_id(stage.name, settings.topic_suffix),
            datadir=str(self.state_folder),
            **_faust_settings(settings, bootstrap),
        )
        self.runner = StageRunner(stage, self, settings, spans)
        # A stalled worker without state only repeats, byte for byte, what another has sent.
        self.lease = (
            Lease(settings.session_timeout, lambda: self.runner.in_progress > 0, _end_fenced)
            if rows is not None
            else None
        )
        self.crash_seconds: float | None = None
        """How long a crash may take before the process is ended by force; None means for ever."""
        self.source = ""
        """Name of the topic that the stage consumes; set by `channel_of`."""
        self._rows = rows
        if rows is not None:
            rows.declare(self)
            table_recovery.export_metrics(stage.name)
        self._with_suffix = settings.topic
        self.task(self.runner.run)

    @property
    def holds_state(self) -> bool:
        """Whether the stage has tables on disk."""
        return self._rows is not None

    def channel_of(self, topic: Topic) -> Any:
        """Return the Faust topic from which an agent consumes undecoded records."""
        self.source = self._with_suffix(topic).name
        return self.topic(self.source, schema=RawSchema(), allow_empty=False)

    async def records(self, stream: Any) -> AsyncIterator[Record]:
        """Iterate over the records of an agent's stream; Faust acknowledges none of them.

        The offset of each record is tracked. It is committed after `acknowledge` was called
        for the record and for all before it.
        """
        consumer = cast("SafeConsumer", self.consumer)
        async for event in stream.noack().events():
            message = event.message
            record = Record(
                topic=message.topic,
                partition=message.partition,
                offset=message.offset,
                timestamp=message.timestamp or 0.0,
                key=message.key,
                value=message.value,
                headers=tuple(_header_pairs(message.headers)),
            )
            consumer.trackers[message.tp].deliver(record.offset, record)
            yield record

    def _new_transport(self) -> SafeTransport:
        return SafeTransport(self.conf.broker_consumer, self)

    def _new_producer_transport(self) -> SafeTransport:
        return SafeTransport(self.conf.broker_producer, self)

    # The runner's transport (services.processing.stage.Transport).

    async def produce(self, outgoing: OutgoingRecord) -> Awaitable[object]:
        """Queue a record with the idempotent producer."""
        producer = await self.maybe_start_producer()
        delivery: Awaitable[object] = await producer.send(
            self._with_suffix(outgoing.topic).name,
            outgoing.key,
            outgoing.value,
            outgoing.partition,
            None,
            list(outgoing.headers),
        )
        return delivery

    async def store(self, changes: Sequence[tuple[Record, RowChange]]) -> None:
        """Store rows in the stage's tables."""
        assert self._rows is not None, "a stage without tables changes no rows"
        await self._rows.store(changes, await self.maybe_start_producer())

    def close(self) -> None:
        """End the worker thread, then close the tables that it uses; the app must have stopped."""
        self.runner.close()
        if self._rows is not None:
            self._rows.close()

    def acknowledge(self, record: Record, metadata: str) -> None:
        """Let the committed offset pass the record, if it is of the present assignment."""
        tracker = self._tracker(record)
        if tracker is not None:
            tracker.acknowledge(record.offset, record, metadata)

    def is_assigned(self, record: Record) -> bool:
        """Return whether the record is of the present assignment."""
        tracker = self._tracker(record)
        return tracker is not None and tracker.is_pending(record.offset, record)

    def _tracker(self, record: Record) -> OffsetTracker | None:
        consumer = cast("SafeConsumer", self.consumer)
        return consumer.trackers.get(TP(record.topic, record.partition))

    def is_too_large(self, error: BaseException) -> bool:
        """Return whether the broker refused a record for its size."""
        return isinstance(error, MessageSizeTooLargeError)

    async def crash(self, error: BaseException) -> None:
        """Stop the worker; the process ends with a non-zero exit status.

        At the poison limit, what is acknowledged is committed first: the next worker goes on from
        the number of failures that is committed with it. A crash ends the consumer's thread.
        """
        # Faust would log the error in its own words, which may quote an article. Where the stop
        # is a decision and not a malfunction, tracebacks would bury the message.
        for name in (__name__, "faust", "mode"):
            logging.getLogger(name).setLevel(_SILENT)
        if not isinstance(error, PoisonLimitError):
            log.error("delivery_broken", error=error_logs.describe(error), exc_info=error)
        if self.crash_seconds is not None:
            # An orderly stop flushes the producer, which may be what makes no progress.
            force = threading.Timer(self.crash_seconds, os._exit, [EXIT_CRASH])
            force.daemon = True
            force.start()
        if isinstance(error, PoisonLimitError):
            try:
                await cast("SafeConsumer", self.consumer).commit_acknowledged()
            except Exception as failed:  # noqa: BLE001 - the worker must stop in any case
                log.warning("commit_failed", error=error_logs.describe(failed))
        await super().crash(error)


def _faust_settings(settings: Settings, bootstrap: str) -> dict[str, Any]:
    return {
        "broker": ";".join(f"kafka://{server}" for server in bootstrap.split(",")),
        "broker_credentials": faust_credentials(bootstrap, settings),
        "store": rocksdb_store.URL,
        "TableManager": table_recovery.CheckedTableManager,
        "table_standby_replicas": settings.standby_replicas,
        "autodiscover": False,
        "topic_allow_declare": False,  # topics come from the registry, never from a worker
        "topic_disable_leader": True,
        "web_enabled": False,  # Faust's own pages always report OK, and expose table data
        "stream_buffer_maxsize": 64,
        "stream_wait_empty": True,
        "consumer_auto_offset_reset": "none",  # positions.py decides, and says so
        "consumer_metadata_max_age_ms": METADATA_MS,
        "producer_metadata_max_age_ms": METADATA_MS,
        "consumer_max_fetch_size": FETCH_BYTES,
        "broker_max_poll_records": 100,
        "broker_session_timeout": settings.session_timeout,
        "broker_heartbeat_interval": max(1.0, settings.session_timeout / 15),
        "broker_rebalance_timeout": settings.rebalance_timeout,
        "broker_request_timeout": max(90.0, settings.session_timeout + 10),
        "broker_commit_interval": settings.commit_interval,
        "broker_commit_every": 1000,
        "producer_linger": 0.005,
        "producer_max_batch_size": 256 * 1024,
        "producer_max_request_size": DEAD_LETTER_BYTES,
        # The timeout of one request, for a broker that is reachable and does not answer.
        "producer_request_timeout": min(30.0, settings.produce_timeout),
    }


def _end_fenced() -> None:
    """End the process at once: an orderly stop would write what belongs to another worker now."""
    log.error(
        "fenced",
        reason="stalled for longer than its session; its partitions belong to another worker",
    )
    os._exit(EXIT_CRASH)


def _header_pairs(headers: Any) -> list[tuple[str, bytes]]:
    pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
    return [(str(name), bytes(value or b"")) for name, value in pairs]


def _require_compiled_stream() -> None:
    if cast("Any", streams)._CStreamIterator is None:  # noqa: SLF001 - the only sign of it
        raise NewsloomError(
            "Faust's compiled stream is not loaded, which halves its speed; "
            "unset NO_CYTHON and install a wheel of faust-streaming."
        )
