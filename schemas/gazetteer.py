"""The gazetteer: things that users want tagged, by their own names and ids."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Id, Message, Name
from schemas.tags import EntityType

MAX_ALIASES = 10_000
"""Most aliases of one row; no thing has more, and the row must fit into a Kafka message."""

Alias = Annotated[str, Field(max_length=300)]
"""A name to look for; empty ones and stop words are left out with a reason, not refused."""


class CaseRule(StrEnum):
    """How far a name's capitals matter."""

    AUTO = "auto"
    EXACT = "exact"
    ANY = "any"


class GazetteerRow(Message):
    """One thing; the topic keeps the last row of each `id`, a null value removes it."""

    id: Id = Field(
        description="Comes back as `entity_id` of every hit.", examples=["acme:harbour-board"]
    )
    name: Name = Field(
        description="Canonical name; it is looked for, as the aliases are.",
        examples=["Skarholm Harbour Board"],
    )
    type: EntityType = Field(description="What kind of thing.", examples=["organisation"])
    aliases: Annotated[list[Alias], Field(max_length=MAX_ALIASES)] = Field(
        default_factory=list, description="Other names of it.", examples=[["Harbour Board", "SHB"]]
    )
    wikidata_id: Annotated[str, Field(max_length=13, pattern=r"^Q[1-9][0-9]{0,11}$")] | None = (
        Field(default=None, description="Its item in Wikidata.", examples=["Q42"])
    )
    case: CaseRule = Field(
        default=CaseRule.AUTO,
        description="`exact`: as written; `any`: capitals do not matter; `auto`: acronyms as "
        "written, other names in any case that begins with a capital.",
        examples=["auto"],
    )
