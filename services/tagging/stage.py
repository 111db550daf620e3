"""The logic of the tagging stage: from clean records to tagged ones, keyed by language."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from schemas.article import CleanArticle, Status, TaggedArticle
from schemas.envelope import Envelope
from schemas.topics import TAGGED
from services.messaging.codec import decode, encode
from services.messaging.dead_letters import Identity
from services.messaging.errors import Rejected
from services.messaging.records import BROADCAST_HEADER, OutgoingRecord, Record
from services.observability import metrics
from services.processing.stage import DeadLettered, Processed, Result
from services.settings import Settings
from services.tagging.core import Tagger, Tags, TextToTag
from services.tagging.gazetteer.sync import GazetteerSync


class TaggingStage:
    """The tagging stage: it holds the language models, and no state of the stream."""

    name = "tagging"

    def __init__(
        self,
        settings: Settings,
        gazetteer_sync: GazetteerSync | None = None,
        tagger: Tagger | None = None,
    ) -> None:
        """Load the language models, unless a `tagger` is given."""
        self._gazetteer_sync = gazetteer_sync
        self._tagger = tagger or Tagger.load(onnx_folder=settings.onnx_folder)
        self._hits = self._misses = 0

    def process(self, records: Sequence[Record]) -> list[Result]:
        """Tag all readable records together, because the models are faster on many texts."""
        if self._gazetteer_sync is not None:
            self._gazetteer_sync.apply(self._tagger.gazetteer)
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

    def on_assign(self, partitions: Collection[int]) -> None:
        """Do nothing: the stage holds no state of its partitions."""


def _result(clean: CleanArticle, tags: Tags, envelope: Envelope | None, record: Record) -> Result:
    article = TaggedArticle.model_construct(
        **dict(clean), entities=list(tags.entities), quotes=list(tags.quotes), tagging=tags.tagging
    )
    out = Envelope.following(
        envelope,
        TAGGED,
        identified_by=(article.revision_id,),
        source="newsloom/tagging",
        subject=article.article_id,
        key=article.language,
        time=article.ingested_at,
        correlationid=article.revision_id,
        sequence=None if envelope else record.offset,
    )
    try:
        outgoing = encode(TAGGED, article.language, article, out)
    except Rejected as rejected:
        return DeadLettered(rejected, Identity(article.article_id, article.revision_id))
    copies = _broadcast(outgoing) if article.status is Status.RETRACTED else ()
    return Processed((outgoing, *copies), "passed")


def _broadcast(outgoing: OutgoingRecord) -> tuple[OutgoingRecord, ...]:
    """Return a copy for every partition: a bare retraction does not tell the article's language."""
    headers = (*outgoing.headers, (BROADCAST_HEADER, b"1"))
    return tuple(
        OutgoingRecord(outgoing.topic, outgoing.key, outgoing.value, headers, partition)
        for partition in range(TAGGED.partitions)
    )
