"""The base model of all messages, and the field types with their limits."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

MAX_BODY_CHARS = 1_000_000
"""Longest cleaned body, in characters; a longer one is cut and marked `truncated`."""

MAX_PAGE_CHARS = 8_000_000
"""Longest raw page or text, in characters; a longer one is rejected."""


class Message(BaseModel):
    """Base class of all messages.

    Unknown fields are ignored when a message is read, so that a newer writer does not break
    an older reader. Instances are immutable: a stage creates a new message.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, ser_json_bytes="base64")


def _bounded(longest: int, *, shortest: int = 0, pattern: str | None = None) -> StringConstraints:
    return StringConstraints(min_length=shortest, max_length=longest, pattern=pattern)


Id = Annotated[str, _bounded(128, shortest=1, pattern=r"^[A-Za-z0-9._:~-]+$")]
"""Identifier: ASCII letters, digits and `._:~-`, 1 to 128 characters."""

Url = Annotated[str, _bounded(2048, shortest=1, pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$")]
"""Absolute URL, at most 2,048 characters."""

Name = Annotated[str, _bounded(300, shortest=1)]
"""Name of a person, an outlet or a section, 1 to 300 characters."""

Line = Annotated[str, _bounded(2000)]
"""One line of text (title, reason), at most 2,000 characters."""

Body = Annotated[str, _bounded(MAX_BODY_CHARS)]
"""Cleaned article text; paragraphs are separated by a blank line."""

Page = Annotated[str, _bounded(MAX_PAGE_CHARS)]
"""Raw page or text as the feed delivered it."""

Language = Annotated[str, _bounded(16, shortest=2, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""BCP 47 tag in lower case (`en`, `pt-BR`); `und` if unknown."""

Time = AwareDatetime
"""A time with its UTC offset; a time without an offset is rejected."""
