"""Decide which of a story's entities are one, under a short and a full name.

The decision is a pure function of the entities. A wrong one is worse than none: where two full
names fit a short one, or anything else speaks against it, both stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from schemas.tags import EntityType
from services.dedup.entity_resolution.named_entity import NamedEntity
from services.dedup.entity_resolution.organisation_aliases import organisation_aliases
from services.dedup.entity_resolution.person_aliases import person_aliases

LONGEST_NAME: Final = 100
"""A longer name is not a person's, and hardly an organisation's; it bounds what is stored."""


def find_aliases(entities: Iterable[NamedEntity]) -> dict[str, str]:
    """Return by id of each entity that is another one the id of that one.

    The result does not depend on the order of the entities; none of its values is one of its keys.
    """
    by_type: defaultdict[str, list[NamedEntity]] = defaultdict(list)
    for entity in sorted(entities):
        if len(entity.name) <= LONGEST_NAME:
            by_type[entity.type].append(entity)
    people = by_type.pop(EntityType.PERSON.value, [])
    others = [entity for of_type in by_type.values() for entity in of_type]
    organisations = by_type.get(EntityType.ORGANISATION.value, [])
    return person_aliases(people, others) | organisation_aliases(organisations)
