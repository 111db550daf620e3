from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.tagging.truecase import Truecaser, is_all_capitals


def test_a_headline_takes_the_case_that_the_body_writes() -> None:
    headline = "FERRY LINE TO SKARHOLM REOPENS AFTER STORM"
    body = "The ferry line to Skarholm reopens on Sunday, a week after the storm."

    assert (
        Truecaser([headline], [body]).reading(headline)
        == "ferry line to Skarholm reopens after storm"
    )


def test_short_words_that_nobody_knows_stay_acronyms() -> None:
    assert (
        Truecaser([], []).reading("NATO AND IHO CONFER IN SKARHOLM")
        == "NATO and IHO Confer in Skarholm"
    )


def test_mixed_case_is_left_alone() -> None:
    text = "Ferry line to SKARHOLM reopens"

    assert text is Truecaser([text], []).reading(text)


def test_title_case_is_undone_in_a_headline_alone() -> None:
    headline = "Ferry Line Reopens After Storm in Skarholm"
    memory = Truecaser([headline], ["The ferry line reopens after a storm near Skarholm."])

    assert memory.reading(headline, headline=True) == "Ferry line reopens after storm in Skarholm"
    assert memory.reading(headline) == headline


def test_a_single_acronym_does_not_shout() -> None:
    assert not is_all_capitals("NATO")
    assert not is_all_capitals("1,234 / 5")


@given(st.text(max_size=80))
def test_reading_never_moves_a_character(text: str) -> None:
    assert len(text) == len(Truecaser([text], []).reading(text))
