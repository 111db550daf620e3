"""Create invented articles for the dedup tests."""

# ruff: noqa: S311 - the random numbers are not used for security

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from schemas.article import (
    DateSource,
    Precision,
    Provenance,
    StatedDate,
    Status,
    TaggedArticle,
)
from schemas.tags import Entity, EntityType, Mention, TextField
from services.dedup.core import Shard
from services.dedup.decision import Decision, MessageIdentity
from services.dedup.settings import DedupSettings
from tests.in_memory_rows import InMemoryRows

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
_SYLLABLES = [
    "ba",
    "ke",
    "lo",
    "mi",
    "nu",
    "ra",
    "so",
    "ti",
    "ve",
    "zu",
    "dor",
    "fen",
    "gal",
    "hir",
]


def words(seed: int, count: int) -> list[str]:
    """Return invented words; the same seed gives the same words."""
    chance = random.Random(seed)
    return ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(count)]


def prose(seed: int, count: int = 120) -> str:
    """Return an invented text with sentences of 12 words and paragraphs of 3 sentences."""
    chosen = words(seed, count)
    sentences = [" ".join(chosen[i : i + 12]).capitalize() + "." for i in range(0, count, 12)]
    return "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))


def entity(name: str, kind: EntityType = EntityType.PLACE, salience: float = 0.7) -> Entity:
    """Return an entity with one mention in the title."""
    mention = Mention(field=TextField.TITLE, start=0, end=len(name), text=name, by="test")
    slug = name.lower().replace(" ", "-")
    return Entity(
        entity_id=f"{kind}:{slug}", name=name, type=kind, salience=salience, mentions=[mention]
    )


def article(
    name: str,
    body: str,
    *,
    title: str = "",
    at: datetime | None = NOON,
    seen: datetime | None = None,
    **more: Any,
) -> TaggedArticle:
    """Return a tagged article whose ids are derived from ``name``."""
    stated = at and StatedDate(
        value=at.isoformat(), precision=Precision.SECOND, origin=DateSource.FEED, utc=at
    )
    made = Provenance(name="test", version="1", confidence=1)
    given = {
        "article_id": sha256(name.encode()).hexdigest()[:32],
        "revision_id": sha256(f"{name}{title}{body}{more}".encode()).hexdigest()[:32],
        "url": f"https://{name}.example/1",
        "source": f"{name}.example",
        "title": title,
        "body": body,
        "word_count": len(body.split()),
        "published": stated,
        "ingested_at": seen or (at or NOON) + timedelta(minutes=5),
        "language": "en",
        "language_confidence": 1,
        "kept_share": 1,
        "cleaning": made,
        "tagging": made,
    }
    return TaggedArticle(**(given | more))


def retracted(name: str, **more: Any) -> TaggedArticle:
    """Return the retraction of an article."""
    return article(name, "", status=Status.RETRACTED, **more)


class PersistedShard:
    """A shard whose decisions are persisted immediately."""

    def __init__(self, settings: DedupSettings | None = None) -> None:
        self.settings = settings or DedupSettings()
        self.rows = InMemoryRows()
        self.shard = Shard(self.settings, self.rows)
        self.sequence = 0

    def take(self, one: TaggedArticle, sequence: int | None = None) -> Decision:
        """Decide on an article and persist the changes; by default in increasing sequence."""
        if sequence is None:
            self.sequence += 1
            sequence = self.sequence
        decision = self.shard.decide(one, MessageIdentity(one.revision_id, sequence))
        self.rows.apply(decision.changes)
        return decision

    def restart(self) -> None:
        """Load the shard from its rows, as a new worker does."""
        self.shard = Shard(self.settings, self.rows)
        self.shard.load(self.rows.items())
