"""The dedup stage: tagged articles in, enriched articles and stories out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from schemas.article import EnrichedArticle, TaggedArticle, Verdict
from schemas.envelope import Envelope, deterministic_id, timestamp
from schemas.story import Story
from schemas.topics import ENRICHED, STORIES, TAGGED
from services import metrics
from services.codec import Outgoing, Record, decode, encode
from services.dead_letters import Identity
from services.dedup.core import MessageIdentity, Shard
from services.errors import Reason, Rejected
from services.settings import Settings
from services.stage import Done, Ended, Result, RowChange, alone
from services.tagging.agent import BROADCAST_HEADER

StoredRows = Callable[[], Iterable[tuple[str, str, bytes]]]
"""Yields every stored row of this worker's partitions: table, key, value."""


class DedupStage:
    """Holds the shards of the languages whose partitions are this worker's.

    They are rebuilt from the stored rows when the first message comes after an
    assignment: Faust has the tables recovered by then.
    """

    name = "dedup"
    source = TAGGED

    def __init__(self, settings: Settings, stored: StoredRows) -> None:
        self._settings = settings
        self._stored = stored
        self._shards: dict[str, Shard] | None = None

    def work(self, records: Sequence[Record]) -> list[Result]:
        """Decide on each record, in order; what one fails on does not touch the others."""
        if self._shards is None:
            self._shards = self._rebuild()
        return [alone(self.name, self._decide, record) for record in records]

    def forget(self) -> None:
        """The rows may be written by another worker from now on."""
        self._shards = None

    def _rebuild(self) -> dict[str, Shard]:
        by_language: dict[str, list[tuple[str, bytes]]] = {}
        for table, key, value in self._stored():
            by_language.setdefault(key.split("|", 1)[0], []).append((table, value))
        shards = {}
        for language, rows in by_language.items():
            shards[language] = Shard(self._settings, language)
            shards[language].load(rows)
        return shards

    def _decide(self, record: Record) -> Result:
        article, envelope, _ = decode(TaggedArticle, record)
        broadcast = any(name == BROADCAST_HEADER for name, _ in record.headers)
        shard = self._shard(article, known_only=broadcast)
        if shard is None:
            return Done((), "not_mine")
        sequence = envelope.sequence if envelope else None
        message = MessageIdentity(
            article.revision_id,
            int(sequence) if sequence and sequence.isdigit() else record.offset,
        )
        decision = shard.take(article, message)
        ids = Identity(article.article_id, article.revision_id)
        changes = tuple(RowChange(*change) for change in decision.changes)
        if decision.verdict is None:
            same = Rejected(Reason.UNCHANGED, "the same content as its last revision")
            return Ended(same, ids, changes)
        try:
            outgoing = [_story(story, envelope) for story in decision.stories]
            if not broadcast:
                enriched = _enriched(article, decision.verdict, decision.story_id, envelope)
                outgoing.insert(0, enriched)
        except Rejected as rejected:
            return Ended(rejected, ids, changes)
        for story in decision.stories:
            metrics.STORY_CHANGES.labels(story.change).inc()
        outcome = "broadcast" if broadcast else str(decision.verdict.kind)
        ingested = None if broadcast else article.ingested_at
        return Done(tuple(outgoing), outcome, changes, ingested)

    def _shard(self, article: TaggedArticle, *, known_only: bool) -> Shard | None:
        """The shard that holds the article, else its language's."""
        shards = self._shards if self._shards is not None else {}
        for shard in shards.values():
            if shard.knows(article.article_id):
                return shard
        if known_only:
            return None
        if article.language not in shards:
            shards[article.language] = Shard(self._settings, article.language)
        return shards[article.language]


def _enriched(
    article: TaggedArticle, verdict: Verdict, story_id: str | None, cause: Envelope | None
) -> Outgoing:
    message = EnrichedArticle.model_construct(**dict(article), verdict=verdict, story_id=story_id)
    envelope = Envelope(
        id=deterministic_id(ENRICHED.event_type, article.revision_id),
        source="newsloom/dedup",
        type=ENRICHED.event_type,
        time=timestamp(article.ingested_at),
        subject=article.article_id,
        dataschema=ENRICHED.schema_uri,
        traceparent=cause.traceparent if cause else None,
        partitionkey=article.article_id,
        sequence=cause.sequence if cause else None,
        correlationid=article.revision_id,
        causationid=cause.id if cause else article.revision_id,
    )
    return encode(ENRICHED, article.article_id, message, envelope)


def _story(story: Story, cause: Envelope | None) -> Outgoing:
    envelope = Envelope(
        id=deterministic_id(STORIES.event_type, story.story_id, str(story.version)),
        source="newsloom/dedup",
        type=STORIES.event_type,
        time=timestamp(story.latest_at),
        subject=story.story_id,
        dataschema=STORIES.schema_uri,
        traceparent=cause.traceparent if cause else None,
        partitionkey=story.story_id,
        sequence=f"{story.version:020d}",
        causationid=cause.id if cause else None,
    )
    return encode(STORIES, story.story_id, story, envelope)
