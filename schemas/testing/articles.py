"""Make valid enriched articles: an article, a copy, a revision and a retraction.

The ids are derived from the URL and the content, so that the same call makes the same message.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from ..article import CopyKind, EnrichedArticle, Status, Verdict, VerdictKind
from ..envelope import deterministic_id
from ..tags import Entity
from .entities import find_mentions, mentioned
from .slug import slug

_AT = datetime(2025, 5, 4, 6, 45, 10, tzinfo=UTC)
_TITLE = "Ferry line to Skarholm reopens"
_BODY = (
    "The ferry line to Skarholm reopened on Sunday, after two years of repairs.\n\n"
    "Tickets cost nine marks. The first boat left the harbour at six in the morning."
)
_METHOD = {"name": "newsloom-testing", "version": "1", "confidence": 1.0}
_REVISION_FIELDS = (
    *("title", "body", "authors", "published", "modified", "section", "language"),
    *("accessible_for_free", "status"),
)
"""Fields whose change is a revision, in the order in which `verdict.changed` names them."""

_SHINGLE_WORDS = 5
"""Words in a shingle, as in the pipeline."""


def article(
    *,
    title: str = _TITLE,
    body: str = _BODY,
    source: str = "harbourpost.example",
    entities: Iterable[str | Entity] = (),
    **fields: Any,
) -> EnrichedArticle:
    """Make an original article.

    `entities` are names or results of `entity`; their mentions are looked up in title and body.
    The URL is made from source and title, and the ids from the URL, unless `fields` gives them.
    `fields` are further fields of `EnrichedArticle`.

    Raises `ValueError` if an entity is not mentioned or a field is invalid.
    """
    url = fields.get("url", f"https://{source}/{slug(title)}")
    article_id = fields.get("article_id", deterministic_id("article", url))
    values = {
        "article_id": article_id,
        "revision_id": deterministic_id("revision", article_id, "1"),
        "url": url,
        "source": source,
        "title": title,
        "body": body,
        "word_count": len(body.split()),
        "published": {
            "value": "2025-05-04T06:30:10+00:00",
            "precision": "second",
            "origin": "feed",
            "utc": "2025-05-04T06:30:10Z",
        },
        "ingested_at": _AT,
        "language": "en",
        "language_confidence": 1.0,
        "kept_share": 1.0,
        "cleaning": _METHOD,
        "entities": [mentioned(one, title, body) for one in entities],
        "tagging": _METHOD,
        "verdict": {
            "kind": VerdictKind.ORIGINAL,
            "reason": "no earlier article has its text",
            "revision": 1,
            "method": "newsloom-testing",
        },
        "story_id": f"s-{deterministic_id('story', article_id)}",
    }
    return EnrichedArticle.model_validate(values | fields)


def copy_of(original: EnrichedArticle, *, source: str, **fields: Any) -> EnrichedArticle:
    """Make another outlet's copy of an article; `fields` are what the copy has of its own.

    With another `body` it is a near copy, and its similarity that of the word shingles.
    """
    title = fields.get("title", original.title)
    url = fields.get("url", f"https://{source}/{slug(title)}")
    article_id = fields.get("article_id", deterministic_id("article", url))
    body = fields.get("body", original.body)
    own, other = _shingles(body), _shingles(original.body)
    is_exact = body == original.body
    verdict = {
        "kind": VerdictKind.COPY,
        "reason": "word for word an earlier article" if is_exact else "a near copy",
        "revision": 1,
        "copy_of": original.verdict.copy_of or original.article_id,
        "copy_kind": CopyKind.EXACT if is_exact else CopyKind.NEAR,
        "similarity": round(len(own & other) / len(own | other), 3),
        "share_in_original": round(len(own & other) / len(own), 3),
        "share_of_original": round(len(own & other) / len(other), 3),
        "method": "newsloom-testing",
    }
    made = {
        "article_id": article_id,
        "revision_id": deterministic_id("revision", article_id, "1"),
        "url": url,
        "source": source,
        "site_name": None,
        "canonical_url": None,
        "external_id": None,
        "ingested_at": original.ingested_at + timedelta(minutes=1),
        "verdict": verdict,
    }
    return _changed(original, made | fields)


def revision_of(previous: EnrichedArticle, **fields: Any) -> EnrichedArticle:
    """Make the next revision of an article; `fields` are those that the outlet has changed.

    Raises `ValueError` if none of them makes a revision, as in the pipeline.
    """
    return _next(previous, VerdictKind.REVISION, fields)


def retraction_of(previous: EnrichedArticle, **fields: Any) -> EnrichedArticle:
    """Make the retraction of an article, with its last text unless `fields` says otherwise."""
    return _next(previous, VerdictKind.RETRACTION, {"status": Status.RETRACTED} | fields)


def _next(previous: EnrichedArticle, kind: VerdictKind, fields: dict[str, Any]) -> EnrichedArticle:
    number = previous.verdict.revision + 1
    made = {
        "revision_id": deterministic_id("revision", previous.article_id, str(number)),
        "ingested_at": previous.ingested_at + timedelta(minutes=1),
    }
    following = _changed(previous, made | fields)
    if "verdict" in fields:
        return following
    changed = [
        name for name in _REVISION_FIELDS if getattr(previous, name) != getattr(following, name)
    ]
    if not changed:
        raise ValueError(f"A revision changes one or more of {', '.join(_REVISION_FIELDS)}.")
    reasons = {
        VerdictKind.REVISION: f"revision {number} of the article: changed {', '.join(changed)}",
        VerdictKind.RETRACTION: "the outlet withdrew the article",
    }
    verdict = Verdict(
        kind=kind,
        reason=reasons[kind],
        revision=number,
        previous_revision_id=previous.revision_id,
        changed=changed,
        method="newsloom-testing",
    )
    return following.model_copy(update={"verdict": verdict})


def _changed(article: EnrichedArticle, fields: dict[str, Any]) -> EnrichedArticle:
    """Return the article with other fields, and the offsets of its entities and quotes in them."""
    values = article.model_dump() | fields
    title, body = values["title"], values["body"]
    values["word_count"] = len(body.split())
    if "entities" not in fields:
        found = ((one, find_mentions(one, title, body)) for one in article.entities)
        values["entities"] = [
            one.model_copy(update={"mentions": mentions}).model_dump()
            for one, mentions in found
            if mentions
        ]
    if "quotes" not in fields:
        values["quotes"] = [
            quote.model_dump() | {"start": at, "end": at + len(quote.text)}
            for quote in article.quotes
            if (at := body.find(quote.text)) >= 0
        ]
    return EnrichedArticle.model_validate(values)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    last = max(1, len(words) - _SHINGLE_WORDS + 1)
    return {tuple(words[at : at + _SHINGLE_WORDS]) for at in range(last)}
