from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tagging.names import fold_name, is_acronym, trim_name


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
def test_marks_articles_and_possessives_around_a_name_are_removed(marked: str, name: str) -> None:
    start, end = trim_name(marked, 0, len(marked))

    assert name == marked[start:end]


@given(st.text(max_size=60))
def test_trimming_stays_within_the_bounds_and_is_idempotent(text: str) -> None:
    start, end = trim_name(text, 0, len(text))

    assert 0 <= start <= end <= len(text)
    assert (start, end) == trim_name(text, start, end)


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
def test_spellings_of_one_name_have_one_folded_form(one: str, other: str) -> None:
    assert fold_name(one).lower() == fold_name(other).lower()


def test_a_name_of_two_capitals_is_not_equal_to_the_lower_case_word() -> None:
    assert fold_name("US") != fold_name("us")


@pytest.mark.parametrize(("name", "expected"), [("NATO", True), ("U.N.", True), ("Nato", False)])
def test_acronyms_are_recognised_with_and_without_dots(name: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert expected is is_acronym(name)
