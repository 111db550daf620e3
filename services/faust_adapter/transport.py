"""Faust's Kafka transport with a safe consumer and producer.

What plain Faust 0.15 does, and which module of this folder corrects it. The tests are in
`tests/unit/faust_adapter` and among the tests on the broker.

- It commits past messages that are still being processed, drops acknowledged offsets in a
  rebalance, and acknowledges a message whose processing failed: `SafeConsumer` commits what the
  runner has acknowledged and nothing else, also before partitions are revoked.
- A fetch that is waiting during a rebalance returns records of the old or the new assignment.
  Faust may take old records for new ones and then skip everything between the committed offset
  and them, or drop new records whose position has already advanced. It also seeks to committed
  offsets while later records are being processed. Here a fetch is undone if consumption was
  stopped meanwhile, records that arrive too late are dropped, and nothing seeks or skips:
  `SafeConsumerThread`, `SafeConsumer`.
- It commits offsets without metadata: `SafeConsumer` commits the count of failures with them and
  gives it to the runner of the next assignment.
- Its producer is not idempotent: `SafeProducer`. aiokafka's idempotent producer loses count
  when the broker refuses a record: `sequence_rollback.py`.
- It hides a record that can't be decoded, and may stop the agent: `RawSchema`.
- It logs errors about partitions that are only idle, and looks for new topics and partitions every
  5 minutes: `SafeConsumer.verify_event_path`, and `METADATA_MS` in `app.py`.
- Its fetches wait 1.5 s on a drained partition, and without a broker its consumer takes a
  minute to stop: `SafeConsumerThread`.
- It goes on writing after it was stalled and its partitions were given to another worker: for a
  stage with state `SafeConsumerThread` learns from the group coordinator whether the worker is
  still a member, and `SafeProducer` sends only while it is (`lease.py`).
- aiokafka goes to the first record without a word if a partition lacks the wanted offset:
  `positions.py` decides where to read on, says so and notes what was never read.
- Its recovery mixes a local table with a changelog that lost records, and crashes at every start
  where the changelog ends before the table's checkpoint: `table_recovery.py`.
- Its table writes are not awaited: `table_rows.py` sends the changelog records itself, awaits
  them, and only then writes to RocksDB.
"""

from __future__ import annotations

from faust.transport.drivers import aiokafka as driver

from services.faust_adapter.consumer import SafeConsumer
from services.faust_adapter.producer import SafeProducer


class SafeTransport(driver.Transport):
    """Faust's Kafka transport with the safe consumer and producer."""

    Consumer = SafeConsumer
    Producer = SafeProducer
