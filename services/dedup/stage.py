"""The logic of the dedup stage: from tagged records to enriched ones and stories."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

import structlog

from schemas.article import EnrichedArticle, TaggedArticle, Verdict
from schemas.envelope import Envelope
from schemas.topics import ENRICHED
from services.dedup.changed_stories import ChangedStories
from services.dedup.decision import Decision, DecisionKind, MessageIdentity
from services.dedup.entity_resolution.resolution import apply_resolutions
from services.dedup.metrics import DedupMetrics
from services.dedup.settings import DedupSettings
from services.dedup.shards import AssignedShards
from services.dedup.storage.row_store import RowStore, StoredRows
from services.messaging import heartbeat
from services.messaging.codec import decode, encode
from services.messaging.dead_letters import Identity
from services.messaging.errors import Reason, Rejected, TransientError
from services.messaging.records import BROADCAST_HEADER, OutgoingRecord, Record
from services.observability import metrics
from services.processing.message_observer import HEARTBEAT
from services.processing.stage import DeadLettered, Processed, Result, process_one
from services.settings import Settings

log = structlog.get_logger()


class DedupStage:
    """The dedup stage: it holds the shards of the languages whose partitions are this worker's.

    Those of a partition are rebuilt from the stored rows when its first message comes; Faust has
    recovered the tables by then.
    """

    name = "dedup"

    def __init__(self, settings: Settings, stored: StoredRows) -> None:
        shard_settings = DedupSettings(
            copies_kept=settings.copy_window,
            story_quiet=settings.story_quiet,
            max_articles=settings.window_articles,
        ).with_granularity(settings.story_granularity)
        self._store = RowStore(stored)
        self._shards = AssignedShards(shard_settings, self._store)
        self._metrics = DedupMetrics(self.name)

    def process(self, records: Sequence[Record]) -> list[Result]:
        """Decide on each record, in order; one that fails does not affect the others.

        The changes of the batch are stored as one, before anything is sent. The last state of each
        story that the batch changed is sent once.
        """
        for partition in sorted({record.partition for record in records}):
            self._shards.prepare(partition)
        metrics.REBUILD_SECONDS.labels(self.name).set(self._shards.rebuild_seconds)
        changed = ChangedStories(self._store)
        results: list[Result] = []
        for number, record in enumerate(records):
            decide = partial(self._decide, number=number, changed=changed)
            results.append(process_one(self.name, decide, record))
        _add_stories(results, changed)
        self._add_changes(results, records)
        self._measure_shards()
        return results

    def on_assign(self, partitions: Collection[int]) -> None:
        """Drop the shards of all other partitions."""
        self._shards.on_assign(partitions)
        self._measure_shards()

    def _measure_shards(self) -> None:
        self._metrics.measure_shards(
            shard for language, shard in self._shards if language != heartbeat.SHARD
        )

    def _decide(self, record: Record, *, number: int, changed: ChangedStories) -> Result:
        article, envelope, _ = decode(TaggedArticle, record)
        ids = Identity(article.article_id, article.revision_id)
        broadcast = any(name == BROADCAST_HEADER for name, _ in record.headers)
        self._store.partition = record.partition
        if heartbeat.sent_at(record) is not None:
            # The same work, in a shard of its own; its article and story are not sent.
            self._decide_in(heartbeat.SHARD, article, _identity(article, envelope, record))
            return Processed((), HEARTBEAT)
        language = self._owner(article, broadcast=broadcast)
        if language is None:
            return Processed((), "not_mine")
        decision = self._decide_in(language, article, _identity(article, envelope, record))
        changed.add(language, decision, number, envelope, record.partition)
        for update in decision.stories:
            metrics.STORY_CHANGES.labels(update.change).inc()
        if broadcast:  # the enriched message comes from the original, not from its copies
            return Processed((), "broadcast")
        if decision.kind is DecisionKind.UNCHANGED or decision.verdict is None:
            return DeadLettered(
                Rejected(Reason.UNCHANGED, "the same content as its last revision"), ids
            )
        if decision.revision_id not in {None, article.revision_id}:
            # A repeat of a message to which another version of cleaning gave another id.
            article = article.model_copy(update={"revision_id": decision.revision_id})
        try:
            enriched = _enriched(article, decision.verdict, decision, envelope)
        except Rejected as rejected:
            return DeadLettered(rejected, ids)
        self._metrics.count_enriched(article, decision.verdict, decision)
        return Processed((enriched,), decision.verdict.kind, ingested_at=article.ingested_at)

    def _owner(self, article: TaggedArticle, *, broadcast: bool) -> str | None:
        """Return the language whose shard decides, or None.

        For a broadcast it is the language that has the article.
        """
        if not broadcast:
            return article.language
        known = (
            one
            for one in self._shards.languages()
            if self._store.has_article(one, article.article_id)
        )
        return next(known, None)

    def _decide_in(
        self, language: str, article: TaggedArticle, message: MessageIdentity
    ) -> Decision:
        """Decide, and add the changes to those of the batch; do both or neither."""
        shard = self._shards.get(language)
        mark = shard.mark
        try:
            decision = shard.decide(article, message)
            self._store.add(language, decision.changes)
        except Exception:
            # The shard's memory may be ahead of its rows now; the rows are correct.
            self._shards.rollback(language, mark)
            raise
        return decision

    def _add_changes(self, results: list[Result], records: Sequence[Record]) -> None:
        """Add the batch's changes to the result of the last message of each partition."""
        last = {record.partition: number for number, record in enumerate(records)}
        for partition, number in last.items():
            changes = tuple(self._store.flush(partition))
            results[number] = replace(results[number], changes=changes)


def _add_stories(results: list[Result], changed: ChangedStories) -> None:
    """Add the state of each changed story to the output of the last message that changed it.

    A story whose message can't be made is logged and counted: the articles are not at fault, and
    the batch must still be stored.
    """
    for number, language, story_id in changed:
        try:
            sent = changed.message(language, story_id)
        except TransientError:
            raise
        except Exception:
            metrics.STORIES_UNSENT.inc()
            log.exception("story_unsent", language=language, story_id=story_id)
            continue
        if sent is not None:
            outgoing = (*results[number].outgoing, sent)
            results[number] = replace(results[number], outgoing=outgoing)


def _identity(article: TaggedArticle, envelope: Envelope | None, record: Record) -> MessageIdentity:
    sequence = envelope.sequence if envelope else None
    position = int(sequence) if sequence and sequence.isdigit() else record.offset
    return MessageIdentity(article.revision_id, position)


def _enriched(
    article: TaggedArticle, verdict: Verdict, decision: Decision, cause: Envelope | None
) -> OutgoingRecord:
    resolved = apply_resolutions(article, decision.resolutions)
    message = EnrichedArticle.model_construct(
        **dict(resolved), verdict=verdict, story_id=decision.story_id
    )
    envelope = Envelope.following(
        cause,
        ENRICHED,
        # With the revision's number: an article may return to an earlier revision, a new event.
        identified_by=(article.revision_id, str(verdict.revision)),
        source="newsloom/dedup",
        subject=article.article_id,
        time=article.ingested_at,
        correlationid=article.revision_id,
    )
    return encode(ENRICHED, article.article_id, message, envelope)
