"""Drop capitalised common nouns: "Allies" in an article that also writes "allies"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from schemas.tags import EntityType
from services.tagging.names import fold_name, is_acronym
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import EntityMention
from services.tagging.word_lists import (
    BORROWED_GIVEN_NAMES,
    DEMONYM_ENDINGS,
    GIVEN_NAMES,
    OFFICES,
    PORTFOLIOS,
)

_LOWER_CASE_WORD = re.compile(r"(?<![\w.@/-])[a-z]{3,}(?![\w@/])")
_UNRELIABLE_TYPES = frozenset(
    {
        EntityType.ORGANISATION,
        EntityType.PRODUCT,
        EntityType.WORK,
        EntityType.EVENT,
        EntityType.GROUP,
    }
)
"""Types that models give to capitalised common nouns."""

_ALL_GIVEN_NAMES = GIVEN_NAMES | BORROWED_GIVEN_NAMES
"""A person's single word is a name if it is one of these, or the surname of a full name."""

_DEMONYM_ENDING = re.compile(rf"({'|'.join(DEMONYM_ENDINGS)})$")
SHORTEST_STEM = 4
"""Letters that a country's name and its demonym must have in common."""


def drop_common_nouns(
    text: str, mentions: Iterable[EntityMention], places: PlaceIndex
) -> Iterator[EntityMention]:
    """Yield the mentions that are names.

    A common noun after an acronym is cut off ("NATO Allies"), and a place that is a demonym
    ("Ukrainian") becomes a group; these mentions are changed in place.
    """
    listed = list(mentions)
    lower_case = Counter(_LOWER_CASE_WORD.findall(text))
    mentioned = Counter(mention.text.lower() for mention in listed)
    known = {fold_name(one.text) for one in listed if one.type is not EntityType.GROUP}
    surnames = {one.text.rpartition(" ")[2] for one in listed if " " in one.text}
    for mention in listed:
        is_unreliable = mention.type in _UNRELIABLE_TYPES or (
            mention.type is EntityType.PERSON
            and mention.text not in surnames
            and mention.text.lower() not in _ALL_GIVEN_NAMES
        )
        if is_unreliable and _is_common_noun(text, mention, lower_case, mentioned):
            continue
        if mention.type is EntityType.ORGANISATION:
            _cut_common_tail(mention, lower_case, known)
        elif mention.type is EntityType.PLACE and is_demonym(fold_name(mention.text), places):
            mention.type = EntityType.GROUP
        yield mention


def _is_common_noun(
    text: str,
    mention: EntityMention,
    lower_case: Mapping[str, int],
    mentioned: Mapping[str, int],
) -> bool:
    if " " in mention.text or is_acronym(mention.text):
        return False
    lower = mention.text.lower()
    if lower_case.get(lower, 0) >= mentioned[lower]:
        return True
    # "Defence Minister": the field of a minister is not an organisation.
    next_word = text[mention.end + 1 : mention.end + 30].partition(" ")[0].lower().strip(".,")
    return lower in PORTFOLIOS and (next_word in OFFICES or next_word == "ministry")


def _cut_common_tail(
    mention: EntityMention, lower_case: Mapping[str, int], known: set[str]
) -> None:
    """Cut "NATO Allies" to the known acronym if the article also writes "allies"."""
    head, blank, tail = mention.text.rpartition(" ")
    if blank and is_acronym(head) and tail.lower() in lower_case and fold_name(head) in known:
        mention.end -= len(tail) + 1
        mention.text = head


def is_demonym(folded: str, places: PlaceIndex) -> bool:
    """Return whether a folded name has the form of a country's demonym: "ukrainian"."""
    if folded in places or len(folded) < SHORTEST_STEM + 1:
        return False
    return _has_country_stem(folded, places.country_stems)


@lru_cache(maxsize=4096)
def _has_country_stem(folded: str, stems: frozenset[str]) -> bool:
    ending = _DEMONYM_ENDING.search(folded)
    if ending is None:
        return False
    stem = folded[: ending.start()]
    return len(stem) >= SHORTEST_STEM and stem in stems
