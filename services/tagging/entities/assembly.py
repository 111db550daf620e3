"""Build the contract's entities from an article's names: clusters, ids, places, salience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from schemas.tags import Entity, EntityType, Mention, PlaceKind, TextField
from services.tagging.document import Draft
from services.tagging.entities.coreference import Cluster, canonical, cluster
from services.tagging.entities.entity_id import entity_id
from services.tagging.entities.salience import salience
from services.tagging.entities.type_voting import name_key
from services.tagging.names import fold
from services.tagging.places.disambiguation import Placed, resolve
from services.tagging.places.place_index import PlaceNames, country_names
from services.tagging.span import Hit

MAX_ENTITIES, MAX_MENTIONS = 2000, 5000
"""Limits of the contract: the least salient entities and the last mentions are left out."""


def build_entities(
    draft: Draft, hits: Sequence[Hit], book: PlaceNames
) -> tuple[list[Entity], dict[int, Entity]]:
    """Return an article's entities, the most salient first, and the entity at each name's start."""
    clusters = cluster(draft.text, hits, book)
    placed = _placed(draft, hits, book)
    most = max((len(group) for group in clusters), default=0)
    built: dict[str, tuple[Entity, Cluster]] = {}
    for group in clusters:
        entity = _entity(draft, group, placed, most)
        known = built.get(entity.entity_id)
        if known is not None:
            # Two clusters, one place or one name after all: "Kiev" and "Kyiv".
            both = sorted([*known[1], *group], key=lambda hit: hit.start)
            built[entity.entity_id] = _entity(draft, both, placed, most), both
        else:
            built[entity.entity_id] = entity, group
    ranked = sorted(built.values(), key=lambda pair: (-pair[0].salience, pair[1][0].start))
    ranked = ranked[:MAX_ENTITIES]
    at = {hit.start: entity for entity, group in ranked for hit in group}
    return [entity for entity, _ in ranked], at


def _placed(draft: Draft, hits: Sequence[Hit], book: PlaceNames) -> dict[str, Placed]:
    """Return the place of each folded name of the article that is known."""
    foreign = country_names(draft.article.language.partition("-")[0])
    located: list[tuple[Hit, str]] = []
    for hit in hits:
        if hit.type is EntityType.PLACE and hit.row is None:
            name = name_key(hit)
            located.append((hit, name if name in book else foreign.get(name, name)))
    apposed = {
        name: next_name
        for (hit, name), (after, next_name) in pairwise(located)
        if draft.text[hit.end : after.start] == ", "
    }
    by_name = resolve({name for _, name in located}, book, apposed)
    return {name_key(hit): by_name[name] for hit, name in located if name in by_name}


def _entity(draft: Draft, group: Cluster, placed: Mapping[str, Placed], most: int) -> Entity:
    mentions = [_mention(draft, hit) for hit in group[:MAX_MENTIONS]]
    first = max(group[0].start - draft.body_start, 0) / max(len(draft.article.body), 1)
    in_title = mentions[0].field is TextField.TITLE
    weight = salience(len(group), most, first, in_title=in_title)
    row = next((hit.row for hit in group if hit.row is not None), None)
    kind = row.type if row is not None else group[0].type
    if row is not None:
        return Entity(
            entity_id=row.id,
            name=row.name,
            type=kind,
            salience=weight,
            mentions=mentions,
            wikidata_id=row.wikidata_id,
        )
    name = canonical(group)
    if kind is not EntityType.PLACE:
        return Entity(
            entity_id=entity_id(kind, name),
            name=name,
            type=kind,
            salience=weight,
            mentions=mentions,
        )
    found = placed.get(fold(name)) or next(
        (placed[name_key(hit)] for hit in group if name_key(hit) in placed), None
    )
    if found is None:
        return Entity(
            entity_id=entity_id(kind, name),
            name=name,
            type=kind,
            salience=weight,
            mentions=mentions,
            place_kind=PlaceKind.OTHER,
        )
    place = found.place
    return Entity(
        entity_id=place.place_id,
        name=place.name.removeprefix("The ") if place.kind == "country" else place.name,
        type=kind,
        salience=weight,
        mentions=mentions,
        place_kind=PlaceKind(place.kind),
        country_code=place.country_code,
        latitude=place.latitude,
        longitude=place.longitude,
        population=place.population,
        ambiguous=found.ambiguous,
    )


def _mention(draft: Draft, hit: Hit) -> Mention:
    field, start, end = draft.place(hit.start, hit.end)
    return Mention(field=field, start=start, end=end, text=hit.text, by=hit.by)
