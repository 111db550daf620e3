"""A record that the broker refuses for its size uses up no sequence number."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.errors import KafkaConnectionError, MessageSizeTooLargeError
from aiokafka.producer.message_accumulator import BatchBuilder, MessageBatch
from aiokafka.producer.transaction_manager import TransactionManager
from aiokafka.structs import TopicPartition

from services.faust_adapter.sequence_rollback import roll_back_refused_batches

TP = TopicPartition("t", 0)


async def numbered_after(*errors: Exception, times: int = 1) -> int:
    """Return the next number after a batch of two records from number 5 was sent and failed.

    The batch and the numbers are aiokafka's own.
    """
    numbers = TransactionManager(None, 60_000)
    numbers.increment_sequence_number(TP, 5)
    builder = BatchBuilder(1000, 0, is_transactional=False)
    batch = MessageBatch(TP, builder, ttl=60, linger_time=0)
    for _ in range(2):
        future: Any = batch.append(None, b"v", None)
        future.add_done_callback(lambda one: one.exception())
    numbers.increment_sequence_number(TP, batch.record_count)
    batch.drain_ready()

    async def fails(_node: int, batches: dict[Any, Any]) -> None:
        for error in errors:
            batches[TP].failure(exception=error)

    async def waits(_node: int, _batches: dict[Any, Any]) -> None: ...

    for last in [False] * (times - 1) + [True]:
        producer = SimpleNamespace(
            _sender=SimpleNamespace(_send_produce_req=fails if last else waits),
            _txn_manager=numbers,
        )
        roll_back_refused_batches(producer)
        await producer._sender._send_produce_req(1, {TP: batch})
    await asyncio.sleep(0)
    return int(numbers.sequence_number(TP))


@pytest.mark.parametrize("times", [1, 2])
async def test_a_refused_batch_returns_its_sequence_numbers_once(times: int) -> None:
    """This holds also if it was sent again after another error."""
    assert await numbered_after(MessageSizeTooLargeError(), times=times) == 5


async def test_a_batch_that_may_have_been_stored_keeps_its_sequence_numbers() -> None:
    assert await numbered_after(KafkaConnectionError()) == 7
