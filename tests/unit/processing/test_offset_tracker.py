"""The committable offset never passes a record that is not acknowledged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.processing.offset_tracker import OffsetTracker


def test_nothing_is_committable_before_an_acknowledgement() -> None:
    tracker = OffsetTracker()
    tracker.deliver(5, "a")

    assert tracker.committable is None
    assert tracker.pending == 1


def test_a_later_record_waits_for_an_earlier_one() -> None:
    tracker = OffsetTracker()
    for offset in (10, 11, 12):
        tracker.deliver(offset, offset)

    tracker.acknowledge(12, 12)
    assert tracker.committable is None
    tracker.acknowledge(10, 10)
    assert tracker.committable == 11
    tracker.acknowledge(11, 11)
    assert tracker.committable == 13


def test_a_record_of_an_older_assignment_acknowledges_nothing() -> None:
    tracker = OffsetTracker()
    old, new = object(), object()
    tracker.deliver(3, new)

    assert not tracker.acknowledge(3, old)
    assert tracker.committable is None
    assert tracker.acknowledge(3, new)


def test_acknowledging_twice_changes_nothing() -> None:
    tracker = OffsetTracker()
    tracker.deliver(1, "a")

    assert tracker.acknowledge(1, "a")
    assert not tracker.acknowledge(1, "a")
    assert tracker.committable == 2


def test_a_record_that_is_delivered_again_does_not_lower_the_committable_offset() -> None:
    tracker = OffsetTracker()
    records = [(5, "a"), (6, "b"), (7, "c"), (5, "d")]
    for offset, record in records:
        tracker.deliver(offset, record)
    for offset, record in records:
        tracker.acknowledge(offset, record)

    assert tracker.committable == 8


def test_records_delivered_again_after_they_were_done_do_not_lower_the_committable_offset() -> None:
    tracker = OffsetTracker()
    for delivery in range(2):
        for offset in (5, 6, 7):
            tracker.deliver(offset, (delivery, offset))
        assert tracker.committable == (None, 8)[delivery]
        for offset in (5, 6, 7):
            tracker.acknowledge(offset, tracker._pending[offset])
            assert (tracker.committable or 0) >= (0, 8)[delivery]

    assert tracker.committable == 8


def test_the_metadata_are_those_of_the_last_message_below_the_committable_offset() -> None:
    tracker = OffsetTracker()
    for offset in (10, 11, 12):
        tracker.deliver(offset, offset)

    tracker.acknowledge(12, 12, "twelve")
    assert tracker.metadata == ""
    tracker.acknowledge(10, 10, "ten")
    assert (tracker.committable, tracker.metadata) == (11, "ten")
    tracker.acknowledge(11, 11, "eleven")
    assert (tracker.committable, tracker.metadata) == (13, "twelve")
    tracker.deliver(10, "again")
    tracker.acknowledge(10, "again", "ten again")
    assert (tracker.committable, tracker.metadata) == (13, "twelve")


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9))))
def test_the_committable_offset_never_falls_and_never_rises_past_a_record_in_progress(
    steps: list[tuple[bool, int]],
) -> None:
    """Records are delivered (True) and acknowledged in any order, also again and backwards."""
    tracker = OffsetTracker()
    delivered: dict[int, object] = {}
    pending: set[int] = set()
    committable = 0
    for deliver, offset in steps:
        if deliver:
            delivered[offset] = object()
            tracker.deliver(offset, delivered[offset])
            pending.add(offset)
        elif offset in delivered:
            tracker.acknowledge(offset, delivered[offset])
            pending.discard(offset)
        risen_to = tracker.committable or 0
        assert risen_to >= committable
        if risen_to > committable:
            assert not any(committable <= one < risen_to for one in pending)
        committable = risen_to


@given(st.sets(st.integers(0, 10_000), min_size=1), st.randoms())
def test_the_committable_offset_equals_its_definition_in_any_order_with_any_gaps(
    offsets: set[int], random: object
) -> None:
    """It is one past the last record before the first that is not acknowledged."""
    order = sorted(offsets)
    tracker = OffsetTracker()
    for offset in order:
        tracker.deliver(offset, offset)
    shuffled = list(order)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random

    acknowledged: set[int] = set()
    for offset in shuffled:
        tracker.acknowledge(offset, offset)
        acknowledged.add(offset)
        done = []
        for candidate in order:
            if candidate not in acknowledged:
                break
            done.append(candidate)
        assert tracker.committable == (done[-1] + 1 if done else None)
        assert tracker.pending == len(order) - len(acknowledged)
