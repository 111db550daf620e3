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
        word, _, rest = text[at:end].partition(" ")
        second, _, after_second = rest.partition(" ")
        folded = word.lower().rstrip(".")
        if after_second and f"{folded} {second.lower()}" in honorifics:
            at += len(word) + len(second) + 2
        elif rest and (folded in honorifics or (folded in STRIPPED_OFFICES and " " in rest)):
            at += len(word) + 1
        else:
            return at


def is_address(name: str, language: str) -> bool:
    """Return whether nothing but a person follows the first words: "Mrs", "Lady Justice"."""
    first, _, rest = name.lower().partition(" ")
    known = address_words_of(language)
    return (
        first in known or first.rstrip(".") in known or f"{first} {rest.partition(' ')[0]}" in known
    )
