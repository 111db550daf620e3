"""Who an article is, and which content of it: ids that depend on the content alone."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from schemas.article import RawArticle
from schemas.envelope import deterministic_id

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "yclid")


def normal_url(url: str) -> str:
    """The URL without what does not name the page.

    Scheme and host in lower case, `http` as `https`, no `www.`, no fragment, no
    tracking parameters, no trailing slash. A URL that can't be split comes back as it is.
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
    """Identity of the article: outlet and its own id where it gives one, else its URL."""
    if raw.external_id:
        return deterministic_id("article", raw.source, raw.external_id)
    return deterministic_id("article", normal_url(raw.url))


def revision_id(raw: RawArticle) -> str:
    """Identity of the article's content: all that the feed says of it but `fetched_at`."""
    published = raw.published_at.isoformat() if raw.published_at else ""
    return deterministic_id(
        "revision",
        article_id(raw),
        raw.status,
        raw.title or "",
        raw.html or "",
        raw.text or "",
        published,
        raw.language or "",
        *raw.authors,
    )
