"""A shard's clock follows the news, not the moment of reading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.dedup.event_clock import EventClock

YEAR = 365 * 86400


def test_an_undated_article_in_an_archive_does_not_bring_the_present_in() -> None:
    clock = EventClock()
    clock.advance(1000, 1000 + YEAR, dated=True)
    clock.advance(1005 + YEAR, 1005 + YEAR, dated=False)

    assert clock.now == 1005


def test_undated_articles_alone_move_it_as_they_come() -> None:
    clock = EventClock()
    for second in (100, 160, 400):
        clock.advance(second, second, dated=False)

    assert clock.now == 400


def test_it_never_goes_back() -> None:
    clock = EventClock()
    clock.advance(1000, 2000, dated=True)
    clock.advance(500, 2100, dated=True)

    assert clock.now == 1000


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6), st.booleans())))
def test_restored_from_what_was_noted_last_it_goes_on_alike(
    ticks: list[tuple[int, int, bool]],
) -> None:
    through, restored = EventClock(), EventClock()
    for at, taken, dated in ticks:
        through.advance(at, taken, dated=dated)
        noted = EventClock()
        noted.restore(restored.now, restored.anchor if restored.now else None)
        noted.advance(at, taken, dated=dated)
        restored = noted

    assert (restored.now, restored.anchor) == (through.now, through.anchor)
