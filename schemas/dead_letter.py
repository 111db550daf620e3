"""The dead letter of a message that was filtered or could not be processed.

The record on the dead-letter topic has the value, key and headers of the original, byte for
byte. This model is added as JSON in the header `newsloom-dead-letter`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .base import Id, Line, Message, Name, Time

DEAD_LETTER_HEADER = "newsloom-dead-letter"
"""Header that carries the `DeadLetter` as JSON."""


def dead_letter_header(headers: Sequence[tuple[str, bytes]]) -> bytes | None:
    """Return the dead-letter header of a record, or None.

    The last one counts, because the original may have had such a header too.
    """
    return next((raw for name, raw in reversed(headers) if name == DEAD_LETTER_HEADER), None)


class Outcome(StrEnum):
    """Whether a message was filtered or has failed."""

    FILTERED = "filtered"
    FAILED = "failed"


class DeadLetter(Message):
    """Why a message became a dead letter, and the position of the original record."""

    id: Id = Field(
        description="Derived from the stage and the message: a repeat has the same id. The time at "
        "which the dead letter was written is the Kafka timestamp of its record.",
        examples=["9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b"],
    )
    outcome: Outcome = Field(
        description="`filtered`: the message has nothing to publish (no article, nothing new); "
        "`failed`: it could not be processed.",
        examples=["failed"],
    )
    reason: Name = Field(
        description="Reason code; the page on dead letters explains each, and readers must accept "
        "new codes.",
        examples=["not_json"],
    )
    detail: Line = Field(
        description="Explanation of the reason, for people.",
        examples=["unexpected character: line 1 column 1"],
    )
    stage: Name = Field(description="Stage that wrote the dead letter.", examples=["cleaning"])
    topic: Name = Field(
        description="Topic of the original record.", examples=["newsloom.articles.raw"]
    )
    partition: int = Field(ge=0, description="Partition of the original record.", examples=[3])
    offset: int = Field(ge=0, description="Offset of the original record.", examples=[1042])
    timestamp: Time = Field(
        description="Kafka timestamp of the original record.", examples=["2025-05-04T06:45:12Z"]
    )
    attempts: int = Field(
        default=1,
        ge=1,
        description="Number of attempts to process the message, including redrives.",
        examples=[1],
    )
    article_id: Id | None = Field(
        default=None,
        description="Id of the article, if the message could be decoded.",
        examples=["a1b2c3d4e5f60718293a4b5c6d7e8f90"],
    )
    revision_id: Id | None = Field(
        default=None,
        description="Id of the revision; absent if the message could not be cleaned, because the "
        "id is derived from the cleaned article.",
        examples=["0f1e2d3c4b5a69788796a5b4c3d2e1f0"],
    )
    header_names: Annotated[list[Name], Field(max_length=200)] = Field(
        default_factory=list,
        description="Names of the headers of the original, in order; all other headers of the "
        "record were added by the stage.",
        examples=[["ce_id", "ce_type"]],
    )
