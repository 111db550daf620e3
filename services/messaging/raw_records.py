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

    It has no `correlationid`: the revision is known after cleaning. It has no trace context:
    publishing records no span, and the stage that consumes it begins a trace.

    Raises `Rejected` (`too_large`) if the record exceeds the topic's size limit.
    """
    article_id = identity.article_id(article)
    envelope = Envelope.create(
        RAW,
        identified_by=(identity.content_id(article),),
        source="newsloom/publish",
        subject=article_id,
    )
    return encode(RAW, article_id, article, envelope)
