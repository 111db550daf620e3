"""Give the entities of an article the ids that they have in its story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from schemas.article import TaggedArticle
from schemas.tags import Entity, EntityAlias, Quote, TextField
from services.dedup.entity_resolution.aliases import find_aliases
from services.dedup.entity_resolution.forms_of_address import addressed_as, united
from services.dedup.entity_resolution.named_entity import NamedEntity

BY_STORY: Final = "story"
"""Value of `Entity.resolved_by`."""
MAX_COMPARED: Final = 200
"""Entities of an article that are compared with those of the story, the most salient ones."""
MAX_RESOLVED: Final = 20
"""Resolved entities of an article: bounds what is stored of it."""
MAX_MENTIONS: Final = 5000
"""Bound of the contract."""


class Resolution(msgspec.Struct, array_like=True, frozen=True):
    """The id and the name that an entity of an article has in its story."""

    alias_id: str
    """The id that the article itself gives."""
    entity_id: str
    name: str


def resolve_entities(
    article: TaggedArticle, story: Mapping[str, NamedEntity]
) -> tuple[Resolution, ...]:
    """Return which entities of an article have another id in its story.

    `story` are the entities of the story by id, those of the article included if it has room.
    """
    own = {
        one.entity_id: NamedEntity(one.entity_id, one.name, one.type.value, one.salience)
        for one in article.entities[:MAX_COMPARED]
    }
    known = {**own, **story}
    for entity_id, gender in addressed_as(article).items():
        if entity_id in known:  # the story does not count what a copy says
            named = known[entity_id]
            known[entity_id] = named._replace(gender=united(named.gender, gender))
    aliases = find_aliases(known.values())
    found = [
        Resolution(one, aliases[one], known[aliases[one]].name) for one in own if one in aliases
    ]
    return tuple(found[:MAX_RESOLVED])


def apply_resolutions(article: TaggedArticle, resolutions: Sequence[Resolution]) -> TaggedArticle:
    """Return an article whose entities have the ids of its story.

    Entities that turn out to be one are merged. An article without resolutions is returned as it
    is.
    """
    by_alias = {one.alias_id: one for one in resolutions}
    if not any(one.entity_id in by_alias for one in article.entities):
        return article
    found: dict[str, Entity] = {}
    for entity in article.entities:
        resolution = by_alias.get(entity.entity_id)
        resolved = entity if resolution is None else _resolved(entity, resolution)
        known = found.get(resolved.entity_id)
        found[resolved.entity_id] = resolved if known is None else _merged(known, resolved)
    quotes = [_with_resolved_speaker(quote, by_alias) for quote in article.quotes]
    return article.model_copy(update={"entities": list(found.values()), "quotes": quotes})


def _resolved(entity: Entity, resolution: Resolution) -> Entity:
    alias = EntityAlias(entity_id=entity.entity_id, name=entity.name)
    return entity.model_copy(
        update={
            "entity_id": resolution.entity_id,
            "name": resolution.name,
            "resolved_by": BY_STORY,
            "aliases": [alias],
        }
    )


def _merged(one: Entity, other: Entity) -> Entity:
    """Merge two entities of an article; what a gazetteer says of one of them is kept."""
    known = one if one.external_ids or one.wikidata_id else other
    mentions = sorted(
        [*one.mentions, *other.mentions],
        key=lambda mention: (mention.field is not TextField.TITLE, mention.start),
    )
    return one.model_copy(
        update={
            "salience": max(one.salience, other.salience),
            "mentions": mentions[:MAX_MENTIONS],
            "resolved_by": BY_STORY,
            "aliases": [*(one.aliases or ()), *(other.aliases or ())],
            "wikidata_id": known.wikidata_id,
            "external_ids": known.external_ids,
        }
    )


def _with_resolved_speaker(quote: Quote, by_alias: Mapping[str, Resolution]) -> Quote:
    """Return a quote with the speaker's id in the story; the name stays as the article has it."""
    resolution = by_alias.get(quote.speaker_id or "")
    if resolution is None:
        return quote
    return quote.model_copy(update={"speaker_id": resolution.entity_id})
