"""The words that a line shares with the likely text of its page."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.cleaning.classifier.shared_topic import topic_shares, topic_words

HARBOUR = "The harbour council closed the northern bridge before the winter storms arrived."
BRIDGE = "Engineers of the harbour council say that the northern bridge has cracks in its deck."
RECIPE = "Melt butter, whisk eggs with sugar and bake the lemon cake until golden on top."


def shares(lines: list[str], likely: list[bool]) -> list[list[float]]:
    weights = np.array([len(line) for line in lines], dtype=np.float32)
    found: list[list[float]] = topic_shares(topic_words(lines), np.array(likely), weights).tolist()
    return found


def test_a_line_on_the_topic_of_the_text_shares_more_words_than_another() -> None:
    once, _, _ = shares([HARBOUR, BRIDGE, RECIPE], [True, True, False])

    assert once[0] > 0.3
    assert once[1] > 0.3
    assert once[2] == 0


def test_a_line_does_not_share_its_words_with_itself() -> None:
    once, twice, _ = shares([HARBOUR, RECIPE], [True, True])

    assert once == [0, 0]
    assert twice == [0, 0]


def test_short_words_do_not_count() -> None:
    once, twice, _ = shares([HARBOUR, "on the to a"], [True, False])

    assert once[1] == -1
    assert twice[1] == -1


def test_the_neighbourhood_counts_long_lines_more_than_short_ones() -> None:
    _, _, around = shares([HARBOUR, BRIDGE, RECIPE, "Lemon cakes"], [True, True, False, False])

    assert around[0] > around[3]


LINES = st.lists(st.text(alphabet="abcdefg ", max_size=60), min_size=1, max_size=12)


@given(LINES)
def test_shares_lie_between_nothing_and_all_words(lines: list[str]) -> None:
    likely = [bool(len(line) % 2) for line in lines]

    once, twice, around = shares(lines, likely)

    assert all(value == -1 or 0 <= value <= 1 for value in once + twice)
    assert all(b <= a for a, b in zip(once, twice, strict=True))
    assert all(0 <= value <= 1 for value in around)
