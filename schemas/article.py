"""The article after each stage: raw, clean, tagged, enriched.

From the clean article on, each model extends the one before it, so that a subscriber of
enriched articles gets everything that is known about an article in one message.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from .base import Body, Id, Language, Line, Message, Name, Page, Time, Url
from .tags import Entity, Quote, TextField
from .text_diff import TextChange, diff_text


class Status(StrEnum):
    """Whether the outlet has withdrawn the article."""

    ACTIVE = "active"
    RETRACTED = "retracted"


class RawArticle(Message):
    """An article of an outlet, as a feed or crawler delivers it.

    At least one of `html` and `text` is required, except for a retraction.
    """

    url: Url = Field(
        description="URL from which the article was fetched. Without an `external_id` it "
        "identifies the article.",
        examples=["https://harbourpost.example/2025/05/04/ferry"],
    )
    source: Name = Field(
        description="Outlet, as named by the feed.", examples=["harbourpost.example"]
    )
    title: Line | None = Field(
        default=None,
        description="Headline, if the feed gives one.",
        examples=["Ferry line to Skarholm reopens"],
    )
    html: Page | None = Field(
        default=None,
        description="The whole page as HTML.",
        examples=["<html><body><article><p>The ferry line reopened.</p></article></body></html>"],
    )
    text: Page | None = Field(
        default=None,
        description="Text of the page as extracted by a scraper; it may contain more than the "
        "article.",
        examples=["Ferry line to Skarholm reopens\n\nThe ferry line reopened on Sunday."],
    )
    published_at: Time | None = Field(
        default=None,
        description="Publication time given by the feed, with its UTC offset (a time without an "
        "offset is rejected).",
        examples=["2025-05-04T08:30:00+02:00"],
    )
    fetched_at: Time | None = Field(
        default=None,
        description="Time at which the page was fetched. It does not affect the revision id.",
        examples=["2025-05-04T06:45:10Z"],
    )
    language: Language | None = Field(
        default=None,
        description="Language given by the feed (BCP 47).",
        examples=["en"],
    )
    authors: Annotated[list[Name], Field(max_length=50)] = Field(
        default_factory=list,
        description="Authors given by the feed.",
        examples=[["Ida Falk"]],
    )
    external_id: Line | None = Field(
        default=None,
        description="Id given by the outlet; if present, it identifies the article with "
        "`source`, instead of `url`.",
        examples=["hp-20250504-17"],
    )
    status: Status = Field(
        default=Status.ACTIVE,
        description="`retracted` if the outlet withdraws the article, otherwise `active`.",
        examples=["active"],
    )

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if self.html is None and self.text is None and self.status is Status.ACTIVE:
            raise ValueError("neither html nor text")
        return self


class Precision(StrEnum):
    """Precision of a date: the smallest unit that it states."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class DateSource(StrEnum):
    """Where a date was found, ordered from the most to the least trusted source."""

    FEED = "feed"
    JSON_LD = "json-ld"
    META = "meta"
    TIME_TAG = "time-tag"
    URL = "url"
    TEXT = "text"


class StatedDate(Message):
    """A date as the feed or the page states it, with its precision and its source.

    Time zones are never guessed: `utc` is null if the source states no zone.
    """

    value: Annotated[str, Field(max_length=40)] = Field(
        description="ISO 8601, truncated to the precision; with an offset only if one is stated.",
        examples=["2025-05-04T08:30+02:00", "2025-05-04"],
    )
    precision: Precision = Field(description="Smallest unit that is stated.", examples=["minute"])
    origin: DateSource = Field(description="Where the date was found.", examples=["json-ld"])
    utc: Time | None = Field(
        default=None,
        description="The same time in UTC; null if no time zone or no time of day is stated.",
        examples=["2025-05-04T06:30:00Z"],
    )
    ambiguous: bool = Field(
        default=False,
        description="True if the page writes day and month in numbers and nothing tells their "
        "order; the month is then read first.",
        examples=[False],
    )
    relative: bool = Field(
        default=False,
        description='True if the page states only a distance in time ("2 hours ago"); the value '
        "is then computed from the time at which the page was fetched.",
        examples=[False],
    )
    of_last_change: bool = Field(
        default=False,
        description="True for a date of publication if the page states only when it was last "
        "changed; the article was published then or before.",
        examples=[False],
    )


class FactSource(StrEnum):
    """Where a fact about the article was found."""

    JSON_LD = "json-ld"
    OPEN_GRAPH = "open-graph"
    META = "meta"
    PAGE = "page"


class Image(Message):
    """The image that the page states for the article; never a logo or an icon."""

    url: Url = Field(
        description="Address of the image.",
        examples=["https://harbourpost.example/images/ferry.jpg"],
    )
    alt: Line | None = Field(
        default=None, description="Text that describes it.", examples=["The ferry at the quay"]
    )
    width: int | None = Field(default=None, ge=1, description="Width in pixels.", examples=[1200])
    height: int | None = Field(default=None, ge=1, description="Height in pixels.", examples=[630])
    origin: FactSource = Field(description="Where it was found.", examples=["open-graph"])


class Video(Message):
    """The video that the page states for the article."""

    url: Url = Field(
        description="Address of the video's file or player.",
        examples=["https://harbourpost.example/videos/ferry.mp4"],
    )
    origin: FactSource = Field(description="Where it was found.", examples=["json-ld"])


class StatedText(Message):
    """A text that the page states about the article."""

    value: Annotated[str, Field(max_length=5000)] = Field(
        description="The text, without markup.",
        examples=["The ferry line to Skarholm runs again after two weeks."],
    )
    origin: FactSource = Field(description="Where it was found.", examples=["meta"])


class StatedTexts(Message):
    """A list of short texts that the page states about the article."""

    values: Annotated[list[Name], Field(max_length=50)] = Field(
        description="The texts, in the order of the page.", examples=[["ferries", "Skarholm"]]
    )
    origin: FactSource = Field(description="Where they were found.", examples=["json-ld"])


class GenreKind(StrEnum):
    """Kinds of articles that are not plain news."""

    OPINION = "opinion"
    ANALYSIS = "analysis"
    PRESS_RELEASE = "press-release"
    LIVE_BLOG = "live-blog"
    OBITUARY = "obituary"
    REVIEW = "review"


class Genre(Message):
    """The genre that the page states for the article."""

    value: GenreKind = Field(description="The genre.", examples=["opinion"])
    origin: FactSource = Field(description="Where it was found.", examples=["json-ld"])


class ContributionKind(StrEnum):
    """What someone beside the writers did for an article."""

    PICTURES = "pictures"
    EDITING = "editing"


class Contribution(Message):
    """Someone whom the byline credits with something else than the text."""

    name: Name = Field(description="Name of the person.", examples=["Omar Reyes"])
    kind: ContributionKind = Field(
        description="`pictures`: photographs, illustrations, videos; `editing`: reviewed, checked, "
        "edited or translated the text.",
        examples=["pictures"],
    )


class Provenance(Message):
    """The method that produced a result, and its confidence."""

    name: Name = Field(description="Name of the method or model.", examples=["newsloom-cleaning"])
    version: Name = Field(description="Version of the method or model.", examples=["1.0.0"])
    confidence: float = Field(
        ge=0, le=1, description="Confidence from 0 (a guess) to 1 (certain).", examples=[0.93]
    )


class CleanArticle(Message):
    """An article as extracted text and metadata, without the rest of the page."""

    article_id: Id = Field(
        description="Id of the article; the same for all its revisions. Made from outlet and "
        "external id, else from the canonical URL that the page names for itself, else the URL.",
        examples=["a1b2c3d4e5f60718293a4b5c6d7e8f90"],
    )
    revision_id: Id = Field(
        description="Id of this revision, derived from `article_id` and the fields whose change "
        "is a revision: `title`, `body`, `authors`, `published`, `modified`, `section`, "
        "`language`, `accessible_for_free`, `status`, `section_path`, `genre`, `description`, "
        "`keywords`, `image` and `video`. If only the rest of the page changes, such as an advert, "
        "the id stays the same.",
        examples=["0f1e2d3c4b5a69788796a5b4c3d2e1f0"],
    )
    url: Url = Field(
        description="URL from which it was fetched.",
        examples=["https://harbourpost.example/2025/05/04/ferry"],
    )
    canonical_url: Url | None = Field(
        default=None,
        description="Canonical URL that the page itself declares.",
        examples=["https://harbourpost.example/2025/05/04/ferry"],
    )
    source: Name = Field(
        description="Outlet, as named by the feed.", examples=["harbourpost.example"]
    )
    external_id: Line | None = Field(
        default=None, description="Id given by the outlet.", examples=["hp-20250504-17"]
    )
    site_name: Name | None = Field(
        default=None,
        description="Name of the outlet, as given by the page.",
        examples=["Harbour Post"],
    )
    section: Name | None = Field(
        default=None, description="Section of the outlet.", examples=["Local"]
    )
    section_path: StatedTexts | None = Field(
        default=None,
        description="Section of the outlet as a path from the top, such as News, Local; null if "
        "not stated.",
    )
    genre: Genre | None = Field(
        default=None, description="Genre of the article; null where the page states none."
    )
    description: StatedText | None = Field(
        default=None, description="Summary of the article that the page gives."
    )
    keywords: StatedTexts | None = Field(
        default=None, description="Keywords that the page gives for the article."
    )
    image: Image | None = Field(default=None, description="Main image of the article.")
    video: Video | None = Field(default=None, description="Main video of the article.")
    status: Status = Field(
        default=Status.ACTIVE,
        description="`retracted` if the outlet has withdrawn the article.",
        examples=["active"],
    )
    title: Line = Field(
        description="Headline; empty if none was found.",
        examples=["Ferry line to Skarholm reopens"],
    )
    body: Body = Field(
        description="Text of the article; paragraphs are separated by a blank line. Empty only in "
        "a retraction.",
        examples=["The ferry line to Skarholm reopened on Sunday.\n\nTickets cost nine marks."],
    )
    word_count: int = Field(ge=0, description="Number of words in `body`.", examples=[412])
    authors: Annotated[list[Name], Field(max_length=50)] = Field(
        default_factory=list, description="Names of the authors.", examples=[["Ida Falk"]]
    )
    contributions: Annotated[list[Contribution], Field(max_length=20)] = Field(
        default_factory=list,
        description="Whom the byline credits with pictures or editing; those who made pictures may "
        "be among the `authors` too.",
    )
    published: StatedDate | None = Field(
        default=None, description="When the article was first published; null if not stated."
    )
    modified: StatedDate | None = Field(
        default=None, description="When the article was last modified; null if not stated."
    )
    fetched_at: Time | None = Field(
        default=None,
        description="Time at which the page was fetched.",
        examples=["2025-05-04T06:45:10Z"],
    )
    ingested_at: Time = Field(
        description="Time at which the raw message was received (its Kafka timestamp).",
        examples=["2025-05-04T06:45:12Z"],
    )
    language: Language = Field(
        description="Language of the body (BCP 47); `und` if unknown.", examples=["en"]
    )
    language_confidence: float = Field(
        ge=0, le=1, description="Confidence of the language, from 0 to 1.", examples=[0.98]
    )
    accessible_for_free: bool | None = Field(
        default=None,
        description="`isAccessibleForFree` of schema.org; null if the page does not state it.",
        examples=[True],
    )
    truncated: bool = Field(
        default=False,
        description="True if the body is known to be incomplete (teaser, paywall or length limit).",
        examples=[False],
    )
    kept_share: float = Field(
        ge=0,
        le=1,
        description="Share of the visible text of the input that the body contains, in characters.",
        examples=[0.42],
    )
    cleaning: Provenance = Field(description="Method that extracted title and body.")


class TaggedArticle(CleanArticle):
    """A clean article with its entities and quotes."""

    entities: Annotated[list[Entity], Field(max_length=2000)] = Field(
        default_factory=list,
        description="Entities that the article mentions, the most salient first.",
    )
    quotes: Annotated[list[Quote], Field(max_length=1000)] = Field(
        default_factory=list, description="Direct speech, in order of appearance."
    )
    tagging: Provenance = Field(
        description="Model that tagged the article; `none` if there is no model for the language."
    )


class VerdictKind(StrEnum):
    """The kinds of verdicts: how an article relates to earlier articles."""

    ORIGINAL = "original"
    COPY = "copy"
    REVISION = "revision"
    RETRACTION = "retraction"


class CopyKind(StrEnum):
    """How similar a copy is to its original."""

    EXACT = "exact"
    NEAR = "near"
    EXCERPT = "excerpt"


class Verdict(Message):
    """How an article relates to earlier articles; each revision has exactly one verdict."""

    kind: VerdictKind = Field(
        description="`original`; `copy` of another article; `revision` of this article; "
        "`retraction` of this article.",
        examples=["copy"],
    )
    reason: Line = Field(
        description="Explanation of the verdict, for people.",
        examples=["94 % of its text stands in an earlier article"],
    )
    revision: int = Field(
        ge=1, description="Number of this revision of the article, starting at 1.", examples=[1]
    )
    previous_revision_id: Id | None = Field(
        default=None,
        description="Id of the revision that this one replaces.",
        examples=["77aa0f1e2d3c4b5a69788796a5b4c3d2"],
    )
    changed: Annotated[list[Name], Field(max_length=20)] = Field(
        default_factory=list,
        description="Fields that a revision changed: `title`, `body`, `authors`, `published`, "
        "`modified`, `section`, `language`, `accessible_for_free`, `status`, `section_path`, "
        "`genre`, `description`, `keywords`, `image`, `video`. Readers must accept other names.",
        examples=[["body"]],
    )
    copy_of: Id | None = Field(
        default=None,
        description="Id of the original article; a copy of a copy refers to the original.",
        examples=["b2c3d4e5f60718293a4b5c6d7e8f90a1"],
    )
    copy_kind: CopyKind | None = Field(
        default=None,
        description="`exact`, `near` (edited) or `excerpt` (one text contains most of the other).",
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
        description="Share of the shingles of this article that the original contains.",
        examples=[0.97],
    )
    share_of_original: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Share of the shingles of the original that this article contains.",
        examples=[0.96],
    )
    method: Name = Field(
        description="Method that produced the verdict.", examples=["shingle-5/bottom-512"]
    )


class EnrichedArticle(TaggedArticle):
    """A tagged article with its verdict and its story: the output of the pipeline."""

    verdict: Verdict = Field(description="How the article relates to earlier articles.")
    story_id: Id | None = Field(
        default=None,
        description="Id of the story that the article belongs to; null if it has none (a "
        "retraction "
        "of an unknown article).",
        examples=["s-5d6e7f8091a2b3c4d5e6f708192a3b4c"],
    )

    def diff(self, previous: EnrichedArticle) -> list[TextChange]:
        """Return how title and body differ from those of an earlier revision.

        The changes are runs of sentences that are equal, inserted, deleted or replaced, those of
        the title first; `words()` of a change compares its words.
        """
        return [
            *diff_text(TextField.TITLE, previous.title, self.title),
            *diff_text(TextField.BODY, previous.body, self.body),
        ]
