"""Which series of failures reach the poison limit, and which do not."""

from __future__ import annotations

from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.processing.poison_limit import PoisonLimit, PoisonLimitError


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
