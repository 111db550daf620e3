"""Apply the document rules: from all mentions found in an article to consistent names.

Where mentions overlap, the gazetteer has precedence, then compound names, datelines, listed
teams, and the model. Types are then decided by vote, and mentions that were missed are added.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from schemas.tags import EntityType
from services.tagging.document import Document
from services.tagging.entities.common_nouns import drop_common_nouns
from services.tagging.entities.compounds import find_compound_names
from services.tagging.entities.datelines import find_datelines
from services.tagging.entities.repeated_names import NameIndex, find_repeated_names
from services.tagging.entities.teams import find_listed_teams, is_sports_report, retype_teams
from services.tagging.entities.type_voting import name_key, vote_types
from services.tagging.names import fold_name
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import BY_RULE, EntityMention


def apply_document_rules(
    document: Document,
    by_gazetteer: Iterable[EntityMention],
    by_model: Iterable[EntityMention],
    places: PlaceIndex,
) -> list[EntityMention]:
    """Return the article's mentions in order, without overlaps, with one type for each name."""
    text = document.text
    compounds = [
        EntityMention(start, end, text[start:end], EntityType.ORGANISATION, BY_RULE)
        for start, end in find_compound_names(text)
    ]
    listed = [mention for mention in by_gazetteer if not _is_inside(mention, compounds)]
    is_sport = is_sports_report(text)
    teams = list(find_listed_teams(document.paragraphs, places)) if is_sport else []
    datelines = list(find_datelines(document.paragraphs))
    names = list(drop_common_nouns(text, by_model, places))
    kept: list[EntityMention] = []
    for mentions in (listed, compounds, datelines, teams, names):
        kept = _add_without_overlaps(kept, mentions)

    fixed_type = {id(mention) for mentions in (datelines, teams) for mention in mentions}
    voting = [mention for mention in kept if mention.entry is None]
    known = {fold_name(one.entry.name): one.entry.type for one in listed if one.entry is not None}
    types = vote_types(text, voting, known, places)
    for mention in voting:
        if id(mention) not in fixed_type:
            mention.type = types[name_key(mention)]

    kept.extend(find_repeated_names(text, NameIndex(types), _country_index(places), kept))
    if is_sport:
        changeable = [one for one in kept if one.entry is None and id(one) not in fixed_type]
        retype_teams(text, changeable, {fold_name(team.text) for team in teams}, places)
    kept.sort(key=lambda mention: mention.start)
    return kept


@lru_cache(maxsize=4)
def _country_index(places: PlaceIndex) -> NameIndex:
    return NameIndex(dict.fromkeys(places.country_names, EntityType.PLACE))


def _is_inside(mention: EntityMention, longer: Iterable[EntityMention]) -> bool:
    return any(
        other.start <= mention.start
        and mention.end <= other.end
        and len(mention.text) < len(other.text)
        for other in longer
    )


def _add_without_overlaps(
    kept: list[EntityMention], added: list[EntityMention]
) -> list[EntityMention]:
    """Return the kept mentions and those of `added` that do not overlap them, in order.

    Neither list may contain overlaps of its own.
    """
    if not kept:
        return sorted(added, key=lambda mention: mention.start)
    merged: list[EntityMention] = []
    position = 0
    for mention in sorted(added, key=lambda mention: mention.start):
        while position < len(kept) and kept[position].end <= mention.start:
            merged.append(kept[position])
            position += 1
        if position == len(kept) or kept[position].start >= mention.end:
            merged.append(mention)
    return sorted([*merged, *kept[position:]], key=lambda mention: mention.start)
