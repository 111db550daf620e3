"""Workers of one group are stalled and multiplied under load: nothing lost, nothing doubled."""

from __future__ import annotations

import signal
import time

import pytest

from services.processing.stages import STAGES
from tests.faults import plan, results
from tests.faults.crew import Crew, Load, assert_answers_as_without_faults, raw_records
from tests.faults.plan import sized
from tests.integration.harness import Worker, eventually

SESSION_SECONDS = 6.0
"""What the harness sets: a worker silent for longer loses its partitions."""

HEARD_SECONDS = 4.0
"""Some heartbeats: by then a worker that goes on has heard that it was put out."""

SLOW = {"FAULT_SLOW": "0.02"}
"""Seconds more a message, so that a stall falls into work."""


@pytest.mark.parametrize("stage", sized(["dedup"], list(STAGES)))
def test_a_worker_that_stalls_past_its_session_doubles_nothing(crew: Crew, stage: str) -> None:
    """Another has taken its partitions over when it goes on, in the middle of a batch."""
    began = time.monotonic()
    number, rate, rounds = sized(8000, 24_000), 40.0, sized(1, 5)
    crew.start(*(one for one in STAGES if one != stage))
    crew.start(stage, **SLOW)
    crew.launch(stage, **SLOW)
    crew.wait_until_ready()
    rng = plan.chance(f"stall {stage}")
    with Load(crew.cluster.bootstrap, raw_records(number, f"stall {stage}"), rate) as load:
        for _ in range(rounds):
            stalled = at_work(crew.of(stage))
            time.sleep(rng.uniform(0.1, 1))
            stalled.process.send_signal(signal.SIGSTOP)
            time.sleep(SESSION_SECONDS + rng.uniform(2, 4))
            stalled.process.send_signal(signal.SIGCONT)
            if not goes_on(stalled):
                crew.launch(stage, **SLOW)
                crew.wait_until_ready()
        load.enough()
    crew.start(stage)  # the rest need not be slow
    crew.caught_up(sized(120, 600))

    report = crew.check()
    assert_answers_as_without_faults(crew.cluster)
    results.note(f"SIGSTOP of {stage} past its session × {rounds}", began, report)


def test_stages_grow_and_shrink_under_load(crew: Crew) -> None:
    """1 → 3 → 1 workers; the lag is zero again within a minute."""
    began = time.monotonic()
    number, rate, rounds = 12_000, sized(40.0, 60.0), sized(1, 2)
    stages = sized(["dedup"], list(STAGES))
    crew.start()
    with Load(crew.cluster.bootstrap, raw_records(number, "scale"), rate) as load:
        for _ in range(rounds):
            more = [crew.launch(stage) for stage in stages for _ in range(2)]
            crew.wait_until_ready()
            for worker in more:
                assert worker.end() == 0, worker.last_words()
        load.enough()
    seconds = crew.caught_up(60)

    report = crew.check()
    assert report["redelivered"] == 0
    assert crew.restarts == 0, "a worker ended by itself"
    assert_answers_as_without_faults(crew.cluster)
    results.note(
        f"1 → 3 → 1 workers × {rounds}", began, report, seconds_to_zero_lag=round(seconds, 1)
    )


def at_work(workers: list[Worker]) -> Worker:
    """The first of the workers that settles a message."""
    before = [worker.counted("newsloom_messages_out_total") for worker in workers]
    found: list[Worker] = []

    def one_works() -> bool:
        found[:] = [
            worker
            for worker, count in zip(workers, before, strict=True)
            if worker.counted("newsloom_messages_out_total") > count
        ]
        return bool(found)

    eventually(one_works, "one is at work", 60)
    return found[0]


def goes_on(worker: Worker) -> bool:
    """Whether the worker works again; False where it has ended instead."""
    time.sleep(HEARD_SECONDS)
    eventually(lambda: worker.ready() or worker.process.poll() is not None, "it goes on", 60)
    return worker.process.poll() is None
