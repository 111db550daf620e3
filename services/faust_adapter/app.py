"""The Faust app of a stage, and its door to Kafka; the overrides are in `faust_transport.py`."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, cast

import faust
import structlog
from aiokafka.errors import MessageSizeTooLargeError
from faust import streams
from faust.types import TP

from schemas.topics import DEAD_LETTER_BYTES, app_id
from services.faust_adapter import rocksdb_probe, rocksdb_store, state_directory_lock
from services.faust_adapter.lease import Lease
from services.faust_adapter.table_rows import TableRows
from services.faust_adapter.transport import RawSchema, SafeConsumer, SafeTransport
from services.kafka.security import faust_credentials
from services.messaging import trace_context
from services.messaging.errors import EXIT_CRASH, NewsloomError
from services.messaging.records import OutgoingRecord, Record
from services.observability import error_logs
from services.processing.poison_limit import PoisonLimitError
from services.processing.runner import StageRunner
from services.processing.stage import RowChange, Stage
from services.settings import Settings

log = structlog.get_logger()

FETCH_BYTES = 1024 * 1024
"""What is fetched of a partition at once, in bytes: all of it may lie in memory while the stage
is behind. A larger record comes whole all the same (KIP-74)."""

_SILENT = logging.CRITICAL + 1


class StageApp(faust.App):
    """A Faust app that runs one stage; it is the runner's door to Kafka."""

    def __init__(
        self,
        stage: Stage,
        settings: Settings,
        bootstrap: str,
        rows: TableRows | None = None,
        spans: trace_context.Spans | None = None,
    ) -> None:
        _require_compiled_stream()
        self.stage = stage
        self.produce_timeout = settings.produce_timeout
        self.state_folder = state_directory_lock.claim(settings.state_dir.absolute() / stage.name)
        for table in rocksdb_probe.unopenable(self.state_folder):
            rocksdb_store.drop(table, "RocksDB does not get done with opening it")
        super().__init__(
            id=app_id(stage.name, settings.topic_suffix),
            broker_credentials=faust_credentials(bootstrap, settings),
            broker=";".join(f"kafka://{server}" for server in bootstrap.split(",")),
            store=rocksdb_store.URL,
            datadir=str(self.state_folder),
            autodiscover=False,
            topic_allow_declare=False,  # topics are made from the registry, never by a worker
            topic_disable_leader=True,
            web_enabled=False,  # Faust's own pages always say OK, and serve table data
            stream_buffer_maxsize=64,
            stream_wait_empty=True,
            consumer_auto_offset_reset="earliest",
            consumer_max_fetch_size=FETCH_BYTES,
            broker_max_poll_records=100,
            broker_session_timeout=settings.session_timeout,
            broker_heartbeat_interval=max(1.0, settings.session_timeout / 15),
            broker_rebalance_timeout=settings.rebalance_timeout,
            broker_request_timeout=max(90.0, settings.session_timeout + 10),
            broker_commit_interval=settings.commit_interval,
            broker_commit_every=1000,
            producer_linger=0.005,
            producer_max_batch_size=256 * 1024,
            producer_max_request_size=DEAD_LETTER_BYTES,
            # One request, where a broker is there and does not answer.
            producer_request_timeout=min(30.0, settings.produce_timeout),
            table_standby_replicas=settings.standby_replicas,
        )
        self.runner = StageRunner(stage, self, settings, spans)
        # Without state a stalled worker only repeats, word for word, what another has sent.
        self.lease = (
            Lease(settings.session_timeout, lambda: self.runner.in_hand > 0, _leave)
            if rows is not None
            else None
        )
        self.seconds_to_end: float | None = None
        """How long a crash may take before the process ends by force; None is for ever."""
        self._rows = rows
        if rows is not None:
            rows.declare(self)
        self._named = settings.topic
        source = self.topic(self._named(stage.source).name, schema=RawSchema(), allow_empty=False)
        self.agent(source, name=stage.name)(self._take)
        self.task(self.runner.run)

    @property
    def holds_state(self) -> bool:
        """Whether the stage has tables on disk."""
        return self._rows is not None

    def _new_transport(self) -> SafeTransport:
        return SafeTransport(self.conf.broker_consumer, self)

    def _new_producer_transport(self) -> SafeTransport:
        return SafeTransport(self.conf.broker_producer, self)

    async def _take(self, stream: Any) -> None:
        """Offer each record to the runner. Nothing is ever acknowledged here."""
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
            await self.runner.offer(record)

    # The runner's door to Kafka (services.processing.stage.Transport).

    async def produce(self, outgoing: OutgoingRecord) -> Awaitable[object]:
        """Queue a record with the idempotent producer."""
        producer = await self.maybe_start_producer()
        sent: Awaitable[object] = await producer.send(
            self._named(outgoing.topic).name,
            outgoing.key,
            outgoing.value,
            outgoing.partition,
            None,
            list(outgoing.headers),
        )
        return sent

    async def store(self, changes: Sequence[tuple[Record, RowChange]]) -> None:
        """Store rows in the stage's tables."""
        assert self._rows is not None, "a stage without tables changes no rows"
        await self._rows.store(changes, await self.maybe_start_producer())

    def settle(self, record: Record) -> None:
        """Let the committed offset pass the record, where it is of the present assignment."""
        consumer = cast("SafeConsumer", self.consumer)
        tracker = consumer.trackers.get(TP(record.topic, record.partition))
        if tracker is not None:
            tracker.settle(record.offset, record)

    def live(self, record: Record) -> bool:
        """Whether the record is of the present assignment."""
        consumer = cast("SafeConsumer", self.consumer)
        tracker = consumer.trackers.get(TP(record.topic, record.partition))
        return tracker is not None and tracker.holds(record.offset, record)

    def too_large(self, error: BaseException) -> bool:
        """Whether the broker refused a record for its size."""
        return isinstance(error, MessageSizeTooLargeError)

    async def crash(self, error: BaseException) -> None:
        """Stop the worker; the process ends with a non-zero exit status."""
        # Faust would log the error with its words, which may quote an article. And where it is
        # a decision, not a malfunction, tracebacks would bury what it says.
        for name in (__name__, "faust", "mode"):
            logging.getLogger(name).setLevel(_SILENT)
        if not isinstance(error, PoisonLimitError):
            log.error("delivery_broken", error=error_logs.words(error), exc_info=error)
        if self.seconds_to_end is not None:
            # An orderly end flushes the producer, which may be what stands still.
            force = threading.Timer(self.seconds_to_end, os._exit, [EXIT_CRASH])
            force.daemon = True
            force.start()
        await super().crash(error)


def _leave() -> None:
    """End the process at once: an orderly end would write what is another's to write by now."""
    log.error("put_out_of_group", reason="stalled past its session; its work is another's now")
    os._exit(EXIT_CRASH)


def _header_pairs(headers: Any) -> list[tuple[str, bytes]]:
    pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
    return [(str(name), bytes(value or b"")) for name, value in pairs]


def _require_compiled_stream() -> None:
    if cast("Any", streams)._CStreamIterator is None:  # noqa: SLF001 - the one sign of it
        raise NewsloomError(
            "Faust's compiled stream is not loaded, which halves its speed; "
            "unset NO_CYTHON and install a wheel of faust-streaming."
        )
