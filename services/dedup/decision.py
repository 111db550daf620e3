"""What a shard answers to a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from schemas.article import Verdict
from schemas.story import StoryChange
from services.dedup.entity_resolution.resolution import Resolution
from services.dedup.storage.rows import Change


@dataclass(frozen=True, slots=True)
class MessageIdentity:
    """The identity of a message: a redelivery has the same sequence, a repeat another one.

    After an upgrade of cleaning, a redelivery may have another revision id.
    """

    revision_id: str
    sequence: int
    """Offset of the raw record; it increases with each message of an article."""


class DecisionKind(StrEnum):
    """How a decision came about."""

    DECIDED = "decided"
    """A new decision."""
    REDELIVERED = "redelivered"
    """The same message as before: the stored decision is returned again."""
    UNCHANGED = "unchanged"
    """A newer message that changes nothing in the article, or one too old to be remembered."""


@dataclass(frozen=True, slots=True)
class StoryUpdate:
    """A story that has a new state to publish; `Shard.story` returns the state itself."""

    story_id: str
    version: int
    change: StoryChange
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What to persist, in order, and what to send afterwards."""

    kind: DecisionKind
    verdict: Verdict | None = None
    """The article's verdict; None only if nothing is to be sent (`UNCHANGED`)."""
    story_id: str | None = None
    revision_id: str | None = None
    """The revision that was decided on, as it was published; None for `UNCHANGED`."""
    resolutions: tuple[Resolution, ...] = ()
    """The entities of the article that have another id in its story."""
    stories: tuple[StoryUpdate, ...] = ()
    changes: tuple[Change, ...] = field(default=(), repr=False)
    compared: tuple[int, int] | None = None
    """How many possible originals and how many open stories a new article was compared with."""
