"""Make the entities of invented stories for the tests."""

from __future__ import annotations

from schemas.tags import EntityType
from services.dedup.entity_resolution.aliases import find_aliases
from services.dedup.entity_resolution.named_entity import NamedEntity


def named(name: str, kind: str = "person", salience: float = 0.9, **more: str) -> NamedEntity:
    slug = name.lower().replace(" ", "-")
    return NamedEntity(more.pop("entity_id", f"{kind}:{slug}"), name, kind, salience, **more)


def people(*names: str) -> list[NamedEntity]:
    return [named(name) for name in names]


def organisations(*names: str) -> list[NamedEntity]:
    return [named(name, EntityType.ORGANISATION.value) for name in names]


def aliases(entities: list[NamedEntity]) -> dict[str, str]:
    """Return the name that each resolved name stands for."""
    names = {one.entity_id: one.name for one in entities}
    return {names[one]: names[other] for one, other in find_aliases(entities).items()}
