"""Entities and quotes: what tagging finds in an article."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Id, Line, Message, Name


class EntityType(StrEnum):
    """Kinds of things an article can name."""

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
    """Which text of the article an offset counts in."""

    TITLE = "title"
    BODY = "body"


class Mention(Message):
    """One place where the text names an entity.

    `start` and `end` count characters (Unicode code points) from 0 in the named
    field; the slice `[start:end]` is `text`.
    """

    field: TextField = Field(description="`title` or `body`.", examples=["body"])
    start: int = Field(ge=0, description="First character, from 0.", examples=[17])
    end: int = Field(gt=0, description="One past the last character.", examples=[25])
    text: Name = Field(description="The words themselves.", examples=["Skarholm"])
    by: Name = Field(
        description="Who said so: a model with version, `gazetteer` or `rule`.",
        examples=["en_core_web_md-3.8.0"],
    )


class Entity(Message):
    """A thing the article names, with all its mentions."""

    entity_id: Id = Field(
        description="The same for the same thing in every article: a gazetteer's id, a place's "
        "id, or one made from type and name.",
        examples=["place:skarholm"],
    )
    name: Name = Field(description="Canonical name: the fullest form known.", examples=["Skarholm"])
    type: EntityType = Field(description="What kind of thing.", examples=["place"])
    salience: float = Field(
        ge=0,
        le=1,
        description="How much the article is about it, from 0 to 1 (title, position, frequency).",
        examples=[0.71],
    )
    mentions: Annotated[list[Mention], Field(max_length=5000)] = Field(
        description="Every place where it is named, title first, in order."
    )
    wikidata_id: Annotated[str, Field(max_length=13, pattern=r"^Q[1-9][0-9]{0,11}$")] | None = (
        Field(
            default=None,
            description="Its item in Wikidata, where the gazetteer gives one.",
            examples=["Q42"],
        )
    )
    place_kind: PlaceKind | None = Field(
        default=None, description="What kind of place; null for all else.", examples=["city"]
    )
    country_code: Annotated[str, Field(max_length=2, pattern=r"^[A-Z]{2}$")] | None = Field(
        default=None,
        description="ISO 3166-1 alpha-2 code of the country that the place is, or lies in.",
        examples=["NO"],
    )
    latitude: float | None = Field(
        default=None,
        ge=-90,
        le=90,
        description="Degrees north (WGS 84), where known.",
        examples=[59.91],
    )
    longitude: float | None = Field(
        default=None,
        ge=-180,
        le=180,
        description="Degrees east (WGS 84), where known.",
        examples=[10.75],
    )
    population: int | None = Field(
        default=None, ge=0, description="Inhabitants, where known.", examples=[709000]
    )
    ambiguous: bool = Field(
        default=False,
        description="Several places bear the name and the article does not clearly tell which is "
        "meant; the likeliest is given.",
        examples=[False],
    )


class Quote(Message):
    """Direct speech in the body; the slice `[start:end]` is `text`, without the marks."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)] = Field(
        description="The words quoted.", examples=["We waited two years for this."]
    )
    start: int = Field(ge=0, description="First character in `body`, from 0.", examples=[120])
    end: int = Field(gt=0, description="One past the last character.", examples=[149])
    speaker: Name | None = Field(
        default=None,
        description="Who said it, as the article names them; null where it does not say.",
        examples=["Ida Falk"],
    )
    speaker_id: Id | None = Field(
        default=None,
        description="The speaker's `entity_id`, where the speaker is an entity of the article.",
        examples=["person:ida-falk"],
    )
    cue: Line | None = Field(
        default=None, description="The verb that marks the speech.", examples=["said"]
    )
