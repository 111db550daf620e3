"""Honorifics, ranks and offices before a name: they are no part of it."""

from __future__ import annotations

from services.tagging.word_lists import STRIPPED_OFFICES, address_words_of, honorifics_of


def skip_titles(text: str, start: int, end: int, language: str) -> int:
    """Return the start of the name in `text[start:end]` after its titles.

    Honorifics and ranks are skipped ("Det. Insp. Hugh Larkin"), and offices where two more words
    follow ("Prime Minister Ida Falk"), for an office can be a surname as well. `language` is an
    ISO 639-1 code.
    """
    honorifics = honorifics_of(language)
    at = start
    while True:
        word, blank, rest = text[at:end].partition(" ")
        folded = word.lower().rstrip(".")
        is_title = folded in honorifics or (folded in STRIPPED_OFFICES and " " in rest)
        if not blank or not rest or not is_title:
            return at
        at += len(word) + 1


def is_address(word: str, language: str) -> bool:
    """Return whether nothing but a person's name follows a word: "Mrs", "Gov."."""
    folded = word.lower()
    known = address_words_of(language)
    return folded in known or folded.rstrip(".") in known
