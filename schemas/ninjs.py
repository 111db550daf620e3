"""A view of an enriched article for newsrooms: ninjs, IPTC's standard for news in JSON.

Source: ninjs 3.1 (International Press Telecommunications Council, 2024). A ninjs object has
no room for fields of others, so what it has no field for (offsets, quotes, scores) stays in
the article.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schemas.article import EnrichedArticle, Status, VerdictKind
from schemas.tags import Entity, EntityType

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
    """The article as a ninjs 3.1 object, ready for `json.dumps`.

    `uri` is the same through all revisions and `version` counts them; a retraction is
    `canceled`; a copy names its original, and every article its story, as an association.
    Times are in UTC. Nothing is made up: what the article does not state is left out.
    """
    published, modified = message.published, message.modified
    made: dict[str, Any] = {
        "uri": article_uri(message.article_id),
        "type": "text",
        "representationType": "partial" if message.truncated else "full",
        "version": str(message.verdict.revision),
        "firstCreated": _time(published.utc) if published else None,
        "versionCreated": _time((modified.utc if modified else None) or message.ingested_at),
        "pubStatus": "canceled" if _withdrawn(message) else "usable",
        "edNote": f"{message.verdict.kind}: {message.verdict.reason}",
        "language": None if message.language == "und" else message.language,
        "headlines": [{"value": message.title}] if message.title else None,
        "bodies": _bodies(message),
        "by": ", ".join(message.authors),
        "infoSources": [{"name": message.site_name or message.source, "literal": message.source}],
        **_things(message.entities),
        "associations": _associations(message),
        "altIds": _other_ids(message),
        "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
    }
    return {name: value for name, value in made.items() if value}


def article_uri(article_id: str) -> str:
    """The name of an article as a URI."""
    return f"urn:newsloom:article:{article_id}"


def story_uri(story_id: str) -> str:
    """The name of a story as a URI."""
    return f"urn:newsloom:story:{story_id}"


def _withdrawn(message: EnrichedArticle) -> bool:
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


def _things(entities: list[Entity]) -> dict[str, list[dict[str, Any]]]:
    """What the article names, by the list of ninjs that its kind belongs to."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entity in entities:
        found.setdefault(_LISTS[entity.type], []).append(_thing(entity))
    return found


def _thing(entity: Entity) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": entity.name,
        "rel": "mentions",
        "uri": f"http://www.wikidata.org/entity/{entity.wikidata_id}"
        if entity.wikidata_id
        else f"urn:newsloom:entity:{entity.entity_id}",
        "literal": entity.entity_id,
    }
    if entity.type is EntityType.GROUP:
        made["relevance"] = round(entity.salience * 100)
    if entity.type is EntityType.PLACE and None not in (entity.latitude, entity.longitude):
        # GeoJSON has longitude first (RFC 7946).
        made["geoJSON"] = {"type": "Point", "coordinates": [entity.longitude, entity.latitude]}
    return made


def _associations(message: EnrichedArticle) -> list[dict[str, str]]:
    made = []
    if message.verdict.copy_of:
        uri = article_uri(message.verdict.copy_of)
        made.append({"name": "original", "rel": "copyOf", "uri": uri})
    if message.story_id:
        made.append({"name": "story", "rel": "partOf", "uri": story_uri(message.story_id)})
    return made


def _other_ids(message: EnrichedArticle) -> list[dict[str, str]]:
    ids = {
        "url": message.canonical_url or message.url,
        "outlet": message.external_id,
        "revision": message.revision_id,
    }
    return [{"role": role, "value": value} for role, value in ids.items() if value]


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
