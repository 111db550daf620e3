"""The external ids of a story's entities, as they are stored and as they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schemas.tags import Entity, ExternalIds
from services.messaging.external_ids import with_geonames


def stored_ids(entities: Iterable[Entity]) -> dict[str, dict[str, str]]:
    """Return what a story stores of the entities' external ids, by entity id.

    The GeoNames id of a place is left out where it follows from the id of the entity: most
    entities with external ids are such places.
    """
    stored: dict[str, dict[str, str]] = {}
    for entity in entities:
        if entity.external_ids is None:
            continue
        ids = entity.external_ids.model_dump(exclude_none=True)
        if with_geonames(entity.entity_id, None) == ExternalIds(geonames=ids.get("geonames")):
            ids.pop("geonames", None)
        if ids:
            stored[entity.entity_id] = ids
    return stored


def message_ids(entity_id: str, stored: Mapping[str, str] | None) -> ExternalIds | None:
    """Return the external ids of a story's entity for the message."""
    return with_geonames(entity_id, ExternalIds(**stored) if stored else None)
