"""The dead letter: what became of a message that did not make it, and where it lies.

On the topic the record's value, key and headers are the original's, byte for byte;
this model travels as JSON in the extra header `newsloom-dead-letter`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Id, Line, Message, Name, Time

DEAD_LETTER_HEADER = "newsloom-dead-letter"
"""Header that carries the `DeadLetter` as JSON."""


def dead_letter_header(headers: Sequence[tuple[str, bytes]]) -> bytes | None:
    """The letter among a record's headers; the last one, as the original may have held one too."""
    return next((raw for name, raw in reversed(headers) if name == DEAD_LETTER_HEADER), None)


class Outcome(StrEnum):
    """Why a message ends here."""

    FILTERED = "filtered"
    FAILED = "failed"


class DeadLetter(Message):
    """Why a message ended, and where the original lay."""

    id: Id = Field(
        description="Made from the stage and what names the message: a repeat carries the same id. "
        "When it ended is the record's own Kafka timestamp.",
        examples=["9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b"],
    )
    outcome: Outcome = Field(
        description="`filtered`: rightly left out (no article, nothing new); `failed`: could not "
        "be processed.",
        examples=["failed"],
    )
    reason: Name = Field(
        description="A code from `services/messaging/errors.py`; readers tolerate new ones.",
        examples=["not_json"],
    )
    detail: Line = Field(
        description="What was wrong, for a person to read.",
        examples=["unexpected character: line 1 column 1"],
    )
    stage: Name = Field(description="The stage that ended it.", examples=["cleaning"])
    topic: Name = Field(
        description="Topic the original lies on.", examples=["newsloom.articles.raw"]
    )
    partition: int = Field(ge=0, description="Its partition.", examples=[3])
    offset: int = Field(ge=0, description="Its offset.", examples=[1042])
    timestamp: Time = Field(description="Its Kafka timestamp.", examples=["2025-05-04T06:45:12Z"])
    attempts: int = Field(
        default=1, ge=1, description="How often it was tried, redrives included.", examples=[1]
    )
    article_id: Id | None = Field(
        default=None,
        description="The article, where the message could be read so far.",
        examples=["a1b2c3d4e5f60718293a4b5c6d7e8f90"],
    )
    revision_id: Id | None = Field(
        default=None,
        description="Its revision, where the message could be read so far.",
        examples=["0f1e2d3c4b5a69788796a5b4c3d2e1f0"],
    )
    header_names: Annotated[list[Name], Field(max_length=200)] = Field(
        default_factory=list,
        description="Names of the original's headers, in order; what else the record carries was "
        "added here.",
        examples=[["ce_id", "ce_type"]],
    )
