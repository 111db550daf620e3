"""The runner: delivery rules, batches, drain, retries and poison, on the in-memory transport."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Sequence

import pytest

from schemas.envelope import HEARTBEAT_HEADER
from schemas.topics import CLEAN, DEAD_LETTERS
from services.messaging.dead_letters import ATTEMPTS_HEADER, parse
from services.messaging.errors import Reason, Rejected, TransientError, UndeliveredError
from services.messaging.records import OutgoingRecord, Record
from services.observability import metrics
from services.processing.poison_limit import PoisonLimitError
from services.processing.runner import StageRunner
from services.processing.stage import DeadLettered, Processed, Result, RowChange
from tests.support.in_memory_transport import InMemoryBroker, InMemoryTransport
from tests.support.running_stage import (
    BatchFaultStage,
    FunctionStage,
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
        await _deliver_all(transport, runner, 3)
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
        await _deliver_all(transport, runner, 3)
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
        await _deliver_all(transport, runner, 8)
        await until(lambda: len(transport.acknowledged) == 8)

    seen = _batch_work()
    assert seen["newsloom_batch_work_seconds_count"] == len(stage.batches)
    assert seen["0.05"] == 0


async def test_a_transient_failure_is_retried_until_it_succeeds() -> None:
    tries = 0

    def flaky(one: Record) -> Result:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise TransientError("away")
        return forward(one)

    transport = InMemoryTransport()
    async with running(FunctionStage(flaky), transport) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: transport.acknowledged == [1])

    assert tries == 3
    assert [outgoing.topic for outgoing in transport.produced] == [CLEAN]


async def test_a_lasting_transient_failure_stops_the_worker_unacknowledged() -> None:
    def away(one: Record) -> Result:
        raise TransientError("away")

    transport = InMemoryTransport()
    async with running(FunctionStage(away), transport, retries=2) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: transport.crashed is not None)

    assert isinstance(transport.crashed, TransientError)
    assert transport.acknowledged == []


async def test_an_undelivered_output_stops_the_worker_unacknowledged() -> None:
    transport = InMemoryTransport()
    transport.undeliverable_keys = {b"1"}
    async with running(FunctionStage(), transport, batch_wait=0.05) as runner:
        for offset in (0, 1, 2):
            await transport.deliver(runner, record(offset))
        await until(lambda: transport.crashed is not None)

    assert 1 not in transport.acknowledged


async def test_a_dead_letter_that_cannot_be_written_stops_the_worker_unacknowledged() -> None:
    transport = InMemoryTransport()
    transport.undeliverable_keys = {b"1"}
    reject = FunctionStage(lambda _: DeadLettered(Rejected(Reason.BAD_FIELDS, "x")))
    async with running(reject, transport) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: transport.crashed is not None)

    assert transport.acknowledged == []


async def test_an_output_the_broker_finds_too_large_becomes_a_dead_letter() -> None:
    transport = InMemoryTransport()
    transport.too_large_keys = {b"1"}
    async with running(FunctionStage(), transport) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: transport.acknowledged == [1])

    assert [outgoing.topic for outgoing in transport.produced] == [CLEAN, DEAD_LETTERS]
    assert transport.crashed is None


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


async def test_no_more_batches_are_in_flight_than_the_setting_says() -> None:
    transport = InMemoryTransport()
    transport.confirm_automatically = False
    stage = FunctionStage()
    async with running(stage, transport, batch_size=2, batches_in_flight=2) as runner:
        offers = asyncio.create_task(_deliver_all(transport, runner, 40))
        await until(lambda: len(stage.batches) == 3)
        await asyncio.sleep(0.05)

        assert len(stage.batches) == 3  # two in flight, one waits for a place
        assert not offers.done()
        offers.cancel()


async def test_drain_finishes_messages_in_progress_and_drops_the_rest() -> None:
    transport = InMemoryTransport()
    transport.confirm_automatically = False
    async with running(FunctionStage(), transport, batch_size=1, batches_in_flight=1) as runner:
        await _deliver_all(transport, runner, 3)
        await until(lambda: len(transport.pending) >= 1)
        drain = asyncio.create_task(runner.drain())
        await asyncio.sleep(0.02)
        assert not drain.done()

        transport.confirm_all()

        assert await drain
        assert runner.in_progress == 0
        assert transport.acknowledged == sorted(transport.acknowledged)


async def test_a_record_that_waited_for_the_queue_is_not_processed_after_the_drain() -> None:
    """Its outputs would be sent after the last commit, and sent again by the next worker."""
    transport = InMemoryTransport()
    async with running(FunctionStage(), transport, batch_size=1) as runner:
        assert await runner.drain()
        await transport.deliver(runner, record(1))
        await asyncio.sleep(0.05)
        assert transport.produced == []

        runner.on_revoke()
        await transport.deliver(runner, record(2))
        await until(lambda: bool(transport.acknowledged))
    assert transport.acknowledged == [2]


async def test_drain_gives_up_after_the_time_limit() -> None:
    transport = InMemoryTransport()
    transport.confirm_automatically = False
    async with running(FunctionStage(), transport, drain_seconds=0.05) as runner:
        await transport.deliver(runner, record(1))
        await until(lambda: bool(transport.pending))

        assert not await runner.drain()
    assert transport.acknowledged == []


async def test_a_record_of_an_older_assignment_is_skipped() -> None:
    transport = InMemoryTransport()
    stage = FunctionStage()
    async with running(stage, transport) as runner:
        await transport.deliver(runner, record(0))
        await runner.submit(record(1))  # consumed before the rebalance: not assigned any more
        await transport.deliver(runner, record(2))
        await until(lambda: len(transport.acknowledged) == 2)

    assert [offset for batch in stage.batches for offset in batch] == [0, 2]


async def _deliver_all(transport: InMemoryTransport, runner: StageRunner, count: int) -> None:
    for offset in range(count):
        await transport.deliver(runner, record(offset))


@pytest.mark.parametrize("size", [1, 7])
async def test_a_batch_is_never_larger_than_the_setting(size: int) -> None:
    transport = InMemoryTransport()
    stage = FunctionStage()
    async with running(stage, transport, batch_size=size) as runner:
        await _deliver_all(transport, runner, 30)
        await until(lambda: len(transport.acknowledged) == 30)

    assert max(map(len, stage.batches)) <= size


def _fails_at(*offsets: int, reason: Reason = Reason.BAD_FIELDS) -> FunctionStage:
    return FunctionStage(
        lambda one: DeadLettered(Rejected(reason, "x")) if one.offset in offsets else forward(one)
    )


async def test_failures_in_a_row_stop_the_worker_with_the_last_batch_unacknowledged() -> None:
    """Earlier failures are dead letters; nothing of the last batch is sent or acknowledged."""
    transport = InMemoryTransport()
    stage = _fails_at(*range(2, 100))
    async with running(stage, transport, batch_size=2, poison_in_a_row=5) as runner:
        for offset in range(8):
            await transport.deliver(runner, record(offset))
        await until(lambda: transport.crashed is not None)
        await until(lambda: len(transport.acknowledged) == 6)

    assert isinstance(transport.crashed, PoisonLimitError)
    assert transport.acknowledged == [0, 1, 2, 3, 4, 5]
    assert [one.key for one in transport.produced] == [str(n).encode() for n in range(6)]


async def _dead_letters_until_stopped(broker: InMemoryBroker, *partitions: int) -> int:
    """Run a worker that fails on everything until it stops; return all dead letters so far."""
    transport = InMemoryTransport(broker)
    transport.assign(("t", number) for number in partitions)
    stage = _fails_at(*range(100))
    async with running(stage, transport, batch_size=2, batch_wait=5, poison_in_a_row=6) as runner:
        runner.on_assign(transport.committed_metadata())
        consuming = asyncio.create_task(transport.consume(runner))
        await until(lambda: transport.crashed is not None and runner._delivery.is_idle)
        consuming.cancel()
        transport.commit()
    assert isinstance(transport.crashed, PoisonLimitError)
    return len(broker.read(DEAD_LETTERS))


async def test_a_restarted_worker_goes_on_counting_and_writes_no_more_dead_letters() -> None:
    broker = InMemoryBroker()
    for number in range(60):
        broker.append("t", number % 3, str(number).encode())

    assert await _dead_letters_until_stopped(broker, 0, 1, 2) == 4
    for _ in range(3):
        assert await _dead_letters_until_stopped(broker, 0, 1, 2) == 4
    # Of two workers that share the partitions, each goes on from the newest count of its own.
    assert await _dead_letters_until_stopped(broker, 0) == 4
    assert await _dead_letters_until_stopped(broker, 1, 2) == 6
    assert await _dead_letters_until_stopped(broker, 1, 2) == 6


async def test_filtered_messages_do_not_count_as_failures() -> None:
    transport = InMemoryTransport()
    stage = _fails_at(*range(100), reason=Reason.TOO_SHORT)
    async with running(stage, transport, poison_in_a_row=5) as runner:
        await _deliver_all(transport, runner, 50)
        await until(lambda: len(transport.acknowledged) == 50)

    assert transport.crashed is None


async def test_records_that_the_broker_refuses_count_as_failures() -> None:
    """The size limit of the topic was lowered without the project's knowledge."""
    transport = InMemoryTransport()
    transport.too_large_keys = {str(n).encode() for n in range(100)}
    async with running(
        FunctionStage(), transport, batch_size=1, poison_window=10, poison_ratio=0.5
    ) as runner:
        offers = asyncio.create_task(_deliver_all(transport, runner, 60))
        await until(lambda: transport.crashed is not None)
        offers.cancel()

    assert isinstance(transport.crashed, PoisonLimitError)


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


async def test_successful_heartbeats_do_not_hide_failures() -> None:
    reject = FunctionStage(lambda one: forward(one) if one.headers else _bad(one))
    transport = InMemoryTransport()
    async with running(reject, transport, poison_in_a_row=5) as runner:
        for offset in range(10):
            headers = ((HEARTBEAT_HEADER, b"2025-05-04T08:30:00Z"),) if offset % 2 else ()
            await transport.deliver(runner, Record("t", 0, offset, 0.0, b"1", b"{}", headers))
        await until(lambda: transport.crashed is not None)

    assert isinstance(transport.crashed, PoisonLimitError)


def _bad(one: Record) -> Result:
    return DeadLettered(Rejected(Reason.BAD_FIELDS, "x"))


async def test_nothing_is_sent_after_an_output_that_was_not_delivered() -> None:
    """The failed record is consumed again, and a later revision would have overtaken it."""
    began, may_end = threading.Event(), threading.Event()

    def slow(one: Record) -> Result:
        if one.offset == 2:
            began.set()
            may_end.wait(5)
        return forward(one)

    transport = InMemoryTransport()
    transport.confirm_automatically = False
    async with running(FunctionStage(slow), transport, batch_size=1) as runner:
        for offset in (1, 2):
            await transport.deliver(runner, record(offset))
        await until(began.is_set)
        transport.pending[0].fail()
        await until(lambda: transport.crashed is not None)
        may_end.set()
        await asyncio.sleep(0.1)

    assert [outgoing.key for outgoing in transport.produced] == [b"1"]
