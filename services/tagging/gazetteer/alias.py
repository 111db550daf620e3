"""Rules for the aliases of the gazetteer: which are usable, and which spellings match."""

from __future__ import annotations

from schemas.gazetteer import CaseRule
from services.tagging.names import is_acronym
from services.tagging.word_lists import STOP_WORDS

_FOLDED_CHARACTERS = {
    ord("İ"): "I",
    ord("’"): "'",
    ord("‘"): "'",
    ord("–"): "-",
    ord("‑"): "-",
    ord("\n"): " ",
    ord("\t"): " ",
    ord("\u00a0"): " ",
}
"""Characters that change their length in lower case, and marks with two common forms."""


def fold_text(text: str) -> str:
    """Return the text in lower case, with every character at its offset."""
    if text.isascii():
        return text.replace("\n", " ").replace("\t", " ").lower()
    return text.translate(_FOLDED_CHARACTERS).lower().replace("ς", "σ")


def rejection_reason(alias: str, case: CaseRule, *, ambiguous: bool = False) -> str:
    """Return why an alias cannot be matched, or an empty string where it can.

    An ambiguous alias may be a stop word: it is not searched for.
    """
    name = alias.strip()
    if not name:
        return "it is empty"
    if not any(letter.isalnum() for letter in name):
        return "it has neither letter nor digit"
    if len(name) == 1 and name.isascii():
        return "a single character occurs everywhere"
    is_acronym_like = case is not CaseRule.ANY and name.isupper()
    if not ambiguous and name.lower() in STOP_WORDS and not is_acronym_like:
        return "it is a stop word, which occurs in every text"
    return ""


def case_matches(case: CaseRule, alias: str, found: str) -> bool:
    """Return whether a case rule lets the spelling `found` in a text stand for `alias`.

    The two differ in case and white space only. By `CaseRule.AUTO` an acronym must be
    written in the same capitals ("US" is not "Us"), and another name must be capitalised.
    """
    if case is CaseRule.ANY or alias == found:
        return True
    if case is CaseRule.EXACT:
        return " ".join(found.split()) == " ".join(alias.split())
    if is_acronym(alias):
        return False
    return not found[0].islower() or alias[0].islower()
