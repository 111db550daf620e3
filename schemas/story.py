"""The story: all articles about the same event, and its changes over time."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .article import Precision, VerdictKind
from .base import Id, Language, Line, Message, Name, Time, Url
from .tags import EntityAlias, EntityType, ExternalIds


class StoryChange(StrEnum):
    """How the story changed in this version."""

    CREATED = "created"
    """The story is new; `split_from` is set if its articles belonged to another story before."""
    UPDATED = "updated"
    """An article, a revision or a retraction was added, or another story was merged into it."""
    MERGED = "merged"
    """The story has ended: its articles now belong to the story `merged_into`."""
    SPLIT = "split"
    """Some articles were about another event; they are now the last story of `split_into`."""
    CLOSED = "closed"
    """No article was added for the quiet period."""


class StoryArticle(Message):
    """Summary of an article of the story."""

    article_id: Id = Field(
        description="Id of the article.", examples=["a1b2c3d4e5f60718293a4b5c6d7e8f90"]
    )
    url: Url = Field(
        description="URL from which it was fetched.",
        examples=["https://harbourpost.example/2025/05/04/ferry"],
    )
    source: Name = Field(
        description="Outlet, as named by the feed.", examples=["harbourpost.example"]
    )
    title: Line = Field(description="Headline.", examples=["Ferry line to Skarholm reopens"])
    verdict: VerdictKind = Field(
        description="`original` or `copy`; `retraction` after it was withdrawn.",
        examples=["original"],
    )
    at: Time = Field(
        description="Event time: the publication time if it is trusted, otherwise the time it "
        "was first seen. What the source did not state of it is filled with zeros and taken as "
        "UTC; `published` of the article's own message says what it stated.",
        examples=["2025-05-04T06:30:00Z"],
    )


class StoryEntity(Message):
    """An entity that the story is about."""

    entity_id: Id = Field(
        description="The `entity_id` in the articles. Articles that came before the full name was "
        "known may have one of `aliases`.",
        examples=["place:skarholm"],
    )
    name: Name = Field(description="Canonical name.", examples=["Skarholm"])
    type: EntityType = Field(description="Type of the entity.", examples=["place"])
    weight: float = Field(
        ge=0, le=1, description="Mean salience over the articles of the story.", examples=[0.64]
    )
    external_ids: ExternalIds | None = Field(
        default=None,
        description="Ids of the entity in other registers, as in the articles; null if none is "
        "known.",
    )
    aliases: Annotated[list[EntityAlias], Field(max_length=60)] | None = Field(
        default=None,
        description="Further ids and names under which articles of the story have the entity, "
        "such as the surname alone; null if there are none.",
        examples=[[{"entity_id": "person:falk", "name": "Falk"}]],
    )


class StorySentence(Message):
    """A sentence of the summary, quoted from an article."""

    text: Annotated[str, Field(min_length=1, max_length=1000)] = Field(
        description="The sentence, as it appears in the article.",
        examples=["The ferry line to Skarholm reopened on Sunday."],
    )
    article_id: Id = Field(
        description="Id of the article that contains it.",
        examples=["a1b2c3d4e5f60718293a4b5c6d7e8f90"],
    )


class StoryGrowth(Message):
    """The number of articles in an interval of time."""

    start: Time = Field(
        description="Start of the interval, in event time.", examples=["2031-05-04T06:00:00Z"]
    )
    articles: int = Field(ge=1, description="Number of articles in the interval.", examples=[3])


class Story(Message):
    """The current state of a story; the topic keeps the last state of each `story_id`."""

    story_id: Id = Field(
        description="Id of the story; it never changes and is never reused.",
        examples=["s-5d6e7f8091a2b3c4d5e6f708192a3b4c"],
    )
    version: int = Field(
        ge=1,
        description="Version of the story; it increases by one with every change.",
        examples=[3],
    )
    change: StoryChange = Field(
        description="How the story changed in this version.", examples=["updated"]
    )
    reason: Line = Field(
        description="Explanation of the change, for people.",
        examples=["another article reports it: 0.61 alike, shares Skarholm, Ida Falk"],
    )
    headline: Line = Field(
        description="Headline of the most central article that has one, or else a sentence.",
        examples=["Ferry line to Skarholm reopens"],
    )
    started_at: Time = Field(
        description="Event time of the first article.", examples=["2025-05-04T06:30:00Z"]
    )
    started_precision: Precision | None = Field(
        default=None,
        description="Precision of `started_at`: the smallest unit that is stated; the rest is "
        "filled with zeros. Null if it is not known.",
        examples=["minute"],
    )
    started_zone_stated: bool | None = Field(
        default=None,
        description="Whether the time zone of `started_at` is stated. If false, the time was "
        "taken as UTC, and may be off by up to 14 hours. Null if it is not known.",
        examples=[True],
    )
    latest_at: Time = Field(
        description="Event time of the latest article.", examples=["2025-05-04T11:02:00Z"]
    )
    latest_precision: Precision | None = Field(
        default=None,
        description="Precision of `latest_at`, as `started_precision`.",
        examples=["minute"],
    )
    latest_zone_stated: bool | None = Field(
        default=None,
        description="Whether the time zone of `latest_at` is stated, as `started_zone_stated`.",
        examples=[True],
    )
    articles: Annotated[list[StoryArticle], Field(max_length=1000)] = Field(
        description="Articles in the order in which they were first seen; at most 1,000. Of a "
        "story with more, or with very long ones, the most central and the newest are listed; the "
        "counts are of all."
    )
    article_count: int = Field(ge=0, description="Total number of articles.", examples=[4])
    original_count: int = Field(ge=0, description="Number of originals.", examples=[3])
    copy_count: int = Field(ge=0, description="Number of copies.", examples=[1])
    retraction_count: int | None = Field(
        default=None, ge=0, description="Number of withdrawn articles.", examples=[0]
    )
    outlet_count: int = Field(
        ge=0, description="Number of outlets, counted up to 1,500.", examples=[4]
    )
    languages: Annotated[list[Language], Field(max_length=50)] = Field(
        description="Languages of the articles.", examples=[["en"]]
    )
    entities: Annotated[list[StoryEntity], Field(max_length=50)] = Field(
        description="Entities that the story is about, highest weight first; at most 50."
    )
    merged_into: Id | None = Field(
        default=None,
        description="Id of the story that this story was merged into; it is set once.",
        examples=["s-0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
    )
    places: Annotated[list[StoryEntity], Field(max_length=10)] = Field(
        default_factory=list, description="Places that the story is about; at most 10."
    )
    summary: Annotated[list[StorySentence], Field(max_length=3)] = Field(
        default_factory=list,
        description="Up to three sentences from the articles, each of which adds new information.",
    )
    timeline: Annotated[list[StoryGrowth], Field(max_length=100)] = Field(
        default_factory=list,
        description="Number of articles over time, in intervals of one hour (longer for long "
        "stories); empty intervals are left out.",
    )
    split_from: Id | None = Field(
        default=None,
        description="Id of the story that this story was split from; its first articles "
        "belonged to "
        "that story before.",
        examples=["s-0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
    )
    split_into: Annotated[list[Id], Field(max_length=50)] = Field(
        default_factory=list,
        description="Ids of the stories that were split from this story with some of its articles, "
        "the latest last; at most 50.",
        examples=[["s-5d6e7f8091a2b3c4d5e6f708192a3b4c"]],
    )
