"""The article at each hop: raw, clean, tagged, enriched.

Each model adds to the one before it, so that a subscriber of the last reads
everything that is known of an article in one message.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.base import Body, Id, Language, Line, Message, Name, Page, Time, Url
from schemas.tags import Entity, Quote


class Status(StrEnum):
    """Whether the outlet stands by the article."""

    ACTIVE = "active"
    RETRACTED = "retracted"


class RawArticle(Message):
    """One page at one outlet, as a feed or crawler delivers it.

    At least one of ``html`` and ``text`` is required, but for a retraction, which
    may come bare.
    """

    url: Url = Field(
        description="Where the article was read; with `source` and `external_id` it identifies it.",
        examples=["https://harbourpost.example/2025/05/04/ferry"],
    )
    source: Name = Field(
        description="The outlet, as the feed names it.", examples=["harbourpost.example"]
    )
    title: Line | None = Field(
        default=None,
        description="Headline, where the feed states one.",
        examples=["Ferry line to Skarholm reopens"],
    )
    html: Page | None = Field(
        default=None,
        description="The whole page as HTML.",
        examples=["<html><body><article><p>The ferry line reopened.</p></article></body></html>"],
    )
    text: Page | None = Field(
        default=None,
        description="The page as text that a scraper took out of it, clutter and all.",
        examples=["Ferry line to Skarholm reopens\n\nThe ferry line reopened on Sunday."],
    )
    published_at: Time | None = Field(
        default=None,
        description="Publication time as the feed states it, with its UTC offset (a time without "
        "one is refused).",
        examples=["2025-05-04T08:30:00+02:00"],
    )
    fetched_at: Time | None = Field(
        default=None,
        description="When the page was fetched. Not part of the revision's identity.",
        examples=["2025-05-04T06:45:10Z"],
    )
    language: Language | None = Field(
        default=None,
        description="Language as the feed states it (BCP 47).",
        examples=["en"],
    )
    authors: Annotated[list[Name], Field(max_length=50)] = Field(
        default_factory=list,
        description="Authors as the feed states them.",
        examples=[["Ida Falk"]],
    )
    external_id: Line | None = Field(
        default=None,
        description="The outlet's own id; where given, it identifies the article instead of `url`.",
        examples=["hp-20250504-17"],
    )
    status: Status = Field(
        default=Status.ACTIVE,
        description="`retracted` withdraws the article.",
        examples=["active"],
    )

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if self.html is None and self.text is None and self.status is Status.ACTIVE:
            raise ValueError("neither html nor text")
        return self


class Precision(StrEnum):
    """The smallest unit that a stated date gives."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class DateSource(StrEnum):
    """Where a date was found, from the most to the least trusted."""

    FEED = "feed"
    JSON_LD = "json-ld"
    META = "meta"
    TIME_TAG = "time-tag"
    URL = "url"
    TEXT = "text"


class StatedDate(Message):
    """A date as it is stated, with how exact it is and where it was found.

    A page that states no zone leaves `utc` empty: the zone is never guessed.
    """

    value: Annotated[str, Field(max_length=40)] = Field(
        description="ISO 8601, cut at its precision; with offset only where one is stated.",
        examples=["2025-05-04T08:30+02:00", "2025-05-04"],
    )
    precision: Precision = Field(description="Smallest unit stated.", examples=["minute"])
    origin: DateSource = Field(description="Where it was found.", examples=["json-ld"])
    utc: Time | None = Field(
        default=None,
        description="The same moment in UTC; null where no zone or no time of day is stated.",
        examples=["2025-05-04T06:30:00Z"],
    )


class Provenance(Message):
    """Who made a result, and how sure it is."""

    name: Name = Field(description="Method or model.", examples=["newsloom-cleaning"])
    version: Name = Field(description="Its version.", examples=["1.0.0"])
    confidence: float = Field(
        ge=0, le=1, description="From 0 (a guess) to 1 (sure).", examples=[0.93]
    )


class CleanArticle(Message):
    """The article's own words and facts, without the page around them."""

    article_id: Id = Field(
        description="Identity of the article: the same through all its revisions.",
        examples=["a1b2c3d4e5f60718293a4b5c6d7e8f90"],
    )
    revision_id: Id = Field(
        description="Identity of this content of the article: the same content, the same id.",
        examples=["0f1e2d3c4b5a69788796a5b4c3d2e1f0"],
    )
    url: Url = Field(
        description="Where it was read.", examples=["https://harbourpost.example/2025/05/04/ferry"]
    )
    canonical_url: Url | None = Field(
        default=None,
        description="The address the page itself names as its own.",
        examples=["https://harbourpost.example/2025/05/04/ferry"],
    )
    source: Name = Field(
        description="The outlet, as the feed names it.", examples=["harbourpost.example"]
    )
    external_id: Line | None = Field(
        default=None, description="The outlet's own id.", examples=["hp-20250504-17"]
    )
    site_name: Name | None = Field(
        default=None, description="The outlet, as the page names it.", examples=["Harbour Post"]
    )
    section: Name | None = Field(
        default=None, description="Section of the outlet.", examples=["Local"]
    )
    status: Status = Field(
        default=Status.ACTIVE, description="`retracted`: withdrawn.", examples=["active"]
    )
    title: Line = Field(
        description="Headline; empty where none was found.",
        examples=["Ferry line to Skarholm reopens"],
    )
    body: Body = Field(
        description="The article's text, paragraphs parted by a blank line; empty only in a "
        "retraction.",
        examples=["The ferry line to Skarholm reopened on Sunday.\n\nTickets cost nine marks."],
    )
    word_count: int = Field(ge=0, description="Words in `body`.", examples=[412])
    authors: Annotated[list[Name], Field(max_length=50)] = Field(
        default_factory=list, description="Authors.", examples=[["Ida Falk"]]
    )
    published: StatedDate | None = Field(
        default=None, description="When it was first published; null where nothing states it."
    )
    modified: StatedDate | None = Field(
        default=None, description="When it was last changed; null where nothing states it."
    )
    fetched_at: Time | None = Field(
        default=None, description="When the page was fetched.", examples=["2025-05-04T06:45:10Z"]
    )
    ingested_at: Time = Field(
        description="When the raw message reached Newsloom (its Kafka timestamp).",
        examples=["2025-05-04T06:45:12Z"],
    )
    language: Language = Field(
        description="Language of the body; `und` where unknown.", examples=["en"]
    )
    language_confidence: float = Field(
        ge=0, le=1, description="How sure the language is, from 0 to 1.", examples=[0.98]
    )
    accessible_for_free: bool | None = Field(
        default=None,
        description="`isAccessibleForFree` of schema.org; null where the page does not say.",
        examples=[True],
    )
    truncated: bool = Field(
        default=False,
        description="The body is known to be cut (a teaser, a paywall, a length limit).",
        examples=[False],
    )
    kept_share: float = Field(
        ge=0,
        le=1,
        description="Share of the input's visible text that the body keeps, by characters.",
        examples=[0.42],
    )
    cleaning: Provenance = Field(description="Who made title and body.")


class TaggedArticle(CleanArticle):
    """A clean article with the entities and quotes found in it."""

    entities: Annotated[list[Entity], Field(max_length=2000)] = Field(
        default_factory=list, description="What the article names, most salient first."
    )
    quotes: Annotated[list[Quote], Field(max_length=1000)] = Field(
        default_factory=list, description="Direct speech, in order of appearance."
    )
    tagging: Provenance = Field(
        description="Who tagged it; `none` where no model knows the language."
    )


class VerdictKind(StrEnum):
    """What an article is to the articles before it."""

    ORIGINAL = "original"
    COPY = "copy"
    REVISION = "revision"
    RETRACTION = "retraction"


class CopyKind(StrEnum):
    """How a copy relates to its original."""

    EXACT = "exact"
    NEAR = "near"
    EXCERPT = "excerpt"


class Verdict(Message):
    """What the article is to the articles before it; each revision has exactly one."""

    kind: VerdictKind = Field(
        description="`original`; `copy` of another article; `revision` of this article; "
        "`retraction` of this article.",
        examples=["copy"],
    )
    reason: Line = Field(
        description="Why, for a person to read.",
        examples=["94 % of its text stands in an earlier article"],
    )
    revision: int = Field(
        ge=1, description="Number of this revision of the article, from 1.", examples=[1]
    )
    previous_revision_id: Id | None = Field(
        default=None,
        description="The revision this one replaces.",
        examples=["77aa0f1e2d3c4b5a69788796a5b4c3d2"],
    )
    changed: Annotated[list[Name], Field(max_length=20)] = Field(
        default_factory=list,
        description="What a revision changed: `title`, `body`, `published`, `status`.",
        examples=[["body"]],
    )
    copy_of: Id | None = Field(
        default=None,
        description="The original article; a copy of a copy names the original.",
        examples=["b2c3d4e5f60718293a4b5c6d7e8f90a1"],
    )
    copy_kind: CopyKind | None = Field(
        default=None,
        description="`exact`, `near` (edited) or `excerpt` (one holds most of the other).",
        examples=["near"],
    )
    similarity: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Jaccard similarity of the word shingles of the two texts (to the original "
        "for a copy, to the last revision for a revision).",
        examples=[0.94],
    )
    share_in_original: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Share of this article's shingles that stand in the original.",
        examples=[0.97],
    )
    share_of_original: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Share of the original's shingles that stand in this article.",
        examples=[0.96],
    )
    method: Name = Field(
        description="How the verdict was reached.", examples=["shingle-5/bottom-512"]
    )


class EnrichedArticle(TaggedArticle):
    """The finished message: clean, tagged, with its verdict and its story."""

    verdict: Verdict = Field(description="What it is to the articles before it.")
    story_id: Id | None = Field(
        default=None,
        description="The story it belongs to; null where it has none (a retraction of an unknown "
        "article).",
        examples=["s-5d6e7f8091a2b3c4d5e6f708192a3b4c"],
    )
