"""The note of gaps beside a committed offset keeps their counts and fits Kafka's limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.processing.unread_gaps import KEPT, Gap, decode, encode

NOW = 1_800_000_000
OFFSET_METADATA_BYTES = 4096
"""Kafka's default of `offset.metadata.max.bytes`."""

GAPS = st.lists(
    st.builds(
        Gap,
        st.integers(0, 2**53),
        st.integers(0, 2**53),
        st.integers(1, 2**53),
        st.just(NOW),
        st.booleans(),
    ),
    max_size=100,
)


def test_no_gap_needs_no_note() -> None:
    assert encode([], NOW) == ""
    assert decode("") == []


def test_a_note_is_read_as_it_was_written() -> None:
    gaps = [Gap(3, 10, 7, NOW - 5, True), Gap(0, 12, 12, NOW, False)]

    assert decode(encode(gaps, NOW)) == gaps


def test_a_gap_is_forgotten_when_the_audit_can_no_longer_see_it() -> None:
    old = Gap(3, 10, 7, NOW - int(KEPT.total_seconds()) - 1, True)
    new = Gap(20, 21, 1, NOW, True)

    assert decode(encode([old, new], NOW)) == [new]


@pytest.mark.parametrize("note", [None, "by another client", "[]", '{"unread": [[1]]}', '{"a": 1}'])
def test_a_note_of_others_is_no_gap(note: str | None) -> None:
    assert decode(note) == []


@given(GAPS)
def test_any_number_of_gaps_fits_and_keeps_its_count(gaps: list[Gap]) -> None:
    note = encode(gaps, NOW)

    assert len(note.encode()) <= OFFSET_METADATA_BYTES
    if sum(gap.count for gap in gaps) < 2**63:
        assert sum(gap.count for gap in decode(note)) == sum(gap.count for gap in gaps)
