"""Find companies by the legal form in their names, and names like "P&G"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.tags import EntityType
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import STOP_WORDS, WRITTEN_LEGAL_FORMS, articles_of
from services.tagging.word_pattern import words_pattern

_UNCLEAR_FORMS = frozenset({"Group", "Holdings", "Limited", "AS", "SE", "OY", "SAS"})
"""Words that also stand elsewhere; a model has to find these companies."""

NAME_REACH = 80
"""How far before its legal form the name of a company begins at most, in characters."""

ABBREVIATED_FORMS = ("Inc", "Corp", "Co", "Ltd", "Pty", "Bros", "Bhd")
"""Legal forms that may end in a dot; one with dots inside always does."""

_SEVERAL_WORDS = ("S.A. de C.V", "GmbH & Co. KG")
"""Legal forms of several words."""

_CLEAR_FORMS = [
    *_SEVERAL_WORDS,
    *(form for form in WRITTEN_LEGAL_FORMS if form not in _UNCLEAR_FORMS),
]
_WITH_DOT = [form for form in _CLEAR_FORMS if form in ABBREVIATED_FORMS or "." in form]
_WITHOUT_DOT = [form for form in _CLEAR_FORMS if form not in _WITH_DOT]
_FORM = (
    rf"(?:{words_pattern(_WITH_DOT, whole=False, fold=False)}(?!\w)\.?"
    rf"|{words_pattern(_WITHOUT_DOT, whole=False, fold=False)}(?!\w))"
)
_WORD = r"(?:[^\W\d_a-z]\w{0,3}\.|[^\W\d_a-z][\w'’-]*(?:\.\w[\w'’-]*)*)!?"
_JOIN = r"(?:(?:,? &| and| et| und| y| e)? |(?: (?:de|del|della|di|do|da|dos|des|du|la|los)){1,2} )"
_ENDING = re.compile(
    r"(?<=[a-zà-ÿ]) (?:AS|SE)\b(?! [A-Z]{2})|"
    rf",? (?:& )?{_FORM}(?:(?:,|,? &)? {_FORM}){{0,2}}"
    r"| & (?:Co\b\.?(?: (?:KG|KGaA|OHG)\b)?|Sons\b|Partners\b|Bros\b\.?)"
    r"| (?:et|y) C(?:ie|ía)\b\.?"
)
_BEFORE = re.compile(rf"(?<![\w&-]){_WORD}(?:{_JOIN}{_WORD}){{0,4}}$")
_LIST_BEFORE = re.compile(rf"(?<![\w&-]){_WORD}(?:, {_WORD}){{1,3}},?$")
_AMPERSAND = re.compile(r"(?<![\w&-])[A-Z]{1,4}&[A-Z]{1,3}(?![\w&])")


def find_company_names(text: str, language: str) -> Iterator[EntityMention]:
    """Yield the companies, in order without overlaps; a word like "The" is no part of a name.

    `language` is an ISO 639-1 code.
    """
    not_first = STOP_WORDS | articles_of(language)
    done = 0
    for ending in _ENDING.finditer(text):
        start, end = _name_start(text, ending, done, not_first), ending.end()
        if start is not None and start >= done:
            yield EntityMention(start, end, text[start:end], EntityType.ORGANISATION, BY_RULE)
            done = end
    if "&" in text:
        for match in _AMPERSAND.finditer(text):
            yield EntityMention(
                match.start(), match.end(), match.group(), EntityType.ORGANISATION, BY_RULE
            )


def _name_start(
    text: str, ending: re.Match[str], floor: int, not_first: frozenset[str]
) -> int | None:
    """Return where the name before a legal form starts, or None."""
    end = ending.start()
    floor = max(floor, end - NAME_REACH)
    is_partnership = ending.group().startswith(" & ")
    match = _BEFORE.search(text[floor:end])
    if is_partnership:
        match = _LIST_BEFORE.search(text[floor:end]) or match
    if match is None:
        return None
    start = floor + match.start()
    first, blank, rest = match.group().partition(" ")
    while blank and first.lower() in not_first:
        start += len(first) + 1
        first, blank, rest = rest.partition(" ")
    return start if first.lower() not in not_first else None
