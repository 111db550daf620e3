"""Decide which organisations of a story are one: "NATO", "the Alliance", the spelled-out name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from services.dedup.entity_resolution.groups import group_names
from services.dedup.entity_resolution.named_entity import NamedEntity, have_different_ids
from services.dedup.entity_resolution.organisation_names import (
    OrganisationName,
    is_same_organisation,
    may_stand_for,
    parse_organisation_name,
)

MIN_SALIENCE: Final = 0.25
"""Salience, summed over a story's articles, from which "the Commission" may mean one."""

_Named = tuple[NamedEntity, OrganisationName]


def organisation_aliases(organisations: Sequence[NamedEntity]) -> dict[str, str]:
    """Return by id of each organisation that is another one the id of that one."""
    named = [(entity, parse_organisation_name(entity.name)) for entity in organisations]
    named = _comparable([one for one in named if one[1].words])
    if not named:
        return {}
    kinds = [one for one in named if one[1].is_kind and not one[0].has_given_id]
    others = [one for one in named if one not in kinds]
    groups = _same_names(others)
    for acronym in [one for one in others if one[1].is_acronym]:
        _join_only_fit(acronym, groups)
    for kind in kinds:
        _join_only_fit(kind, groups)
    found: dict[str, str] = {}
    for group in groups:
        if len(group) == 1:
            continue
        entity_id = min(group, key=_rank)[0].entity_id
        ids = {entity.entity_id for entity, _name in group}
        found |= dict.fromkeys(ids - {entity_id}, entity_id)
    return found


def _comparable(named: Sequence[_Named]) -> list[_Named]:
    """Return the names that may be one with another name, by their words or by a short form."""
    words = Counter(name.words for _entity, name in named)
    short_forms = {one for _entity, name in named for one in name.short_forms}
    one_word = {name.words[0] for _entity, name in named if len(name.words) == 1}
    return [
        (entity, name)
        for entity, name in named
        if words[name.words] > 1
        or (name.words[0] in short_forms and len(name.words) == 1)
        or not one_word.isdisjoint(name.short_forms)
    ]


def _same_names(named: Sequence[_Named]) -> list[list[_Named]]:
    """Group spellings of one name, and a company's name with and without its legal form."""
    places = group_names(
        named,
        lambda one: [" ".join(one[1].words)],
        lambda one, other: is_same_organisation(one[1], other[1]),
    )
    groups: list[list[_Named]] = []
    for group in places:
        members = [named[place] for place in group]
        apart = have_different_ids(entity for entity, _name in members)
        groups += [[one] for one in members] if apart else [members]
    return groups


def _join_only_fit(short: _Named, groups: list[list[_Named]]) -> None:
    """Move a short name to the only group with a name that it stands for.

    What is named once, far down in one article, is not meant by a word such as "the Commission".
    """
    own = next((group for group in groups if short in group), [short])
    fits = [
        group
        for group in groups
        if group is not own and any(may_stand_for(short[1], name) for _entity, name in group)
    ]
    if len(fits) != 1 or have_different_ids(entity for entity, _name in own + fits[0]):
        return
    salience = sum(entity.salience for entity, _name in fits[0])
    if short[1].is_kind and salience < MIN_SALIENCE:
        return
    fits[0].extend(own)
    if own in groups:
        groups.remove(own)


def _rank(named: _Named) -> tuple[bool, bool, bool, int, str]:
    """Order the names of one organisation by which of them stands for it, the first."""
    entity, name = named
    is_one_word = len(name.words) == 1
    return not entity.has_given_id, name.is_kind, is_one_word, -len(name.words), entity.entity_id
