"""The story: all articles that report one happening, and how it lives."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.article import VerdictKind
from schemas.base import Id, Language, Line, Message, Name, Time, Url
from schemas.tags import EntityType


class StoryChange(StrEnum):
    """What happened to the story in this version."""

    CREATED = "created"
    """It is new; `split_from` says whether its articles were another story's before."""
    UPDATED = "updated"
    """It has another article, a revision, a retraction, or took another story in."""
    MERGED = "merged"
    """It ended: `merged_into` goes on with its articles."""
    SPLIT = "split"
    """Some of its articles report something else; they are now the last story of `split_into`."""
    CLOSED = "closed"
    """No article came for the quiet time."""


class StoryArticle(Message):
    """An article of the story, in brief."""

    article_id: Id = Field(
        description="The article.", examples=["a1b2c3d4e5f60718293a4b5c6d7e8f90"]
    )
    url: Url = Field(
        description="Where it was read.", examples=["https://harbourpost.example/2025/05/04/ferry"]
    )
    source: Name = Field(description="The outlet.", examples=["harbourpost.example"])
    title: Line = Field(description="Headline.", examples=["Ferry line to Skarholm reopens"])
    verdict: VerdictKind = Field(
        description="`original` or `copy`; `retraction` once withdrawn.", examples=["original"]
    )
    at: Time = Field(
        description="Event time: published where trusted, else first seen.",
        examples=["2025-05-04T06:30:00Z"],
    )


class StoryEntity(Message):
    """A thing the story is about."""

    entity_id: Id = Field(description="As in the articles.", examples=["place:skarholm"])
    name: Name = Field(description="Canonical name.", examples=["Skarholm"])
    type: EntityType = Field(description="What kind of thing.", examples=["place"])
    weight: float = Field(
        ge=0, le=1, description="Mean salience over the story's articles.", examples=[0.64]
    )


class StorySentence(Message):
    """A sentence of the summary, word for word."""

    text: Annotated[str, Field(min_length=1, max_length=1000)] = Field(
        description="The sentence as the article has it.",
        examples=["The ferry line to Skarholm reopened on Sunday."],
    )
    article_id: Id = Field(
        description="The article it stands in.", examples=["a1b2c3d4e5f60718293a4b5c6d7e8f90"]
    )


class StoryGrowth(Message):
    """How many articles a stretch of time brought."""

    start: Time = Field(
        description="Begin of the stretch, in event time.", examples=["2031-05-04T06:00:00Z"]
    )
    articles: int = Field(ge=1, description="Articles of that stretch.", examples=[3])


class Story(Message):
    """The present state of a story; the topic keeps the last one of each `story_id`."""

    story_id: Id = Field(
        description="Never changes and is never given to another story.",
        examples=["s-5d6e7f8091a2b3c4d5e6f708192a3b4c"],
    )
    version: int = Field(ge=1, description="Grows by one with every change.", examples=[3])
    change: StoryChange = Field(description="What this version changed.", examples=["updated"])
    reason: Line = Field(
        description="Why, for a person to read.",
        examples=["another article reports it: 0.61 alike, shares Skarholm, Ida Falk"],
    )
    headline: Line = Field(
        description="Headline of the most central article.",
        examples=["Ferry line to Skarholm reopens"],
    )
    started_at: Time = Field(
        description="Event time of its first article.", examples=["2025-05-04T06:30:00Z"]
    )
    latest_at: Time = Field(
        description="Event time of its latest article.", examples=["2025-05-04T11:02:00Z"]
    )
    articles: Annotated[list[StoryArticle], Field(max_length=1000)] = Field(
        description="Its articles, first seen first; the first 1,000 of a larger story."
    )
    article_count: int = Field(ge=0, description="How many articles in all.", examples=[4])
    original_count: int = Field(ge=0, description="How many are originals.", examples=[3])
    copy_count: int = Field(ge=0, description="How many are copies.", examples=[1])
    outlet_count: int = Field(ge=0, description="How many outlets.", examples=[4])
    languages: Annotated[list[Language], Field(max_length=50)] = Field(
        description="Languages of its articles.", examples=[["en"]]
    )
    entities: Annotated[list[StoryEntity], Field(max_length=50)] = Field(
        description="What it is about, heaviest first; at most 50."
    )
    merged_into: Id | None = Field(
        default=None,
        description="Set once: the story that goes on in this one's place.",
        examples=["s-0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
    )
    places: Annotated[list[StoryEntity], Field(max_length=10)] = Field(
        default_factory=list, description="The places among what it is about; at most 10."
    )
    summary: Annotated[list[StorySentence], Field(max_length=3)] = Field(
        default_factory=list,
        description="Up to three sentences of its articles, each adding to those before it.",
    )
    timeline: Annotated[list[StoryGrowth], Field(max_length=100)] = Field(
        default_factory=list,
        description="How it grew: stretches of one hour, longer in a long story; empty ones are "
        "left out.",
    )
    split_from: Id | None = Field(
        default=None,
        description="The story this one was parted from; its first articles were that story's "
        "until then.",
        examples=["s-0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
    )
    split_into: Annotated[list[Id], Field(max_length=50)] = Field(
        default_factory=list,
        description="Stories that were parted from this one with some of its articles, the latest "
        "last; at most 50.",
        examples=[["s-5d6e7f8091a2b3c4d5e6f708192a3b4c"]],
    )
