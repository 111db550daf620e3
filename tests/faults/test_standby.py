"""Dedup workers share the languages; whoever takes one over answers as if nothing had been."""

from __future__ import annotations

import signal
import time

import pytest

from tests.faults import results
from tests.faults.crew import Crew, Load, assert_answers_as_without_faults, raw_records
from tests.faults.plan import sized
from tests.integration.harness import Worker, eventually


@pytest.mark.parametrize("standbys", sized([1], [0, 1, 2]))
def test_three_workers_share_languages_and_one_that_dies_changes_no_answer(
    crew: Crew, standbys: int
) -> None:
    """It is killed with work in hand, and not started again: the others have its languages."""
    began = time.monotonic()
    number, rate = sized(300, 4000), 60.0
    crew.start("cleaning", "tagging")
    crew.end("dedup")
    workers = [crew.launch("dedup", NEWSLOOM_STANDBY_REPLICAS=str(standbys)) for _ in range(3)]
    crew.wait_until_ready()
    with Load(crew.cluster.bootstrap, raw_records(number, f"{standbys} standby"), rate):
        eventually(lambda: sum(done(one) > 0 for one in workers) > 1, "they share the languages")
        time.sleep(sized(1.0, 10.0))
        busiest = max(workers, key=done)
        assert busiest.end(signal.SIGKILL) == -signal.SIGKILL
    crew.caught_up(sized(120, 600))

    report = crew.check()
    assert crew.restarts == 0, "a worker ended by itself"
    assert_answers_as_without_faults(crew.cluster)
    results.note(f"SIGKILL of one of three dedup workers, {standbys} standby", began, report)


def done(worker: Worker) -> int:
    """Messages that the worker has settled."""
    return worker.counted("newsloom_messages_out_total")
