"""Make the record of a raw article."""

from __future__ import annotations

import secrets

from schemas.article import RawArticle
from schemas.envelope import Envelope, deterministic_id
from schemas.topics import RAW
from services.messaging import identity
from services.messaging.codec import encode
from services.messaging.records import OutgoingRecord


def raw_record(article: RawArticle) -> OutgoingRecord:
    """Return the record of a raw article, which begins a new trace.

    Raises `Rejected` (`too_large`) if the record exceeds the topic's size limit.
    """
    article_id, revision_id = identity.article_id(article), identity.revision_id(article)
    envelope = Envelope(
        id=deterministic_id(RAW.event_type, revision_id),
        source="newsloom/publish",
        type=RAW.event_type,
        subject=article_id,
        dataschema=RAW.schema_uri,
        traceparent=f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01",
        partitionkey=article_id,
        correlationid=revision_id,
    )
    return encode(RAW, article_id, article, envelope)
