"""The language of a text is detected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cleaning.language import UNKNOWN, detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry to the island sails again from Sunday, the harbour office said.", "en"),
        ("Le bac pour l'île repart dimanche, a annoncé le bureau du port mardi soir.", "fr"),
        ("Die Fähre zur Insel fährt ab Sonntag wieder, teilte das Hafenamt gestern mit.", "de"),
        ("Паром на остров снова ходит с воскресенья, сообщило управление порта.", "ru"),
    ],
)
def test_the_language_of_one_sentence_is_detected(text: str, language: str) -> None:
    assert detect(text)[0] == language


def test_white_space_has_no_language() -> None:
    assert detect(" \n ") == (UNKNOWN, 0.0)


@given(st.text())
def test_any_text_gets_a_language_and_a_confidence(text: str) -> None:
    language, confidence = detect(text)

    assert language
    assert 0 <= confidence <= 1
