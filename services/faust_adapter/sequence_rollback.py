"""A record that the broker refuses for its size uses up no sequence number.

An idempotent producer numbers the records of each partition, and the broker takes only the
next number. aiokafka counts a batch when it sends it, also one that the broker then refuses
as too large: all that follows on the partition would be out of order. One batch of a
partition is under way at a time, so its numbers can be given back when it fails.
"""

from __future__ import annotations

from typing import Any

from aiokafka.errors import MessageSizeTooLargeError


def give_back_numbers(producer: Any) -> None:
    """Make an idempotent aiokafka producer number on where a batch was refused for its size."""
    sender, numbers = producer._sender, producer._txn_manager  # noqa: SLF001 - no other way in
    send = sender._send_produce_req  # noqa: SLF001

    async def watched(node_id: int, batches: dict[Any, Any]) -> None:
        for batch in batches.values():
            _watch(batch, numbers)
        await send(node_id, batches)

    sender._send_produce_req = watched  # noqa: SLF001


def _watch(batch: Any, numbers: Any) -> None:
    if "failure" in vars(batch):  # sent before, and now once more
        return
    fail = batch.failure

    def failure(exception: BaseException) -> None:
        if isinstance(exception, MessageSizeTooLargeError):
            numbers.increment_sequence_number(batch.tp, -batch.record_count)
        fail(exception)

    batch.failure = failure
