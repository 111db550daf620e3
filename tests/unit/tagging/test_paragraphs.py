from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.tagging.paragraphs import MAX_PARAGRAPH_CHARS, MAX_WORD_CHARS, split_paragraphs


@given(st.text(alphabet=st.sampled_from("ab .\n\t…é🙂"), max_size=400))
def test_each_paragraph_is_a_slice_and_no_word_is_lost(text: str) -> None:
    parts = list(split_paragraphs(text))

    assert all(text[part.start : part.start + len(part.text)] == part.text for part in parts)
    assert "".join(text.split()) == "".join("".join(part.text.split()) for part in parts)
    assert not any("\n" in part.text or part.text.isspace() for part in parts)


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    text = "The ferry was late again. " * 1000
    parts = list(split_paragraphs(text))

    assert all(len(part.text) <= MAX_PARAGRAPH_CHARS for part in parts)
    assert all(part.text.rstrip().endswith("again.") for part in parts)


def test_an_overlong_word_is_left_out_and_its_neighbours_stay() -> None:
    text = "before " + "x" * 100_000 + " after"

    assert [part.text for part in split_paragraphs(text)] == ["before ", " after"]


def test_a_word_of_the_maximum_length_stays() -> None:
    text = "a " + "x" * MAX_WORD_CHARS

    assert [text] == [part.text for part in split_paragraphs(text)]
