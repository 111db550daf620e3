"""Drop capitalised common nouns: "Allies" in an article that also writes "allies"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from schemas.tags import EntityType
from services.languages.en.names import OFFICES, PORTFOLIOS
from services.tagging.names import fold, is_acronym
from services.tagging.places.place_index import PlaceNames
from services.tagging.span import Hit

_SMALL = re.compile(r"(?<![\w.@/-])[a-z]{3,}(?![\w@/])")
_DOUBTED = frozenset(
    {
        EntityType.ORGANISATION,
        EntityType.PRODUCT,
        EntityType.WORK,
        EntityType.EVENT,
        EntityType.GROUP,
    }
)
"""Types that models give to capitalised common nouns."""

_DEMONYM = re.compile(r"(ians?|eans?|ans?|ns?|is?|ese|ish)$")
SHORTEST_STEM = 4
"""Letters that the names of a country and of its people must share."""


def drop_common_nouns(text: str, hits: Iterable[Hit], book: PlaceNames) -> Iterator[Hit]:
    """Yield the hits without common nouns; a people becomes a group instead of a place."""
    listed = list(hits)
    small = Counter(_SMALL.findall(text))
    written = Counter(hit.text.lower() for hit in listed)
    known = {fold(hit.text) for hit in listed if hit.type is not EntityType.GROUP}
    for hit in listed:
        if hit.type in _DOUBTED and _common(text, hit, small, written):
            continue
        if hit.type is EntityType.ORGANISATION:
            _cut_common_tail(hit, small, known)
        elif hit.type is EntityType.PLACE and is_demonym(fold(hit.text), book):
            hit.type = EntityType.GROUP
        yield hit


def _common(text: str, hit: Hit, small: Mapping[str, int], written: Mapping[str, int]) -> bool:
    if " " in hit.text or is_acronym(hit.text):
        return False
    low = hit.text.lower()
    if small.get(low, 0) >= written[low]:
        return True
    # "Defence Minister": a minister's field is not his ministry.
    after = text[hit.end + 1 : hit.end + 30].partition(" ")[0].lower().strip(".,")
    return low in PORTFOLIOS and (after in OFFICES or after == "ministry")


def _cut_common_tail(hit: Hit, small: Mapping[str, int], known: set[str]) -> None:
    """Cut "NATO Allies" to the known acronym if the article also writes "allies"."""
    head, blank, tail = hit.text.rpartition(" ")
    if blank and is_acronym(head) and tail.lower() in small and fold(head) in known:
        hit.end -= len(tail) + 1
        hit.text = head


def is_demonym(folded: str, book: PlaceNames) -> bool:
    """Return whether a name has the form of a country's people or adjective: "Ukrainian"."""
    if folded in book or len(folded) < SHORTEST_STEM + 1:
        return False
    return _is_demonym(folded, book.country_stems)


@lru_cache(maxsize=4096)
def _is_demonym(folded: str, stems: frozenset[str]) -> bool:
    ending = _DEMONYM.search(folded)
    if ending is None:
        return False
    stem = folded[: ending.start()]
    return len(stem) >= SHORTEST_STEM and stem in stems
