"""Texts have the expected tokens, shingles, dates and summary sentences."""

import re
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.dedup.features.date_mentions import finder_for, last_weekday
from services.dedup.features.tokenizer import intersection_size, sorted_unique, written_numbers
from services.dedup.features.tokens import shingles, tokenize
from services.dedup.stories.summary_sentences import lead_sentences


@given(st.text(max_size=300))
def test_a_text_has_one_shingle_for_every_five_consecutive_words(text: str) -> None:
    tokens = tokenize(text)

    length = len(tokens.hashes)
    expected = max(0, length - 4) if length > 5 else min(1, length)
    assert expected == len(shingles(tokens.hashes))


@given(st.lists(st.integers(0, 2**32 - 1)), st.lists(st.integers(0, 2**32 - 1)))
def test_intersection_size_counts_the_common_elements_of_two_sets(
    left: list[int], right: list[int]
) -> None:
    one = sorted_unique(np.array(left, dtype=np.uint32))
    other = sorted_unique(np.array(right, dtype=np.uint32))

    assert len(set(left) & set(right)) == intersection_size(one, other)


def test_case_and_plural_make_no_difference() -> None:
    assert np.array_equal(tokenize("Ferry bridges").hashes, tokenize("ferry bridge").hashes)
    assert not np.array_equal(tokenize("glass").hashes, tokenize("glas").hashes)


def test_days_are_found_in_both_orders() -> None:
    text = "On May 4 and Jan. 12th; on 3 June too, but not in May 2031 or Mar 45."

    assert {504, 112, 603} == finder_for("en").days(text)


def test_a_weekday_is_the_last_one_before_publication() -> None:
    assert finder_for("en").weekdays("They met on Friday.") == {4}
    assert last_weekday(4, date(2031, 5, 4)) == 502


def test_sentences_are_quoted_word_for_word() -> None:
    body = "Short one. The ferry to Skarholm sailed again on Sunday morning. It was full of people."

    expected = ["The ferry to Skarholm sailed again on Sunday morning.", "It was full of people."]
    assert expected[:1] == lead_sentences(body, 1)


def test_an_abbreviation_does_not_end_a_sentence_of_the_summary() -> None:
    body = "The bridge was opened by Dr. Marta Falk on Sunday. It had been closed for a year."

    assert lead_sentences(body, 1) == ["The bridge was opened by Dr. Marta Falk on Sunday."]


def test_a_closing_quotation_mark_belongs_to_the_sentence() -> None:
    body = "“The ferry will sail again on Sunday.” That was all the captain had to say."

    assert lead_sentences(body, 1) == ["“The ferry will sail again on Sunday.”"]


def test_the_last_sentence_of_a_truncated_text_is_left_out() -> None:
    whole = "The ferry sailed again on Sunday morning.\n"
    body = whole + "It was full of people who " + "waved and " * 200

    assert [whole.strip()] == lead_sentences(body)


WILD = st.text(
    alphabet=st.one_of(
        st.characters(max_codepoint=0x058F), st.sampled_from('aAsS 1.,²٣。\n”"!😀𝐀')
    ),
    max_size=60,
)
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@given(WILD)
def test_tokens_and_numbers_are_those_of_a_regular_expression(text: str) -> None:
    expected = _WORD.findall(text)
    tokens = tokenize(text)
    numbers_in = [any(letter.isdigit() for letter in word) for word in expected]

    assert len(expected) == len(tokens.hashes)
    assert [word[0].isupper() for word in expected] == tokens.is_capitalized.tolist()
    assert numbers_in == tokens.has_digit.tolist()
    assert [
        len(word) < 3 and word.isascii() and not number
        for word, number in zip(expected, numbers_in, strict=True)
    ] == tokens.is_short.tolist()
    assert _NUMBER.findall(text) == written_numbers(text)


@given(st.lists(st.sampled_from(["ferry", "Ferry", "ferries", "quay", "٣٤", "ÉTÉ", "été", "ss"])))
def test_equal_words_have_equal_hashes_and_different_words_do_not(found: list[str]) -> None:
    hashes = tokenize(" ".join(found)).hashes.tolist()

    folded = [word.lower().removesuffix("s") if len(word) > 3 else word.lower() for word in found]
    assert len(set(folded)) == len(set(hashes))
