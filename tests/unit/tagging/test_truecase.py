from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.tagging.truecase import Truecaser, is_all_caps


def test_a_headline_in_capitals_gets_the_case_of_the_body() -> None:
    headline = "FERRY LINE TO SKARHOLM REOPENS AFTER STORM"
    body = "The ferry line to Skarholm reopens on Sunday, a week after the storm."

    assert (
        Truecaser([headline], [body]).restore(headline)
        == "ferry line to Skarholm reopens after storm"
    )


def test_unknown_short_words_stay_in_capitals() -> None:
    assert (
        Truecaser([], []).restore("NATO AND IHO CONFER IN SKARHOLM")
        == "NATO and IHO Confer in Skarholm"
    )


def test_text_in_mixed_case_is_not_changed() -> None:
    text = "Ferry line to SKARHOLM reopens"

    assert text is Truecaser([text], []).restore(text)


def test_title_case_is_undone_in_headlines_only() -> None:
    headline = "Ferry Line Reopens After Storm in Skarholm"
    truecaser = Truecaser([headline], ["The ferry line reopens after a storm near Skarholm."])

    assert (
        truecaser.restore(headline, headline=True) == "Ferry line reopens after storm in Skarholm"
    )
    assert truecaser.restore(headline) == headline


def test_a_single_acronym_is_not_text_in_capitals() -> None:
    assert not is_all_caps("NATO")
    assert not is_all_caps("1,234 / 5")


@given(st.text(max_size=80))
def test_restoring_the_case_keeps_the_length(text: str) -> None:
    assert len(text) == len(Truecaser([text], []).restore(text))
