"""Roll back the producer's sequence numbers when the broker refuses a batch for its size.

An idempotent producer numbers the records of each partition, and the broker accepts only the
next number. aiokafka counts a batch when it sends it, also one that the broker then refuses as
too large, so every later batch of the partition would be out of order. Only one batch of a
partition is in flight at a time, so its numbers can be given back when it fails.
"""

from __future__ import annotations

from typing import Any

from aiokafka.errors import MessageSizeTooLargeError


def roll_back_refused_batches(producer: Any) -> None:
    """Make an idempotent aiokafka producer reuse the numbers of a batch refused for its size."""
    sender, numbers = producer._sender, producer._txn_manager  # noqa: SLF001 - no other way in
    send = sender._send_produce_req  # noqa: SLF001

    async def observed(node_id: int, batches: dict[Any, Any]) -> None:
        for batch in batches.values():
            _roll_back_on_failure(batch, numbers)
        await send(node_id, batches)

    sender._send_produce_req = observed  # noqa: SLF001


def _roll_back_on_failure(batch: Any, numbers: Any) -> None:
    if "failure" in vars(batch):  # a retry of a batch that is prepared already
        return
    fail = batch.failure

    def failure(exception: BaseException) -> None:
        if isinstance(exception, MessageSizeTooLargeError):
            numbers.increment_sequence_number(batch.tp, -batch.record_count)
        fail(exception)

    batch.failure = failure
