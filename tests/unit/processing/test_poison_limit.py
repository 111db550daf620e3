"""Which series of failures reach the poison limit, and which do not."""

from __future__ import annotations

from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.messaging.errors import Reason, Rejected
from services.processing.poison_limit import (
    FailureCount,
    PoisonLimit,
    PoisonLimitError,
    StagePoisonLimit,
)
from services.processing.stage import DeadLettered
from services.settings import Settings


def test_the_limit_of_failures_in_a_row_raises() -> None:
    limit = PoisonLimit(in_a_row=100, ratio=0, window=1000)
    limit.count(repeat(True, 99))

    with pytest.raises(PoisonLimitError, match="100 messages in a row failed"):
        limit.count([True])


def test_one_success_resets_the_failures_in_a_row() -> None:
    limit = PoisonLimit(in_a_row=100, ratio=0, window=1000)
    for _ in range(10):
        limit.count([*repeat(True, 99), False])

    assert limit.in_a_row == 0


def test_the_ratio_counts_once_there_are_enough_messages() -> None:
    """There is no ratio before the window is full: two failures at the start do not stop it."""
    limit = PoisonLimit(in_a_row=0, ratio=0.5, window=10)
    limit.count([True] * 9)

    with pytest.raises(PoisonLimitError, match="10 of the last 10 messages failed"):
        limit.count([True])


def test_the_ratio_is_of_the_last_messages_alone() -> None:
    limit = PoisonLimit(in_a_row=0, ratio=0.5, window=10)
    limit.count([False] * 1000)
    limit.count([True] * 4)

    with pytest.raises(PoisonLimitError, match="5 of the last 10 messages failed"):
        limit.count([True])


def test_one_failure_in_fifty_is_within_the_default_limits() -> None:
    limit = PoisonLimit(in_a_row=100, ratio=0.5, window=1000)

    limit.count(number % 50 == 0 for number in range(100_000))

    assert limit.ratio == pytest.approx(0.02)


def test_zero_means_no_limit() -> None:
    PoisonLimit(in_a_row=0, ratio=0, window=10).count(repeat(True, 10_000))


@given(st.lists(st.booleans(), max_size=300), st.integers(1, 40))
def test_the_ratio_equals_a_full_recount(outcomes: list[bool], window: int) -> None:
    limit = PoisonLimit(in_a_row=0, ratio=0, window=window)
    limit.count(outcomes)

    last = outcomes[-window:]
    assert limit.ratio == (sum(last) / window if len(last) == window else 0)


def test_a_message_that_is_passed_over_does_not_end_a_row_of_failures() -> None:
    limit = PoisonLimit(in_a_row=9, ratio=0, window=10)

    assert limit.count([True, None, True, False, None, True]) == [1, 1, 2, 0, 0, 1]


def test_the_count_is_read_back_from_the_metadata_of_an_offset() -> None:
    count = FailureCount(at=1_700_000_000.25, in_a_row=96)

    assert FailureCount.from_metadata(count.to_metadata()) == count


@pytest.mark.parametrize("metadata", ["", "what is this", "[]", "null", "{}", '{"at": "x"}', "1"])
def test_metadata_of_another_program_are_no_count(metadata: str) -> None:
    assert FailureCount.from_metadata(metadata) is None


@pytest.mark.parametrize(
    ("counts", "failures_left"),
    [
        ([], 5),
        ([FailureCount(1.0, 4)], 1),
        # The newest count holds a success that came after the others: they are out of date.
        ([FailureCount(1.0, 4), FailureCount(2.0, 0)], 5),
        ([FailureCount(2.0, 4), FailureCount(1.0, 0)], 1),
    ],
)
def test_a_new_assignment_goes_on_from_the_newest_committed_count(
    counts: list[FailureCount], failures_left: int
) -> None:
    limit = StagePoisonLimit("test", Settings(poison_in_a_row=5))
    failure = DeadLettered(Rejected(Reason.BAD_FIELDS, "x"))
    limit.count([failure] * 3)

    limit.resume([one.to_metadata() for one in counts])

    limit.count([failure] * (failures_left - 1))
    with pytest.raises(PoisonLimitError):
        limit.count([failure])
