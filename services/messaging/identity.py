"""Derive the ids of an article and of a raw message from the content alone."""

from __future__ import annotations

from schemas.article import RawArticle
from schemas.envelope import deterministic_id
from services.messaging.urls.canonical import own_canonical
from services.messaging.urls.normal_form import normal_url


def article_id(raw: RawArticle) -> str:
    """Return the article id, by which all revisions of an article are known.

    It is made from outlet and external id if there is one, else from the canonical URL that the
    page names for itself, else from the URL; of both the normal form counts.
    """
    if raw.external_id:
        return deterministic_id("article", raw.source, raw.external_id)
    canonical = own_canonical(raw.html, raw.url, raw.title) if raw.html else None
    return deterministic_id("article", normal_url(canonical or raw.url))


def content_id(raw: RawArticle) -> str:
    """Return the id of what a raw message contains, by which its `ce_id` is made.

    `fetched_at` is left out. The page counts as it is, with its adverts: the id of a revision is
    made from the cleaned article (`services/messaging/revision.py`).
    """
    published = raw.published_at.isoformat() if raw.published_at else ""
    return deterministic_id(
        "revision",  # the word is part of the `ce_id`s that were published before
        article_id(raw),
        raw.status,
        raw.title or "",
        raw.html or "",
        raw.text or "",
        published,
        raw.language or "",
        *raw.authors,
    )
