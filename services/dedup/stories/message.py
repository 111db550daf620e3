"""Make the message that subscribers receive from a story's row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from schemas.story import (
    Story,
    StoryArticle,
    StoryEntity,
    StoryGrowth,
    StorySentence,
)
from schemas.tags import EntityType
from services.dedup.storage.article_row import decode_details
from services.dedup.storage.rows import ARTICLES, STORIES, Rows
from services.dedup.stories.story_codec import decode_story
from services.dedup.stories.story_fields import Growth, ListedArticle
from services.dedup.stories.story_row import MERGED_ARTICLES, StoryRow

MAX_ENTITIES: Final = 50
MAX_PLACES: Final = 10


def read_story(story_id: str, rows: Rows) -> Story | None:
    """Return the message of a story's state in `rows`; None if they don't have the story."""
    row = rows.get(STORIES, story_id)
    return None if row is None else story_message(story_id, decode_story(row), rows)


def story_message(story_id: str, row: StoryRow, rows: Rows) -> Story:
    """Return the message of a story's present state.

    Articles whose rows have expired are left out of its list.
    """
    listed = row.articles[:MERGED_ARTICLES] if row.merged_into else row.articles
    entities = _entities(row)
    return Story(
        story_id=story_id,
        version=row.version,
        change=row.change,
        reason=row.reason,
        headline=row.headline,
        started_at=_utc(row.period.start),
        latest_at=_utc(row.period.latest),
        articles=[article for one in listed if (article := _article(one, rows)) is not None],
        article_count=row.article_count,
        original_count=row.counts.originals,
        copy_count=row.counts.copies,
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
    count = max(1, row.counts.originals + row.counts.retractions)
    found = [
        StoryEntity(
            entity_id=entity_id,
            name=entity.name,
            type=EntityType(entity.type),
            weight=round(min(1.0, entity.salience / count), 3),
        )
        for entity_id, entity in row.entities.items()
    ]
    return sorted(found, key=lambda one: (-one.weight, one.entity_id))


def _timeline(growth: Growth) -> list[StoryGrowth]:
    return [
        StoryGrowth(start=_utc(int(interval) * growth.width), articles=count)
        for interval, count in sorted(growth.counts.items(), key=lambda item: int(item[0]))
        if count > 0
    ]
