"""Document logic: from what finders marked in an article to names that agree.

In order: the gazetteer's hits, then names joined by a hyphen, then the model's names
that do not overlap them; types settled by vote; unmarked repeats added.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from schemas.tags import EntityType
from services.tagging.draft import Draft
from services.tagging.entities.common_nouns import names_only
from services.tagging.entities.compounds import compounds
from services.tagging.entities.datelines import datelines
from services.tagging.entities.repeated_names import Names, repeats
from services.tagging.entities.teams import is_sport, listed_teams, retype_teams
from services.tagging.entities.type_voting import decide, key
from services.tagging.names import fold
from services.tagging.places.place_names import PlaceBook
from services.tagging.span import RULE, Hit


def settle(
    draft: Draft, gazetteer: Iterable[Hit], model: Iterable[Hit], book: PlaceBook
) -> list[Hit]:
    """Return the article's names in order, without overlaps, one type for each name."""
    text = draft.text
    joined = [
        Hit(start, end, text[start:end], EntityType.ORGANISATION, RULE)
        for start, end in compounds(text)
    ]
    listed = [hit for hit in gazetteer if not _inside(hit, joined)]
    sport = is_sport(text)
    teams = list(listed_teams(draft.paragraphs, book)) if sport else []
    lines = list(datelines(draft.paragraphs))
    kept: list[Hit] = []
    for hits in (listed, joined, lines, teams, list(names_only(text, model, book))):
        kept = _add(kept, hits)
    fixed = {id(hit) for hits in (lines, teams) for hit in hits}
    own = [hit for hit in kept if hit.row is None]
    known = {fold(hit.row.name): hit.row.type for hit in listed if hit.row is not None}
    types = decide(text, own, known, book)
    for hit in own:
        if id(hit) not in fixed:
            hit.type = types[key(hit)]
    kept.extend(repeats(text, Names(types), _countries(book), kept))
    if sport:
        own = [hit for hit in kept if hit.row is None and id(hit) not in fixed]
        retype_teams(text, own, {fold(hit.text) for hit in teams}, book)
    kept.sort(key=lambda hit: hit.start)
    return kept


@lru_cache(maxsize=4)
def _countries(book: PlaceBook) -> Names:
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
