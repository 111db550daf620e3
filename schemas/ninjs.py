"""Convert an enriched article to ninjs, the IPTC standard for news in JSON.

Source: ninjs 3.1 (International Press Telecommunications Council, 2024). A ninjs object
allows no additional fields, so everything that has no field there (offsets, quotes, scores) is
left out.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from .article import EnrichedArticle, Status, VerdictKind
from .tags import Entity, EntityType

VERSION = "3.1"
SCHEMA = f"http://www.iptc.org/std/ninjs/ninjs-schema_{VERSION}.json#"

_LISTS = {
    EntityType.PERSON: "people",
    EntityType.ORGANISATION: "organisations",
    EntityType.PLACE: "places",
    EntityType.EVENT: "events",
    EntityType.GROUP: "subjects",
    EntityType.WORK: "objects",
    EntityType.PRODUCT: "objects",
}


def from_enriched(message: EnrichedArticle) -> dict[str, Any]:
    """Return the article as a ninjs 3.1 object, ready for `json.dumps`.

    `uri` is the same for all revisions, and `version` is the number of the revision. A
    retraction is `canceled`. The original of a copy and the story are associations. Times are
    in UTC. Fields that the article does not state are left out.
    """
    published, modified = message.published, message.modified
    result: dict[str, Any] = {
        "uri": article_uri(message.article_id),
        "type": "text",
        "representationType": "partial" if message.truncated else "full",
        "version": str(message.verdict.revision),
        "firstCreated": _time(published.utc) if published else None,
        "versionCreated": _time((modified.utc if modified else None) or message.ingested_at),
        "pubStatus": "canceled" if _is_retracted(message) else "usable",
        "edNote": f"{message.verdict.kind}: {message.verdict.reason}",
        "language": None if message.language == "und" else message.language,
        "headlines": [{"value": message.title}] if message.title else None,
        "bodies": _bodies(message),
        "by": ", ".join(message.authors),
        "infoSources": [{"name": message.site_name or message.source, "literal": message.source}],
        **_entity_lists(message.entities),
        "associations": _associations(message),
        "altIds": _other_ids(message),
        "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
    }
    return {name: value for name, value in result.items() if value}


def article_uri(article_id: str) -> str:
    """Return the URI of an article."""
    return f"urn:newsloom:article:{article_id}"


def story_uri(story_id: str) -> str:
    """Return the URI of a story."""
    return f"urn:newsloom:story:{story_id}"


def _is_retracted(message: EnrichedArticle) -> bool:
    return message.status is Status.RETRACTED or message.verdict.kind is VerdictKind.RETRACTION


def _bodies(message: EnrichedArticle) -> list[dict[str, Any]]:
    if not message.body:
        return []
    return [
        {
            "contentType": "text/plain",
            "charCount": len(message.body),
            "wordCount": message.word_count,
            "value": message.body,
        }
    ]


def _entity_lists(entities: list[Entity]) -> dict[str, list[dict[str, Any]]]:
    """Group the entities by the ninjs list of their type."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entity in entities:
        found.setdefault(_LISTS[entity.type], []).append(_ninjs_entity(entity))
    return found


def _ninjs_entity(entity: Entity) -> dict[str, Any]:
    result: dict[str, Any] = {
        "name": entity.name,
        "rel": "mentions",
        "uri": f"http://www.wikidata.org/entity/{entity.wikidata_id}"
        if entity.wikidata_id
        else f"urn:newsloom:entity:{entity.entity_id}",
        "literal": entity.entity_id,
    }
    if entity.type is EntityType.GROUP:
        result["relevance"] = round(entity.salience * 100)
    if entity.type is EntityType.PLACE and None not in (entity.latitude, entity.longitude):
        # GeoJSON has longitude first (RFC 7946).
        result["geoJSON"] = {"type": "Point", "coordinates": [entity.longitude, entity.latitude]}
    return result


def _associations(message: EnrichedArticle) -> list[dict[str, str]]:
    result = []
    if message.verdict.copy_of:
        uri = article_uri(message.verdict.copy_of)
        result.append({"name": "original", "rel": "copyOf", "uri": uri})
    if message.story_id:
        result.append({"name": "story", "rel": "partOf", "uri": story_uri(message.story_id)})
    return result


def _other_ids(message: EnrichedArticle) -> list[dict[str, str]]:
    ids = {
        "url": message.canonical_url or message.url,
        "outlet": message.external_id,
        "revision": message.revision_id,
    }
    return [{"role": role, "value": value} for role, value in ids.items() if value]


def _time(time: datetime | None) -> str | None:
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z") if time else None
