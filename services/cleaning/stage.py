"""The logic of the cleaning stage: from a raw record to a clean one."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.article import RawArticle
from schemas.envelope import Envelope
from schemas.topics import CLEAN
from services.cleaning.article import clean
from services.messaging import identity
from services.messaging.codec import decode, encode
from services.messaging.dead_letters import Identity
from services.messaging.errors import Rejected
from services.messaging.records import Record
from services.processing.stage import DeadLettered, Processed, Result, process_one
from services.settings import Settings


class CleaningStage:
    """The cleaning stage, which holds no state: each record is processed by itself."""

    name = "cleaning"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def process(self, records: Sequence[Record]) -> list[Result]:
        """Clean each record; one that fails does not affect the others."""
        return [process_one(self.name, self._clean, record) for record in records]

    def on_revoke(self) -> None:
        """Do nothing: the stage holds no state."""

    def _clean(self, record: Record) -> Result:
        raw, envelope, trace = decode(RawArticle, record)
        ids = Identity(identity.article_id(raw))
        try:
            article = clean(raw, record.time, self._settings)
            ids = Identity(ids.article_id, article.revision_id)
            out = Envelope.following(
                envelope,
                CLEAN,
                identified_by=(article.revision_id,),
                source="newsloom/cleaning",
                subject=ids.article_id,
                time=record.time,
                correlationid=article.revision_id,
                sequence=record.offset,
                traceparent=trace,
            )
            outgoing = encode(CLEAN, ids.article_id, article, out)
        except Rejected as rejected:
            return DeadLettered(rejected, ids)
        return Processed((outgoing,), "passed")
