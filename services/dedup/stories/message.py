"""Make the message that subscribers receive from a story's row."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from schemas.story import (
    Story,
    StoryArticle,
    StoryEntity,
    StoryGrowth,
    StorySentence,
)
from schemas.tags import EntityAlias, EntityType
from schemas.topics import MIB
from schemas.topics import STORIES as STORIES_TOPIC
from services.dedup.entity_resolution.aliases import find_aliases
from services.dedup.entity_resolution.named_entity import NamedEntity
from services.dedup.storage.article_row import decode_details
from services.dedup.storage.rows import ARTICLES, STORIES, Rows
from services.dedup.stories.external_ids import message_ids
from services.dedup.stories.story_codec import decode_story
from services.dedup.stories.story_fields import Growth, ListedArticle
from services.dedup.stories.story_row import StoryRow

MAX_ENTITIES: Final = 50
MAX_PLACES: Final = 10
MAX_LISTED_BYTES: Final = STORIES_TOPIC.max_message_bytes - MIB
"""Bytes of the listed articles in a message. All else in it is far shorter than the rest."""


def read_story(story_id: str, rows: Rows) -> Story | None:
    """Return the message of a story's state in `rows`; None if they don't have the story."""
    row = rows.get(STORIES, story_id)
    return None if row is None else story_message(story_id, decode_story(row), rows)


def story_message(story_id: str, row: StoryRow, rows: Rows) -> Story:
    """Return the message of a story's present state, which always fits the topic.

    Articles whose rows have expired are left out of its list. If the others are too long for a
    message, the most central and the newest are listed.
    """
    entities = _entities(row)
    started, latest = row.start_precision, row.latest_precision
    return Story(
        story_id=story_id,
        version=row.version,
        change=row.change,
        reason=row.reason,
        headline=row.headline,
        started_at=_utc(row.period.start),
        started_precision=started and started.unit,
        started_zone_stated=started and started.zone_stated,
        latest_at=_utc(row.period.latest),
        latest_precision=latest and latest.unit,
        latest_zone_stated=latest and latest.zone_stated,
        articles=_articles(row, rows),
        article_count=row.article_count,
        original_count=row.counts.originals,
        copy_count=row.counts.copies,
        retraction_count=row.counts.retractions,
        outlet_count=len(row.outlets),
        languages=row.languages,
        entities=entities[:MAX_ENTITIES],
        merged_into=row.merged_into,
        places=[one for one in entities if one.type is EntityType.PLACE][:MAX_PLACES],
        summary=[StorySentence(text=one.text, article_id=one.article_id) for one in row.summary],
        timeline=_timeline(row.growth),
        split_from=row.split_from,
        split_into=row.split_into,
    )


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _articles(row: StoryRow, rows: Rows) -> list[StoryArticle]:
    """Return the articles to list in the order of the row, within `MAX_LISTED_BYTES`."""
    found = [article for one in row.articles if (article := _article(one, rows)) is not None]
    sizes = [len(one.model_dump_json(exclude_none=True).encode()) + 1 for one in found]
    if sum(sizes) <= MAX_LISTED_BYTES:
        return found
    central = sorted(row.representatives, key=lambda one: (-one.centrality, one.article_id))
    ranks = {one.article_id: rank for rank, one in enumerate(central)}
    order = sorted(
        range(len(found)), key=lambda n: (ranks.get(found[n].article_id, len(ranks)), -n)
    )
    total = itertools.accumulate(sizes[n] for n in order)
    listed = [n for n, size in zip(order, total, strict=True) if size <= MAX_LISTED_BYTES]
    return [found[n] for n in sorted(listed)]


def _article(listed: ListedArticle, rows: Rows) -> StoryArticle | None:
    data = rows.get(ARTICLES, listed.article_id)
    if data is None:
        return None
    details = decode_details(data)
    return StoryArticle(
        article_id=listed.article_id,
        url=details.url,
        source=details.source,
        title=details.title,
        verdict=listed.verdict.kind,
        at=_utc(listed.at),
    )


def _entities(row: StoryRow) -> list[StoryEntity]:
    """Return the entities; those that are one under several names are listed once."""
    count = max(1, row.counts.originals + row.counts.retractions)
    named = row.named_entities()
    aliases = find_aliases(named.values())
    of_id: dict[str, list[NamedEntity]] = {}
    for entity_id, entity in named.items():
        of_id.setdefault(aliases.get(entity_id, entity_id), []).append(entity)
    found = [
        StoryEntity(
            entity_id=entity_id,
            name=named[entity_id].name,
            type=EntityType(named[entity_id].type),
            weight=round(min(1.0, sum(one.salience for one in forms) / count), 3),
            external_ids=message_ids(entity_id, _external_ids(row, entity_id, forms)),
            aliases=_aliases(entity_id, forms) or None,
        )
        for entity_id, forms in of_id.items()
    ]
    return sorted(found, key=lambda one: (-one.weight, one.entity_id))


def _external_ids(
    row: StoryRow, entity_id: str, forms: Iterable[NamedEntity]
) -> Mapping[str, str] | None:
    """Return the stored external ids of an entity, else those of the first of its short forms."""
    candidates = (row.external_ids.get(one) for one in (entity_id, *(f.entity_id for f in forms)))
    return next((ids for ids in candidates if ids), None)


def _aliases(entity_id: str, forms: list[NamedEntity]) -> list[EntityAlias]:
    others = sorted(one for one in forms if one.entity_id != entity_id)
    return [EntityAlias(entity_id=one.entity_id, name=one.name) for one in others]


def _timeline(growth: Growth) -> list[StoryGrowth]:
    return [
        StoryGrowth(start=_utc(int(interval) * growth.width), articles=count)
        for interval, count in sorted(growth.counts.items(), key=lambda item: int(item[0]))
        if count > 0
    ]
