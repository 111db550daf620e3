"""An entity as it is compared with others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class NamedEntity(NamedTuple):
    """An entity of a story, or of an article that joins it."""

    entity_id: str
    name: str
    type: str
    """A value of `schemas.tags.EntityType`."""
    salience: float
    """Sum over the articles that name it."""
    gender: str | None = None
    """A value of `forms_of_address.Gender`: how the articles address a person known by surname."""

    @property
    def has_given_id(self) -> bool:
        """Whether the id is a gazetteer's, and not derived from type and name."""
        return not self.entity_id.startswith(f"{self.type}:")


def have_different_ids(entities: Iterable[NamedEntity]) -> bool:
    """Return whether a gazetteer tells two of the entities apart."""
    return len({one.entity_id for one in entities if one.has_given_id}) > 1
