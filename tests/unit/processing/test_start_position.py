"""Where a stage reads on: at the wanted offset if it is there, else at the log's first record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.processing.start_position import Cause, StartPosition, choose


@pytest.mark.parametrize("wanted", [10, 15, 20])
def test_an_offset_that_the_log_has_is_kept(wanted: int) -> None:
    assert choose(wanted, 10, 20) == StartPosition(wanted)


def test_without_a_committed_offset_everything_that_is_left_is_read() -> None:
    assert choose(None, 10, 20) == StartPosition(10, Cause.NO_COMMIT, unknown=10)


def test_deleted_records_are_counted_as_expired() -> None:
    assert choose(7, 10, 20) == StartPosition(10, Cause.EXPIRED, expired=3)


def test_all_records_may_have_expired() -> None:
    assert choose(7, 20, 20) == StartPosition(20, Cause.EXPIRED, expired=13)


def test_a_log_that_ends_before_the_offset_is_read_from_its_beginning() -> None:
    assert choose(21, 0, 20) == StartPosition(0, Cause.BEYOND_END)
    assert choose(21, 5, 20) == StartPosition(5, Cause.BEYOND_END, unknown=5)


@given(
    st.none() | st.integers(0, 100),
    st.integers(0, 100),
    st.integers(0, 100),
)
def test_no_record_that_is_left_and_unread_is_skipped(
    wanted: int | None, log_start: int, length: int
) -> None:
    log_end = log_start + length

    start = choose(wanted, log_start, log_end)

    assert log_start <= start.offset <= log_end
    if wanted is not None and wanted <= log_end:
        assert start.offset == max(wanted, log_start)
        assert start.expired == start.offset - wanted
    else:
        assert start.offset == log_start
