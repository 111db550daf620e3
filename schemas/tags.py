"""Entities and quotes that tagging finds in an article."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .base import Id, Line, Message, Name

WikidataId = Annotated[str, Field(max_length=13, pattern=r"^Q[1-9][0-9]{0,11}$")]
"""Id of a Wikidata item."""


class EntityType(StrEnum):
    """Types of entities."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    EVENT = "event"
    WORK = "work"
    PRODUCT = "product"


class PlaceKind(StrEnum):
    """Kinds of places."""

    CONTINENT = "continent"
    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    OTHER = "other"


class TextField(StrEnum):
    """The field of the article that an offset refers to."""

    TITLE = "title"
    BODY = "body"


class Mention(Message):
    """One occurrence of an entity in the text.

    `start` and `end` are offsets in characters (Unicode code points) from 0 in the given
    field; the slice `[start:end]` is `text`.
    """

    field: TextField = Field(description="`title` or `body`.", examples=["body"])
    start: int = Field(ge=0, description="Offset of the first character, from 0.", examples=[17])
    end: int = Field(gt=0, description="Offset after the last character.", examples=[25])
    text: Name = Field(description="The text of the mention.", examples=["Skarholm"])
    by: Name = Field(
        description="What found the mention: a model with its version, `gazetteer` or `rule`.",
        examples=["en_core_web_md-3.8.0"],
    )


class ExternalIds(Message):
    """Ids of an entity in other registers; one that is not known is null."""

    wikidata: WikidataId | None = Field(
        default=None, description="Wikidata item.", examples=["Q42"]
    )
    wikipedia: (
        Annotated[str, Field(max_length=300, pattern=r"^https://[a-z-]+\.wikipedia\.org/wiki/\S+$")]
        | None
    ) = Field(
        default=None,
        description="Address of the Wikipedia article.",
        examples=["https://en.wikipedia.org/wiki/Skarholm"],
    )
    ticker: Annotated[str, Field(max_length=32, pattern=r"^[!-~]+$")] | None = Field(
        default=None,
        description="Ticker symbol of a listed company, after its stock exchange and a colon if "
        "that is known.",
        examples=["OSL:SKH"],
    )
    lei: Annotated[str, Field(max_length=20, pattern=r"^[A-Z0-9]{18}[0-9]{2}$")] | None = Field(
        default=None,
        description="Legal Entity Identifier (ISO 17442).",
        examples=["0000000000000000SK98"],
    )
    geonames: Annotated[str, Field(max_length=10, pattern=r"^[1-9][0-9]*$")] | None = Field(
        default=None, description="GeoNames id of a place.", examples=["3143244"]
    )


class EntityAlias(Message):
    """Another id under which an entity is known, with its name."""

    entity_id: Id = Field(description="The other id.", examples=["person:falk"])
    name: Name = Field(description="The name that belongs to it.", examples=["Falk"])


class Entity(Message):
    """An entity that the article mentions, with all its mentions."""

    entity_id: Id = Field(
        description="Id of the entity, the same in every article: the id of a gazetteer row or a "
        "place, or an id derived from type and name. In enriched articles, the name may be one "
        "from the article's story (`resolved_by`).",
        examples=["place:skarholm"],
    )
    name: Name = Field(description="Canonical name: the fullest form known.", examples=["Skarholm"])
    type: EntityType = Field(description="Type of the entity.", examples=["place"])
    salience: float = Field(
        ge=0,
        le=1,
        description="How much the article is about the entity, from 0 to 1 (title, position, "
        "frequency).",
        examples=[0.71],
    )
    mentions: Annotated[list[Mention], Field(max_length=5000)] = Field(
        description="All mentions in text order, those in the title first."
    )
    resolved_by: Name | None = Field(
        default=None,
        description="What gave the entity the id and name of another one: `story` if the article "
        "has only a short form, and other articles of its story a full name that is the only one "
        "to fit. Null if id and name are from the article itself. Readers must accept other "
        "values.",
        examples=["story"],
    )
    aliases: Annotated[list[EntityAlias], Field(max_length=50)] | None = Field(
        default=None,
        description="Ids and names that the article itself gives to the entity, if `resolved_by` "
        "is set.",
        examples=[[{"entity_id": "person:falk", "name": "Falk"}]],
    )
    wikidata_id: WikidataId | None = Field(
        default=None,
        description="Wikidata item of the entity, if the gazetteer gives one; the same as "
        "`external_ids.wikidata`.",
        examples=["Q42"],
    )
    external_ids: ExternalIds | None = Field(
        default=None,
        description="Ids of the entity in other registers: those that the gazetteer gives, and "
        "the GeoNames id of a place. Null if none is known.",
    )
    place_kind: PlaceKind | None = Field(
        default=None,
        description="Kind of place; null if the entity is not a place.",
        examples=["city"],
    )
    country_code: Annotated[str, Field(max_length=2, pattern=r"^[A-Z]{2}$")] | None = Field(
        default=None,
        description="ISO 3166-1 alpha-2 code of the country that the place is or is located in.",
        examples=["NO"],
    )
    latitude: float | None = Field(
        default=None,
        ge=-90,
        le=90,
        description="Degrees north (WGS 84), if known.",
        examples=[59.91],
    )
    longitude: float | None = Field(
        default=None,
        ge=-180,
        le=180,
        description="Degrees east (WGS 84), if known.",
        examples=[10.75],
    )
    population: int | None = Field(
        default=None, ge=0, description="Number of inhabitants, if known.", examples=[709000]
    )
    ambiguous: bool = Field(
        default=False,
        description="True if several places have the name and the article does not make clear "
        "which "
        "one is meant; the most likely one is given.",
        examples=[False],
    )


class Quote(Message):
    """A direct quote in the body; the slice `[start:end]` is `text`, without quotation marks."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)] = Field(
        description="The quoted words.", examples=["We waited two years for this."]
    )
    start: int = Field(
        ge=0, description="Offset of the first character in `body`, from 0.", examples=[120]
    )
    end: int = Field(gt=0, description="Offset after the last character.", examples=[149])
    speaker: Name | None = Field(
        default=None,
        description="Speaker, as named by the article; null if it names none.",
        examples=["Ida Falk"],
    )
    speaker_id: Id | None = Field(
        default=None,
        description="The `entity_id` of the speaker, if the speaker is an entity of the article.",
        examples=["person:ida-falk"],
    )
    cue: Line | None = Field(
        default=None, description="The verb that introduces the speech.", examples=["said"]
    )
