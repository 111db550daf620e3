"""The timer queue returns names in a fixed order, and never before they are due."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.dedup.storage.timer_queue import HOUR, TimerQueue


def test_names_are_due_by_the_hour_and_then_by_name() -> None:
    timers = TimerQueue()
    timers.schedule(7200, "b")
    timers.schedule(7199, "a")
    timers.schedule(3600, "z")

    assert timers.pop_due(3599) is None
    assert timers.pop_due(7200) == "z"
    assert timers.last_due == 3600
    assert [timers.pop_due(7200) for _ in range(3)] == ["a", "b", None]


@given(st.lists(st.tuples(st.integers(0, 20 * HOUR), st.text("abc", max_size=3))))
def test_names_scheduled_together_expire_in_the_order_of_names_scheduled_one_by_one(
    timers: list[tuple[int, str]],
) -> None:
    single, many = TimerQueue(), TimerQueue()
    for at, name in timers:
        single.schedule(at, name)
    many.schedule_many(np.array([at for at, _ in timers], dtype=np.int64), [n for _, n in timers])

    popped = [single.pop_due(20 * HOUR) for _ in range(len(timers) + 1)]
    assert [many.pop_due(20 * HOUR) for _ in range(len(timers) + 1)] == popped
    assert popped == [
        *(name for _hour, name in sorted((-(-at // HOUR), name) for at, name in timers)),
        None,
    ]
