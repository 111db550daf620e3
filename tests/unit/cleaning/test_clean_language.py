"""The language of a text, with what the page declares as a hint."""

from __future__ import annotations

import pytest

from services.cleaning.language import detect_language
from tests.unit.cleaning.pages_invented import PARAGRAPHS


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (" ".join(PARAGRAPHS), None, "en"),
        (" ".join(PARAGRAPHS), "en-GB", "en-GB"),
        (" ".join(PARAGRAPHS), "fr", "en"),
        ("Паромная линия на остров снова открылась в воскресенье после ремонта.", "en", "ru"),
        ("", "de", "de"),
        ("", None, "und"),
    ],
)
def test_text_counts_more_than_what_is_declared(
    text: str, declared: str | None, language: str
) -> None:
    assert detect_language(text, declared)[0] == language
