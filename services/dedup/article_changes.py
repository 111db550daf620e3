"""Find what a message changes in an article that is known already."""

from __future__ import annotations

from schemas.article import Status, TaggedArticle
from services.dedup.storage.article_row import ArticleDetails, FieldHashes
from services.dedup.stories.story_row import short_hash
from services.messaging.revision import revised_fields

_STATUS = "status"


def field_hashes(article: TaggedArticle) -> FieldHashes:
    """Return a hash of each field that can be revised, except the status."""
    fields = revised_fields(article)
    return {name: short_hash(text) for name, text in fields.items() if name != _STATUS}


def changed_fields(known: ArticleDetails, article: TaggedArticle) -> list[str]:
    """Return the names of the fields that differ from the last revision; none if it is the same.

    An article is compared with its last text, also if it was retracted since. A retraction is
    compared with an earlier retraction only, because it often comes without the text. A field
    that the row does not have, because an earlier version wrote it, is not compared.
    """
    if article.status is Status.RETRACTED and known.status != Status.RETRACTED:
        return [_STATUS]
    stored = _comparable(known, article)
    found = field_hashes(article)
    changed = [name for name in found if stored.get(name, found[name]) != found[name]]
    return changed if known.status == article.status else [*changed, _STATUS]


def complete_fields(known: ArticleDetails, article: TaggedArticle) -> bool:
    """Complete a row that an earlier version wrote, from a message that changes nothing.

    Returns whether that changed the details.
    """
    found = field_hashes(article)
    if found.keys() <= _comparable(known, article).keys():
        return False
    remember_fields(known, article)
    return True


def remember_fields(details: ArticleDetails, article: TaggedArticle) -> None:
    """Note the fields of an article or of a retraction, to compare the next message with them."""
    found = field_hashes(article)
    if article.status is Status.RETRACTED:
        details.retraction_hashes = found
    else:
        details.field_hashes = {n: h for n, h in found.items() if n not in _of_its_own(details)}


def _comparable(known: ArticleDetails, article: TaggedArticle) -> FieldHashes:
    if article.status is Status.RETRACTED:
        return known.retraction_hashes or {}
    return _of_its_own(known) | (known.field_hashes or {})


def _of_its_own(details: ArticleDetails) -> FieldHashes:
    """Return the hashes of the fields that every version has stored."""
    return {
        "title": short_hash(details.title),
        "body": details.body_hash,
        "published": short_hash(details.published or ""),
    }
