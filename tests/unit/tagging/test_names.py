from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tagging.names import fold, is_acronym, trim


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("the Harbour Board", "Harbour Board"),
        ("The United States", "United States"),
        ("Skarholm's", "Skarholm"),
        ("Skarholm’s", "Skarholm"),
        ("the Falks'", "Falks"),
        ("“Skarholm,”", "Skarholm"),
        ("U.S.", "U.S."),
        ("Acme Inc.", "Acme Inc."),
        ("Ida Falk Jr.", "Ida Falk Jr."),
        ("Skarholm.", "Skarholm"),
        ("  the  Skarholm Post (", "Skarholm Post"),
        ("...", ""),
    ],
)
def test_what_is_around_a_name_is_cut(marked: str, name: str) -> None:
    start, end = trim(marked, 0, len(marked))

    assert name == marked[start:end]


@given(st.text(max_size=60))
def test_trim_stays_within_its_bounds_and_is_final(text: str) -> None:
    start, end = trim(text, 0, len(text))

    assert 0 <= start <= end <= len(text)
    assert (start, end) == trim(text, start, end)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "US"),
        ("U.S", "US"),
        ("J.P. Falk", "JP Falk"),
        ("O’Hara", "O'Hara"),
        ("A  B", "a b"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert fold(one).lower() == fold(other).lower()


def test_two_capitals_are_no_small_word() -> None:
    assert fold("US") != fold("us")


@pytest.mark.parametrize(("name", "expected"), [("NATO", True), ("U.N.", True), ("Nato", False)])
def test_acronyms(name: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert expected is is_acronym(name)
