"""What the shard answers to a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from schemas.article import Verdict
from schemas.story import StoryChange
from services.dedup.storage.article_row import Change


@dataclass(frozen=True, slots=True)
class MessageIdentity:
    """Which message it is: a redelivery has both alike, a repeat only the revision."""

    revision_id: str
    sequence: int
    """Position of the raw record; grows within an article."""


class Outcome(StrEnum):
    """What became of the message."""

    DECIDED = "decided"
    """A new decision."""
    REDELIVERED = "redelivered"
    """The same message as before: the stored decision once more."""
    UNCHANGED = "unchanged"
    """A newer message with the latest revision again, or one too old to be remembered."""


@dataclass(frozen=True, slots=True)
class StoryUpdate:
    """A story that has a new state to publish; `Shard.story` gives the state itself."""

    story_id: str
    version: int
    change: StoryChange
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What to persist, in order, and then what to send."""

    outcome: Outcome
    verdict: Verdict | None = None
    """The article's verdict; None only when nothing is to be sent (`unchanged`)."""
    story_id: str | None = None
    stories: tuple[StoryUpdate, ...] = ()
    changes: tuple[Change, ...] = field(default=(), repr=False)
    compared: tuple[int, int] | None = None
    """Possible originals and open stories a new article was compared with."""
