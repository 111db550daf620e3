"""The external ids that follow from the id of an entity."""

from __future__ import annotations

from schemas.tags import ExternalIds

_GEONAMES = "geonames:"
"""Begins the `entity_id` of every place that GeoNames knows."""


def with_geonames(entity_id: str, known: ExternalIds | None) -> ExternalIds | None:
    """Return the known external ids of an entity, with the GeoNames id that its id contains.

    The result is None where neither exists. A GeoNames id that is known already is kept.
    """
    number = entity_id.removeprefix(_GEONAMES)
    if number == entity_id or not number.isdecimal() or (known is not None and known.geonames):
        return known
    return (known or ExternalIds()).model_copy(update={"geonames": number})
