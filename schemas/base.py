"""What every model of the contract shares: strictness, bounds and field types."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

MAX_BODY_CHARS = 1_000_000
"""Longest cleaned body, in characters; a longer one is cut and marked ``truncated``."""

MAX_PAGE_CHARS = 8_000_000
"""Longest raw page or text, in characters; a longer one is refused."""


class Message(BaseModel):
    """Base of everything that travels on a topic.

    Unknown fields are ignored on read, so that a newer writer does not break an
    older reader. Instances are immutable: a stage makes a new message.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, ser_json_bytes="base64")


def _bounded(longest: int, *, shortest: int = 0, pattern: str | None = None) -> StringConstraints:
    return StringConstraints(min_length=shortest, max_length=longest, pattern=pattern)


Id = Annotated[str, _bounded(128, shortest=1, pattern=r"^[A-Za-z0-9._:~-]+$")]
"""Identifier: ASCII letters, digits and ``._:~-``, 1 to 128 characters."""

Url = Annotated[str, _bounded(2048, shortest=1, pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$")]
"""Absolute URL, at most 2,048 characters."""

Name = Annotated[str, _bounded(300, shortest=1)]
"""A person's, outlet's or section's name, 1 to 300 characters."""

Line = Annotated[str, _bounded(2000)]
"""One line of text (title, reason), at most 2,000 characters."""

Body = Annotated[str, _bounded(MAX_BODY_CHARS)]
"""Cleaned article text; paragraphs are parted by a blank line."""

Page = Annotated[str, _bounded(MAX_PAGE_CHARS)]
"""Raw page or text as the feed gave it."""

Language = Annotated[str, _bounded(16, shortest=2, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""BCP 47 tag in lower case (``en``, ``pt-BR``); ``und`` where unknown."""

Time = AwareDatetime
"""A moment with its UTC offset; a time without one is refused."""
