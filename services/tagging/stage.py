"""The tagging stage: clean articles in, tagged articles out, keyed by language."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.article import CleanArticle, Status, TaggedArticle
from schemas.envelope import Envelope, deterministic_id, timestamp
from schemas.topics import TAGGED
from services.messaging.codec import decode, encode
from services.messaging.dead_letters import Identity
from services.messaging.errors import Rejected
from services.messaging.records import BROADCAST_HEADER, OutgoingRecord, Record
from services.observability import metrics
from services.processing.stage import DeadLettered, Processed, Result
from services.settings import Settings
from services.tagging.core import Tagger, Tags, TextToTag
from services.tagging.gazetteer.sync import GazetteerFeed


class TaggingStage:
    """Holds the language models, and no state of the stream."""

    name = "tagging"

    def __init__(
        self, settings: Settings, feed: GazetteerFeed | None = None, tagger: Tagger | None = None
    ) -> None:
        """`tagger`: one that is loaded already."""
        self._feed = feed
        self._tagger = tagger or Tagger.load(onnx_folder=settings.onnx_folder)
        self._hits = self._misses = 0

    def process(self, records: Sequence[Record]) -> list[Result]:
        """Tag the readable records together, for the model is faster on many."""
        if self._feed is not None:
            self._feed.apply(self._tagger.gazetteer)
        results: dict[int, Result] = {}
        read: list[tuple[int, CleanArticle, Envelope | None]] = []
        for number, record in enumerate(records):
            try:
                article, envelope, _ = decode(CleanArticle, record)
                read.append((number, article, envelope))
            except Rejected as rejected:
                results[number] = DeadLettered(rejected)
        tagged = self._tagger.tag_batch(
            [TextToTag(a.title, a.body, a.language) for _, a, _ in read]
        )
        self._count_lookups()
        for (number, article, envelope), tags in zip(read, tagged, strict=True):
            results[number] = _result(article, tags, envelope, records[number])
        return [results[number] for number in range(len(records))]

    def _count_lookups(self) -> None:
        cache = self._tagger.cache
        metrics.CACHE_LOOKUPS.labels("hit").inc(cache.hits - self._hits)
        metrics.CACHE_LOOKUPS.labels("miss").inc(cache.misses - self._misses)
        self._hits, self._misses = cache.hits, cache.misses

    def on_revoke(self) -> None:
        """Nothing is held."""


def _result(clean: CleanArticle, tags: Tags, envelope: Envelope | None, record: Record) -> Result:
    article = TaggedArticle.model_construct(
        **dict(clean), entities=list(tags.entities), quotes=list(tags.quotes), tagging=tags.tagging
    )
    out = Envelope(
        id=deterministic_id(TAGGED.event_type, article.revision_id),
        source="newsloom/tagging",
        type=TAGGED.event_type,
        time=timestamp(article.ingested_at),
        subject=article.article_id,
        dataschema=TAGGED.schema_uri,
        traceparent=envelope.traceparent if envelope else None,
        partitionkey=article.language,
        sequence=envelope.sequence if envelope else f"{record.offset:020d}",
        correlationid=article.revision_id,
        causationid=envelope.id if envelope else article.revision_id,
    )
    try:
        outgoing = encode(TAGGED, article.language, article, out)
    except Rejected as rejected:
        return DeadLettered(rejected, Identity(article.article_id, article.revision_id))
    copies = _broadcast(outgoing) if article.status is Status.RETRACTED else ()
    return Processed((outgoing, *copies), "passed")


def _broadcast(outgoing: OutgoingRecord) -> tuple[OutgoingRecord, ...]:
    """Copies for every shard: a bare retraction does not tell its article's language."""
    headers = (*outgoing.headers, (BROADCAST_HEADER, b"1"))
    return tuple(
        OutgoingRecord(outgoing.topic, outgoing.key, outgoing.value, headers, partition)
        for partition in range(TAGGED.partitions)
    )
