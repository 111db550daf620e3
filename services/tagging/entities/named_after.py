"""Find streets, bridges and institutions named after people: "the Thomas Telford Bridge".

Models miss them, or find a part. A given name, one or two more words and a word for a place or an
institution are one name, if the words before show that a person is not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.tags import EntityType
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import GIVEN_NAMES, ORGANISATION_ENDINGS, PLACE_ENDINGS
from services.tagging.word_pattern import starts_word, words_pattern

BEFORE_REACH = 9
"""How far before a name the word before it is looked for, in characters."""

_GIVEN = words_pattern((name.capitalize() for name in GIVEN_NAMES), whole=False, fold=False)
_ENDING = words_pattern(
    (word.title() for word in PLACE_ENDINGS | ORGANISATION_ENDINGS), whole=False, fold=False
)
_NAMED = re.compile(
    rf"{_GIVEN}(?: [^\W\d_a-z][\w’'-]*){{1,2}} ({_ENDING})(?![\w-])(?! [^\W\d_a-z])"
)
_BEFORE = re.compile(
    r"\b(?:the|on|in|at|near|along|down|outside|inside|past|across) $", re.IGNORECASE
)


def find_places_named_after_people(text: str) -> Iterator[EntityMention]:
    """Yield the places and organisations, in order without overlaps."""
    for match in _NAMED.finditer(text):
        start, end = match.span()
        if not starts_word(text, start):
            continue
        if _BEFORE.search(text, max(0, start - BEFORE_REACH), start):
            is_place = match.group(1).lower() in PLACE_ENDINGS
            kind = EntityType.PLACE if is_place else EntityType.ORGANISATION
            yield EntityMention(start, end, match.group(), kind, BY_RULE)
