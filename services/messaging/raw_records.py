"""Make the record of a raw article."""

from __future__ import annotations

from schemas.article import RawArticle
from schemas.envelope import Envelope
from schemas.topics import RAW
from services.messaging import identity
from services.messaging.codec import encode
from services.messaging.records import OutgoingRecord


def raw_record(article: RawArticle) -> OutgoingRecord:
    """Create the record of a raw article.

    It has no trace context: publishing records no span. The stage that consumes it begins a trace.
    Raises `Rejected` (`too_large`) if the record exceeds the topic's size limit.
    """
    article_id, revision_id = identity.article_id(article), identity.revision_id(article)
    envelope = Envelope.create(
        RAW,
        identified_by=(revision_id,),
        source="newsloom/publish",
        subject=article_id,
        correlationid=revision_id,
    )
    return encode(RAW, article_id, article, envelope)
