"""The runner: delivery rules, batches, drain, retries and poison, on the in-memory transport."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence

import pytest

from schemas.topics import CLEAN, DEAD_LETTERS
from services.messaging.dead_letters import ATTEMPTS_HEADER, parse
from services.messaging.errors import Reason, Rejected, UndeliveredError
from services.messaging.records import OutgoingRecord, Record
from services.observability import metrics
from services.processing.stage import DeadLettered, Processed, Result, RowChange
from tests.support.in_memory_transport import InMemoryTransport
from tests.support.running_stage import (
    BatchFaultStage,
    FunctionStage,
    deliver_all,
    forward,
    record,
    running,
    until,
)


async def test_a_message_is_acknowledged_only_after_its_outputs_are_confirmed() -> None:
    transport = InMemoryTransport()
    transport.confirm_automatically = False
    async with running(FunctionStage(), transport) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: bool(transport.pending))
        await asyncio.sleep(0.05)
        assert transport.acknowledged == []

        transport.pending[0].confirm()
        await until(lambda: transport.acknowledged == [1])


async def test_a_delivery_that_never_ends_stops_the_worker_with_its_message_unacknowledged() -> (
    None
):
    transport = InMemoryTransport()
    transport.confirm_automatically = False
    async with running(FunctionStage(), transport) as runner:
        delivery = runner._delivery
        delivery._settings = delivery._settings.model_copy(update={"produce_timeout": 0.05})
        await transport.deliver(runner, record(1))
        await until(lambda: transport.crashed is not None)

    assert isinstance(transport.crashed, UndeliveredError)
    assert "0.05 s" in str(transport.crashed)
    assert transport.acknowledged == []


async def test_rows_that_are_never_stored_stop_the_worker_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def never(_: object) -> None:
        await asyncio.Event().wait()

    transport = InMemoryTransport()
    monkeypatch.setattr(transport, "store", never)
    changing = FunctionStage(lambda _: Processed((), "stored", (RowChange("rows", "k", b"v"),)))
    async with running(changing, transport) as runner:
        delivery = runner._delivery
        delivery._settings = delivery._settings.model_copy(update={"produce_timeout": 0.05})
        await transport.deliver(runner, record(1))
        await until(lambda: transport.crashed is not None)

    assert isinstance(transport.crashed, UndeliveredError)
    assert not transport.produced
    assert not transport.acknowledged


async def test_outputs_leave_in_the_order_of_arrival() -> None:
    transport = InMemoryTransport()
    async with running(FunctionStage(), transport, batch_size=4) as runner:
        for offset in range(50):
            await transport.deliver(runner, record(offset))
        await until(lambda: len(transport.acknowledged) == 50)

    assert [outgoing.key for outgoing in transport.produced] == [str(n).encode() for n in range(50)]


async def test_a_rejected_message_becomes_a_dead_letter_with_the_original_in_it() -> None:
    def reject(one: Record) -> Result:
        return (
            DeadLettered(Rejected(Reason.BAD_FIELDS, "no url")) if one.offset == 1 else forward(one)
        )

    transport = InMemoryTransport()
    async with running(FunctionStage(reject), transport) as runner:
        for offset in range(3):
            await transport.deliver(runner, record(offset, b"original"))
        await until(lambda: len(transport.acknowledged) == 3)

    (letter,) = [outgoing for outgoing in transport.produced if outgoing.topic is DEAD_LETTERS]
    assert (letter.key, letter.value, letter.headers[0]) == (b"1", b"original", ("h", b"1"))
    said = parse(Record("d", 0, 0, 0.0, letter.key, letter.value, letter.headers))
    assert said is not None
    assert (said.reason, said.offset, said.stage) == ("bad_fields", 1, "test")


async def test_an_unexpected_fault_in_one_message_does_not_touch_the_others() -> None:
    def fail(one: Record) -> Result:
        if one.offset == 5:
            raise ZeroDivisionError("boom")
        return forward(one)

    transport = InMemoryTransport()
    async with running(FunctionStage(fail), transport) as runner:
        for offset in range(10):
            await transport.deliver(runner, record(offset))
        await until(lambda: len(transport.acknowledged) == 10)

    dead = [outgoing for outgoing in transport.produced if outgoing.topic is DEAD_LETTERS]
    assert [letter.key for letter in dead] == [b"5"]
    assert transport.crashed is None


def _batch_faults() -> float:
    return sum(
        one.value
        for metric in metrics.BATCH_FAULTS.collect()
        for one in metric.samples
        if one.name == "newsloom_batch_faults_total" and one.labels["stage"] == "test"
    )


async def test_a_batch_that_fails_although_its_records_pass_alone_is_counted() -> None:
    before = _batch_faults()
    transport = InMemoryTransport()
    async with running(BatchFaultStage(), transport, batch_wait=0.2) as runner:
        await deliver_all(transport, runner, 3)
        await until(lambda: len(transport.acknowledged) == 3)

    assert _batch_faults() > before
    assert [outgoing.topic for outgoing in transport.produced] == [CLEAN] * 3


async def test_a_batch_that_fails_because_of_one_record_is_not_counted_as_a_batch_fault() -> None:
    def fail(one: Record) -> Result:
        if one.offset == 1:
            raise ZeroDivisionError
        return forward(one)

    before = _batch_faults()
    transport = InMemoryTransport()
    async with running(FunctionStage(fail), transport, batch_wait=0.2) as runner:
        await deliver_all(transport, runner, 3)
        await until(lambda: len(transport.acknowledged) == 3)

    assert _batch_faults() == before


def _batch_work() -> dict[str, float]:
    """Return the histogram of the stage "work": its buckets by upper bound, sum and count."""
    return {
        one.labels.get("le", one.name): one.value
        for metric in metrics.BATCH_WORK_SECONDS.collect()
        for one in metric.samples
        if one.labels["stage"] == "work"
    }


async def test_the_work_of_a_batch_is_one_observation_of_its_whole_time() -> None:
    """A share for each message would hide how long the messages of a slow batch waited."""

    class SlowStage(FunctionStage):
        name = "work"

        def process(self, records: Sequence[Record]) -> list[Result]:
            time.sleep(0.06)
            return super().process(records)

    transport = InMemoryTransport()
    stage = SlowStage()
    async with running(stage, transport, batch_size=4, batch_wait=0.2) as runner:
        await deliver_all(transport, runner, 8)
        await until(lambda: len(transport.acknowledged) == 8)

    seen = _batch_work()
    assert seen["newsloom_batch_work_seconds_count"] == len(stage.batches)
    assert seen["0.05"] == 0


async def test_rows_are_stored_before_anything_is_sent() -> None:
    def changing(one: Record) -> Result:
        out = OutgoingRecord(CLEAN, one.key, one.value, ())
        return Processed((out,), "passed", (RowChange("articles", f"row{one.offset}", b"x"),))

    transport = InMemoryTransport()
    async with running(FunctionStage(changing), transport, batch_wait=0.2) as runner:
        for offset in (1, 2):
            await transport.deliver(runner, record(offset))
        await until(lambda: len(transport.acknowledged) == 2)

    kinds = [event for event, _ in transport.events]
    assert kinds == ["store", "store", "produce", "produce", "acknowledge", "acknowledge"]


@pytest.mark.parametrize("size", [1, 7])
async def test_a_batch_is_never_larger_than_the_setting(size: int) -> None:
    transport = InMemoryTransport()
    stage = FunctionStage()
    async with running(stage, transport, batch_size=size) as runner:
        await deliver_all(transport, runner, 30)
        await until(lambda: len(transport.acknowledged) == 30)

    assert max(map(len, stage.batches)) <= size


async def test_outputs_of_a_redriven_message_carry_its_attempts() -> None:
    transport = InMemoryTransport()
    redriven = Record("t", 0, 1, 0.0, b"1", b"{}", ((ATTEMPTS_HEADER, b"2"),))
    async with running(FunctionStage(), transport) as runner:
        await transport.deliver(runner, redriven)
        await transport.deliver(runner, record(2))
        await until(lambda: len(transport.acknowledged) == 2)

    tries = [dict(outgoing.headers).get(ATTEMPTS_HEADER) for outgoing in transport.produced]
    assert tries == [b"2", None]


async def test_outputs_continue_the_trace_of_their_message_or_begin_one() -> None:
    theirs = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    transport = InMemoryTransport()
    async with running(FunctionStage(), transport) as runner:
        await transport.deliver(
            runner, Record("t", 0, 1, 0.0, b"1", b"{}", (("traceparent", theirs),))
        )
        await transport.deliver(runner, record(2))
        await until(lambda: len(transport.acknowledged) == 2)

    passed_on, begun = (dict(outgoing.headers) for outgoing in transport.produced)
    assert passed_on["traceparent"] == passed_on["ce_traceparent"] == theirs
    assert re.fullmatch(rb"00-[0-9a-f]{32}-[0-9a-f]{16}-00", begun["traceparent"])
