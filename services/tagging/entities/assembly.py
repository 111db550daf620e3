"""Build the contract's entities from the mentions: clusters, ids, places, salience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from schemas.tags import Entity, EntityType, Mention, PlaceKind, TextField
from services.tagging.document import Document
from services.tagging.entities.coreference import Cluster, canonical_name, cluster_mentions
from services.tagging.entities.entity_id import entity_id
from services.tagging.entities.salience import salience
from services.tagging.entities.type_voting import name_key
from services.tagging.names import fold_name
from services.tagging.places.disambiguation import ResolvedPlace, resolve_places
from services.tagging.places.place_data import country_names
from services.tagging.places.place_index import COUNTRY, PlaceIndex
from services.tagging.span import EntityMention

MAX_ENTITIES, MAX_MENTIONS = 2000, 5000
"""Bounds of the contract: the least salient entities and the last mentions are left out."""

PlaceByName = Mapping[str, ResolvedPlace]
"""Places by the folded name that the article uses."""


def build_entities(
    document: Document, mentions: Sequence[EntityMention], places: PlaceIndex
) -> tuple[list[Entity], dict[int, Entity]]:
    """Return the article's entities, the most salient first, and the entity by mention start."""
    clusters = cluster_mentions(document.text, mentions, places)
    resolved = _resolve_mentioned_places(document, mentions, places)
    most_mentions = max((len(cluster) for cluster in clusters), default=0)
    built: dict[str, tuple[Entity, Cluster]] = {}
    id_by_name: dict[tuple[EntityType, str], str] = {}
    for cluster in clusters:
        entity = _entity(document, cluster, resolved, most_mentions)
        # Two clusters turn out to be one place or to have one name: "Kiev" and "Kyiv".
        key = id_by_name.setdefault((entity.type, fold_name(entity.name)), entity.entity_id)
        key = entity.entity_id if entity.entity_id in built else key
        if key in built:
            both = sorted([*built[key][1], *cluster], key=lambda mention: mention.start)
            built[key] = _entity(document, both, resolved, most_mentions), both
        else:
            built[key] = entity, cluster
    ranked = sorted(built.values(), key=lambda pair: (-pair[0].salience, pair[1][0].start))
    ranked = ranked[:MAX_ENTITIES]
    by_start = {mention.start: entity for entity, cluster in ranked for mention in cluster}
    return [entity for entity, _ in ranked], by_start


def _resolve_mentioned_places(
    document: Document, mentions: Sequence[EntityMention], places: PlaceIndex
) -> dict[str, ResolvedPlace]:
    """Return the place of each folded name of the article that the index knows."""
    translations = country_names(document.article.language.partition("-")[0])
    located: list[tuple[EntityMention, str]] = []
    for mention in mentions:
        if mention.type is EntityType.PLACE and mention.entry is None:
            name = name_key(mention)
            located.append((mention, name if name in places else translations.get(name, name)))
    containing = {
        name: next_name
        for (mention, name), (following, next_name) in pairwise(located)
        if document.text[mention.end : following.start] == ", "
    }
    by_name = resolve_places({name for _, name in located}, places, containing)
    return {name_key(mention): by_name[name] for mention, name in located if name in by_name}


def _entity(
    document: Document, cluster: Cluster, resolved: PlaceByName, most_mentions: int
) -> Entity:
    mentions = [_contract_mention(document, mention) for mention in cluster[:MAX_MENTIONS]]
    body_position = max(cluster[0].start - document.body_start, 0)
    entity_salience = salience(
        len(cluster),
        most_mentions,
        body_position / max(len(document.article.body), 1),
        in_title=mentions[0].field is TextField.TITLE,
    )
    entry = next((mention.entry for mention in cluster if mention.entry is not None), None)
    if entry is not None:
        return Entity(
            entity_id=entry.id,
            name=entry.name,
            type=entry.type,
            salience=entity_salience,
            mentions=mentions,
        )
    if cluster[0].type is EntityType.PLACE:
        return _place_entity(cluster, mentions, entity_salience, resolved)
    name = canonical_name(cluster)
    return Entity(
        entity_id=entity_id(cluster[0].type, name),
        name=name,
        type=cluster[0].type,
        salience=entity_salience,
        mentions=mentions,
    )


def _place_entity(
    cluster: Cluster, mentions: list[Mention], entity_salience: float, resolved: PlaceByName
) -> Entity:
    """Return the entity of a cluster of places, with the index's data where it knows the place."""
    name = canonical_name(cluster)
    found = resolved.get(fold_name(name)) or next(
        (resolved[name_key(mention)] for mention in cluster if name_key(mention) in resolved), None
    )
    if found is None:
        return Entity(
            entity_id=entity_id(EntityType.PLACE, name),
            name=name,
            type=EntityType.PLACE,
            salience=entity_salience,
            mentions=mentions,
            place_kind=PlaceKind.OTHER,
        )
    place = found.place
    return Entity(
        entity_id=place.place_id,
        name=place.name.removeprefix("The ") if place.kind == COUNTRY else place.name,
        type=EntityType.PLACE,
        salience=entity_salience,
        mentions=mentions,
        place_kind=PlaceKind(place.kind),
        country_code=place.country_code,
        latitude=place.latitude,
        longitude=place.longitude,
        population=place.population,
        ambiguous=found.ambiguous,
    )


def _contract_mention(document: Document, mention: EntityMention) -> Mention:
    field, start, end = document.field_offsets(mention.start, mention.end)
    return Mention(field=field, start=start, end=end, text=mention.text, by=mention.by)
