"""The gazetteer: entities that users define, with their own names and ids."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .base import Id, Message, Name
from .tags import EntityType, ExternalIds, WikidataId

MAX_ALIASES = 10_000
"""Maximum number of aliases in a row; the row must fit into a Kafka message."""

Alias = Annotated[str, Field(max_length=300)]
"""A name to find in articles; empty names and stop words are reported and skipped, not rejected."""


class CaseRule(StrEnum):
    """How the case of a name is matched."""

    AUTO = "auto"
    EXACT = "exact"
    ANY = "any"


class MatchRule(StrEnum):
    """How a row is matched with an article."""

    NAMES = "names"
    ID = "id"


class GazetteerRow(Message):
    """One entity; the topic keeps the last row of each `id`, and a null value removes it."""

    id: Id = Field(
        description="Becomes the `entity_id` of the entity in articles.",
        examples=["acme:harbour-board"],
    )
    name: Name = Field(
        description="Canonical name; it is matched in articles like the aliases.",
        examples=["Skarholm Harbour Board"],
    )
    type: EntityType = Field(description="Type of the entity.", examples=["organisation"])
    aliases: Annotated[list[Alias], Field(max_length=MAX_ALIASES)] = Field(
        default_factory=list,
        description="Other names of the entity.",
        examples=[["Harbour Board", "SHB"]],
    )
    ambiguous_aliases: Annotated[list[Alias], Field(max_length=MAX_ALIASES)] = Field(
        default_factory=list,
        description="Names that are also common words or mean other things. They are matched only "
        "where tagging finds an entity of the row's `type` with this name by itself. This holds "
        "for `name` and a name in `aliases` too, if it is repeated here.",
        examples=[["Harbour"]],
    )
    wikidata_id: WikidataId | None = Field(
        default=None,
        description="Wikidata item of the entity; the same as `external_ids.wikidata`, which "
        "counts if both are given.",
        examples=["Q42"],
    )
    external_ids: ExternalIds | None = Field(
        default=None,
        description="Ids of the entity in other registers. Articles and stories that mention the "
        "entity repeat them.",
    )
    match: MatchRule = Field(
        default=MatchRule.NAMES,
        description="`names`: the names are searched for in articles; `id`: they are not, and the "
        "row only adds its external ids to the entity that tagging finds with this `id`.",
        examples=["names"],
    )
    pack: Id | None = Field(
        default=None,
        description="Pack that the row was loaded from; null for a row of your own.",
        examples=["companies"],
    )
    case: CaseRule = Field(
        default=CaseRule.AUTO,
        description="`exact`: as written; `any`: case is ignored; `auto`: acronyms as written, "
        "other "
        "names in any case that begins with a capital letter.",
        examples=["auto"],
    )
