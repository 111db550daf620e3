"""Decide whether an alias of the gazetteer can be used, and whether a text spells it that way."""

from __future__ import annotations

from schemas.gazetteer import CaseRule
from services.tagging.names import is_acronym
from services.tagging.word_lists import STOP_WORDS

_FOLD = {
    ord("İ"): "I",
    ord("’"): "'",
    ord("‘"): "'",
    ord("–"): "-",
    ord("‑"): "-",
    ord("\n"): " ",
    ord("\t"): " ",
    ord("\u00a0"): " ",
}
"""Letters that change their length with their case, and marks that are written in two ways."""


def fold_text(text: str) -> str:
    """Return the text in lower case, with every character at the same offset."""
    if text.isascii():
        return text.replace("\n", " ").replace("\t", " ").lower()
    return text.translate(_FOLD).lower().replace("ς", "σ")


def refusal(alias: str, case: CaseRule) -> str:
    """Return why an alias can not be used; an empty string if it can."""
    name = alias.strip()
    if not name:
        return "it is empty"
    if not any(letter.isalnum() for letter in name):
        return "it has neither letter nor digit"
    if len(name) == 1 and name.isascii():
        return "a single character stands everywhere"
    if name.lower() in STOP_WORDS and (case is CaseRule.ANY or not name.isupper()):
        return "it is a stop word and stands in every text"
    return ""


def allows(case: CaseRule, written: str, found: str) -> bool:
    """Return whether a name written so in the gazetteer may be spelled as found in a text."""
    if case is CaseRule.ANY or written == found:
        return True
    if case is CaseRule.EXACT:
        return " ".join(found.split()) == " ".join(written.split())
    # An acronym is told from a word by its capitals alone: "US" is not "Us".
    if is_acronym(written):
        return False
    return not found[0].islower() or written[0].islower()
