"""Combine everything that was marked in an article into names that agree.

In this order: the hits of the gazetteer, names joined by a hyphen, and the model's names that do
not overlap these; then types are decided by votes, and unmarked repetitions are added.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from schemas.tags import EntityType
from services.tagging.document import Draft
from services.tagging.entities.common_nouns import drop_common_nouns
from services.tagging.entities.compounds import find_compounds
from services.tagging.entities.datelines import find_datelines
from services.tagging.entities.repeated_names import Names, find_repeats
from services.tagging.entities.teams import is_sport, listed_teams, retype_teams
from services.tagging.entities.type_voting import name_key, vote_types
from services.tagging.names import fold
from services.tagging.places.place_index import PlaceNames
from services.tagging.span import RULE, Hit


def apply_document_rules(
    draft: Draft, gazetteer: Iterable[Hit], model: Iterable[Hit], book: PlaceNames
) -> list[Hit]:
    """Return the article's names in order, without overlaps, with one type for each name."""
    text = draft.text
    joined = [
        Hit(start, end, text[start:end], EntityType.ORGANISATION, RULE)
        for start, end in find_compounds(text)
    ]
    listed = [hit for hit in gazetteer if not _inside(hit, joined)]
    sport = is_sport(text)
    teams = list(listed_teams(draft.paragraphs, book)) if sport else []
    lines = list(find_datelines(draft.paragraphs))
    kept: list[Hit] = []
    for hits in (listed, joined, lines, teams, list(drop_common_nouns(text, model, book))):
        kept = _add(kept, hits)
    fixed = {id(hit) for hits in (lines, teams) for hit in hits}
    own = [hit for hit in kept if hit.row is None]
    known = {fold(hit.row.name): hit.row.type for hit in listed if hit.row is not None}
    types = vote_types(text, own, known, book)
    for hit in own:
        if id(hit) not in fixed:
            hit.type = types[name_key(hit)]
    kept.extend(find_repeats(text, Names(types), _countries(book), kept))
    if sport:
        own = [hit for hit in kept if hit.row is None and id(hit) not in fixed]
        retype_teams(text, own, {fold(hit.text) for hit in teams}, book)
    kept.sort(key=lambda hit: hit.start)
    return kept


@lru_cache(maxsize=4)
def _countries(book: PlaceNames) -> Names:
    return Names(dict.fromkeys(book.country_names, EntityType.PLACE))


def _inside(hit: Hit, longer: Iterable[Hit]) -> bool:
    return any(
        other.start <= hit.start and hit.end <= other.end and len(hit.text) < len(other.text)
        for other in longer
    )


def _add(kept: list[Hit], more: list[Hit]) -> list[Hit]:
    """Add the hits that do not overlap the kept ones; both lists are free of overlaps."""
    if not kept:
        return sorted(more, key=lambda hit: hit.start)
    out: list[Hit] = []
    turn = 0
    for hit in sorted(more, key=lambda hit: hit.start):
        while turn < len(kept) and kept[turn].end <= hit.start:
            out.append(kept[turn])
            turn += 1
        if turn == len(kept) or kept[turn].start >= hit.end:
            out.append(hit)
    return sorted([*out, *kept[turn:]], key=lambda hit: hit.start)
