"""A shard's clock follows the times of the articles, not the time of processing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.dedup.event_clock import EventClock

YEAR = 365 * 86400


def test_an_undated_article_in_an_archive_does_not_set_the_clock_to_the_present() -> None:
    clock = EventClock()
    clock.advance(1000, 1000 + YEAR, dated=True)
    clock.advance(1005 + YEAR, 1005 + YEAR, dated=False)

    assert clock.now == 1005


def test_undated_articles_alone_advance_the_clock_to_their_arrival() -> None:
    clock = EventClock()
    for second in (100, 160, 400):
        clock.advance(second, second, dated=False)

    assert clock.now == 400


def test_the_clock_never_moves_backwards() -> None:
    clock = EventClock()
    clock.advance(1000, 2000, dated=True)
    clock.advance(500, 2100, dated=True)

    assert clock.now == 1000


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6), st.booleans())))
def test_a_restored_clock_continues_like_an_uninterrupted_one(
    ticks: list[tuple[int, int, bool]],
) -> None:
    uninterrupted, restored = EventClock(), EventClock()
    for at, taken, dated in ticks:
        uninterrupted.advance(at, taken, dated=dated)
        next_clock = EventClock()
        next_clock.restore(restored.now, restored.anchor if restored.now else None)
        next_clock.advance(at, taken, dated=dated)
        restored = next_clock

    assert (restored.now, restored.anchor) == (uninterrupted.now, uninterrupted.anchor)
