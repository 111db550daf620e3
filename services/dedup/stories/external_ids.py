"""The external ids of a story's entities, as they are stored and as they are sent."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.tags import Entity, ExternalIds
from services.messaging.external_ids import with_geonames


def stored_ids(entity: Entity) -> dict[str, str] | None:
    """Return what a story stores of an entity's external ids; None if that is nothing.

    The GeoNames id of a place is left out where it follows from the id of the entity: most
    entities with external ids are such places.
    """
    if entity.external_ids is None:
        return None
    ids: dict[str, str] = entity.external_ids.model_dump(exclude_none=True)
    if with_geonames(entity.entity_id, None) == ExternalIds(geonames=ids.get("geonames")):
        ids.pop("geonames", None)
    return ids or None


def message_ids(entity_id: str, stored: Mapping[str, str] | None) -> ExternalIds | None:
    """Return the external ids of a story's entity for the message."""
    return with_geonames(entity_id, ExternalIds(**stored) if stored else None)
