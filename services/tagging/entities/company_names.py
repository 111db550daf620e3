"""Find companies by the legal form in their names, and names like "P&G"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.tags import EntityType
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import STOP_WORDS, WRITTEN_LEGAL_FORMS
from services.tagging.word_pattern import words_pattern

_UNCLEAR_FORMS = frozenset({"Group", "Holdings", "Limited", "AS", "SE", "OY", "SAS"})
"""Words that also stand elsewhere; a model has to find these companies."""

ABBREVIATED_FORMS = ("Inc", "Corp", "Co", "Ltd", "Pty", "Bros", "Bhd")
"""Legal forms that may end in a dot; one with dots inside always does."""

_CLEAR_FORMS = [form for form in WRITTEN_LEGAL_FORMS if form not in _UNCLEAR_FORMS]
_WITH_DOT = [form for form in _CLEAR_FORMS if form in ABBREVIATED_FORMS or "." in form]
_WITHOUT_DOT = [form for form in _CLEAR_FORMS if form not in _WITH_DOT]
_FORM = (
    rf"(?:{words_pattern(_WITH_DOT, whole=False, fold=False)}(?!\w)\.?"
    rf"|{words_pattern(_WITHOUT_DOT, whole=False, fold=False)}(?!\w))"
)
_WORD = r"[^\W\d_a-z][\w'’.-]*!?"
_COMPANY = re.compile(
    rf"(?<![\w&-]){_WORD}(?:(?:,? &| and)? {_WORD}){{0,4}},? (?:& )?{_FORM}(?:,? {_FORM})?"
    rf"|(?<![\w&-]){_WORD}(?:, {_WORD}){{1,3}},? & (?:Co\b\.?|Sons|Partners|Bros\b\.?|{_WORD} LLP)"
)
_AMPERSAND = re.compile(r"(?<![\w&-])[A-Z]{1,4}&[A-Z]{1,3}(?![\w&])")


def find_company_names(text: str) -> Iterator[EntityMention]:
    """Yield the companies, in order without overlaps; a word like "The" is no part of a name."""
    done = 0
    for match in _COMPANY.finditer(text):
        start, end = match.span()
        first, blank, rest = match.group().partition(" ")
        while blank and " " in rest and first.lower() in STOP_WORDS:
            start += len(first) + 1
            first, blank, rest = rest.partition(" ")
        if start >= done:
            yield EntityMention(start, end, text[start:end], EntityType.ORGANISATION, BY_RULE)
            done = end
    if "&" in text:
        for match in _AMPERSAND.finditer(text):
            yield EntityMention(
                match.start(), match.end(), match.group(), EntityType.ORGANISATION, BY_RULE
            )
