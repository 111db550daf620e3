"""Workers are killed and stopped under load: nothing lost, nothing doubled."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

from services.processing.stages import STAGES
from tests.faults import plan, results
from tests.faults.crew import Crew, Load, assert_answers_as_without_faults, raw_records
from tests.faults.plan import sized


def moments(row: str, rounds: int, seconds: float) -> Iterator[tuple[float, str]]:
    """When to hurt which stage: each so often, at random moments of the load, in seconds."""
    rng = plan.chance(row)
    slots = [
        (seconds * (number + rng.random()) / rounds, stage)
        for stage in STAGES
        for number in range(rounds)
    ]
    return iter(sorted(slots))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=lambda how: how.name)
def test_each_stage_ends_again_and_again(crew: Crew, how: signal.Signals) -> None:
    """After SIGTERM there is not even a repeat."""
    began = time.monotonic()
    kill = how is signal.SIGKILL
    number, rounds = sized(240, 20_000), sized(1, 20)
    rate = sized(80.0, 45.0 if kill else 80.0)  # a kill costs the stage its session timeout
    crew.start()
    with Load(crew.cluster.bootstrap, raw_records(number, how.name), rate):
        start = time.monotonic()
        for at, stage in moments(how.name, rounds, number / rate):
            time.sleep(max(0.0, start + at - time.monotonic()))
            crew.hurt(stage, how)
    crew.caught_up(sized(120, 900))

    report = crew.check()
    assert kill or report["redelivered"] == 0
    assert crew.restarts == 0, "a worker ended by itself"
    assert_answers_as_without_faults(crew.cluster)
    results.note(f"{how.name}, each stage × {rounds}", began, report)
