"""The logic of the dedup stage: from tagged records to enriched ones and stories."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import structlog

from schemas.article import EnrichedArticle, TaggedArticle, Verdict
from schemas.envelope import Envelope
from schemas.topics import ENRICHED
from services.dedup.changed_stories import ChangedStories
from services.dedup.core import Shard
from services.dedup.decision import Decision, DecisionKind, MessageIdentity
from services.dedup.metrics import DedupMetrics
from services.dedup.settings import DedupSettings
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

    They are rebuilt from the stored rows when the first message comes after an assignment; Faust
    has recovered the tables by then.
    """

    name = "dedup"

    def __init__(self, settings: Settings, stored: StoredRows) -> None:
        self._settings = DedupSettings(
            copies_kept=settings.copy_window,
            story_quiet=settings.story_quiet,
            max_articles=settings.window_articles,
        )
        self._store = RowStore(stored)
        self._shards: dict[str, Shard] | None = None
        self._metrics = DedupMetrics(self.name)

    def process(self, records: Sequence[Record]) -> list[Result]:
        """Decide on each record, in order; one that fails does not affect the others.

        The changes of the batch are stored as one, before anything is sent. The last state of each
        story that the batch changed is sent once.
        """
        if self._shards is None:
            started = time.perf_counter()
            self._shards = self._rebuild()
            metrics.REBUILD_SECONDS.labels(self.name).set(time.perf_counter() - started)
        changed = ChangedStories(self._store)
        results: list[Result] = []
        for number, record in enumerate(records):
            decide = partial(self._decide, number=number, changed=changed)
            results.append(process_one(self.name, decide, record))
        _add_stories(results, changed)
        self._add_changes(results, records)
        real = [shard for name, shard in self._shards.items() if name != heartbeat.SHARD]
        self._metrics.measure_shards(real)
        return results

    def on_revoke(self) -> None:
        """Drop the shards: from now on the rows may be written by another worker."""
        self._shards = None
        self._metrics.measure_shards(())
        self._store.discard_changes()

    def _rebuild(self) -> dict[str, Shard]:
        return {
            language: self._load_shard(language, rows)
            for language, rows in self._store.by_language().items()
        }

    def _load_shard(self, language: str, rows: list[tuple[str, str, bytes]]) -> Shard:
        shard = Shard(self._settings, self._store.rows_of(language))
        shard.load(rows)
        return shard

    def _decide(self, record: Record, *, number: int, changed: ChangedStories) -> Result:
        article, envelope, _ = decode(TaggedArticle, record)
        ids = Identity(article.article_id, article.revision_id)
        broadcast = any(name == BROADCAST_HEADER for name, _ in record.headers)
        self._store.partition = record.partition
        if heartbeat.sent_at(record) is not None:
            # The same work, in a shard of its own; its article and story are not sent.
            decision_on_heartbeat = self._decide_in(
                heartbeat.SHARD, article, _identity(article, envelope, record)
            )
            self._store.add(heartbeat.SHARD, decision_on_heartbeat.changes)
            return Processed((), HEARTBEAT)
        language = self._owner(article, broadcast=broadcast)
        if language is None:
            return Processed((), "not_mine")
        decision = self._decide_in(language, article, _identity(article, envelope, record))
        self._store.add(language, decision.changes)
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
            one for one in self._shards or () if self._store.has_article(one, article.article_id)
        )
        return next(known, None)

    def _shard(self, language: str) -> Shard:
        assert self._shards is not None
        if language not in self._shards:
            self._shards[language] = self._load_shard(language, [])
        return self._shards[language]

    def _decide_in(
        self, language: str, article: TaggedArticle, message: MessageIdentity
    ) -> Decision:
        try:
            return self._shard(language).decide(article, message)
        except Exception:
            # The shard's memory may be ahead of its rows now; the rows are correct.
            partition = self._store.partition
            rows = self._store.by_language().get(language, [])
            assert self._shards is not None
            self._shards[language] = self._load_shard(language, rows)
            self._store.partition = partition
            raise

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
    message = EnrichedArticle.model_construct(
        **dict(article), verdict=verdict, story_id=decision.story_id
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
