"""Derive the ids of an article and of a raw message from the content alone."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from schemas.article import RawArticle
from schemas.envelope import deterministic_id

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "yclid")


def normal_url(url: str) -> str:
    """Normalise a URL, so that the addresses of one page become the same.

    Scheme and host are in lower case, `http` becomes `https`, and `www.`, default ports, the
    fragment, tracking parameters and a trailing slash are removed. A URL that can't be parsed
    is returned unchanged.
    """
    try:
        parts = urlsplit(url.strip())
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url
    scheme = "https" if parts.scheme.lower() == "http" else parts.scheme.lower()
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not pair[0].lower().startswith(_TRACKING)
    ]
    return urlunsplit((scheme, host + port, parts.path.rstrip("/"), urlencode(query), ""))


def article_id(raw: RawArticle) -> str:
    """Return the article id, derived from outlet and external id if there is one, else the URL."""
    if raw.external_id:
        return deterministic_id("article", raw.source, raw.external_id)
    return deterministic_id("article", normal_url(raw.url))


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
