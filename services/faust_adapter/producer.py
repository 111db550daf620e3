"""The producer: idempotent, awaited, and writing only while the worker owns its partitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiokafka
from faust.transport.drivers import aiokafka as driver

from services.faust_adapter.lease import guard_producer
from services.faust_adapter.sequence_rollback import roll_back_refused_batches


class SafeProducer(driver.Producer):
    """A producer that neither duplicates nor reorders records on retry.

    It waits for all in-sync replicas. The producer of a stage with state sends nothing without
    a valid lease (`lease.py`).
    """

    def _new_producer(self, transactional_id: str | None = None) -> aiokafka.AIOKafkaProducer:
        producer = super()._new_producer(transactional_id)
        roll_back_refused_batches(producer)
        app: Any = self.app
        # The runner decides how long a delivery may take in all. aiokafka would give up what
        # waits for a lost broker after the timeout of one request.
        producer._message_accumulator._batch_ttl = app.produce_timeout  # noqa: SLF001
        producer._request_timeout_ms = int(app.produce_timeout * 1000)  # noqa: SLF001
        if app.lease is not None:
            guard_producer(producer, app.lease)
        return producer

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}
