"""The gazetteer: entities that users define, with their own names and ids."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .base import Id, Message, Name
from .tags import EntityType

MAX_ALIASES = 10_000
"""Maximum number of aliases in a row; the row must fit into a Kafka message."""

Alias = Annotated[str, Field(max_length=300)]
"""A name to find in articles; empty names and stop words are reported and skipped, not rejected."""


class CaseRule(StrEnum):
    """How the case of a name is matched."""

    AUTO = "auto"
    EXACT = "exact"
    ANY = "any"


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
    wikidata_id: Annotated[str, Field(max_length=13, pattern=r"^Q[1-9][0-9]{0,11}$")] | None = (
        Field(default=None, description="Wikidata item of the entity.", examples=["Q42"])
    )
    case: CaseRule = Field(
        default=CaseRule.AUTO,
        description="`exact`: as written; `any`: case is ignored; `auto`: acronyms as written, "
        "other "
        "names in any case that begins with a capital letter.",
        examples=["auto"],
    )
