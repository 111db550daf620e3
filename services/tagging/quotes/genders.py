"""Guess whether a person is a woman or a man, so that "she" and "he" mean the right one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from services.tagging.names import fold_name
from services.tagging.span import EntityMention
from services.tagging.word_lists import (
    FEMININE_HONORIFICS,
    FEMININE_NAMES,
    MASCULINE_HONORIFICS,
    MASCULINE_NAMES,
)

APPOSITION_REACH = 60
"""How far after a name "who lost her house" is looked for, in characters."""

HONORIFIC_REACH = 20
"""How far before a name its form of address is looked for, in characters."""

_RELATIVE_CLAUSE = re.compile(r",? who\b[^.;]{0,50}?\b(her|his)\b")


class Gender(Enum):
    """What a pronoun or a person's name says about the person."""

    FEMININE = "feminine"
    MASCULINE = "masculine"


class Genders:
    """The genders of the people of one article, by their surnames, where they are known."""

    def __init__(self, text: str, people: Sequence[EntityMention]) -> None:
        self._by_surname: dict[str, set[Gender]] = {}
        for person in people:
            gender = _gender(text, person)
            if gender is not None:
                self._by_surname.setdefault(_surname(person), set()).add(gender)

    def fits(self, person: EntityMention, gender: Gender | None) -> bool:
        """Return whether a person may have a gender; an unknown one fits every pronoun."""
        known = self._by_surname.get(_surname(person))
        return gender is None or not known or gender in known

    def is_known(self, person: EntityMention, gender: Gender) -> bool:
        """Return whether a person is known to have a gender."""
        return gender in self._by_surname.get(_surname(person), ())


def _surname(person: EntityMention) -> str:
    return fold_name(person.normal_form or person.text).rpartition(" ")[2]


def _gender(text: str, person: EntityMention) -> Gender | None:
    before = text[max(0, person.start - HONORIFIC_REACH) : person.start].split()
    title = before[-1].lower().rstrip(".") if before else ""
    if title in FEMININE_HONORIFICS:
        return Gender.FEMININE
    if title in MASCULINE_HONORIFICS:
        return Gender.MASCULINE
    clause = _RELATIVE_CLAUSE.match(text, person.end, person.end + APPOSITION_REACH)
    if clause:
        return Gender.FEMININE if clause.group(1) == "her" else Gender.MASCULINE
    first, blank, _ = fold_name(person.normal_form or person.text).partition(" ")
    if blank and first in FEMININE_NAMES and first not in MASCULINE_NAMES:
        return Gender.FEMININE
    if blank and first in MASCULINE_NAMES and first not in FEMININE_NAMES:
        return Gender.MASCULINE
    return None
