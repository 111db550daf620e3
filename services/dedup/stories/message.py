"""A story's row as the message that subscribers read."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.article import VerdictKind
from schemas.story import (
    Story,
    StoryArticle,
    StoryChange,
    StoryEntity,
    StoryGrowth,
    StorySentence,
)
from schemas.tags import EntityType
from services.dedup.storage.article_row import ARTICLES, Rows, more_of
from services.dedup.stories import story_row as records
from services.dedup.stories.story_row import Record

ENTITIES = 50
PLACES = 10


def moment(seconds: int) -> datetime:
    """Seconds since 1970 as a moment in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def story_state(story_id: str, record: Record, rows: Rows) -> Story:
    """Return the state that a story's row stands for; articles whose rows are gone are left out."""
    listed = record["a"][: records.GONE_ARTICLES] if record["m"] else record["a"]
    entities = _entities(record)
    return Story(
        story_id=story_id,
        version=record["v"],
        change=StoryChange(record["c"]),
        reason=record["w"],
        headline=record["h"],
        started_at=moment(record["t"][0]),
        latest_at=moment(record["t"][1]),
        articles=[a for entry in listed if (a := _article(entry, rows)) is not None],
        article_count=records.article_count(record),
        original_count=record["n"]["o"],
        copy_count=record["n"]["c"],
        outlet_count=len(record["o"]),
        languages=record["l"],
        entities=entities[:ENTITIES],
        merged_into=record["m"],
        places=[one for one in entities if one.type is EntityType.PLACE][:PLACES],
        summary=[StorySentence(text=text, article_id=source) for text, source in record["s"]],
        timeline=_timeline(record),
        split_from=record["sf"],
        split_into=record["si"],
    )


def _article(entry: list[object], rows: Rows) -> StoryArticle | None:
    article_id, letter, at = entry
    row = rows.get(ARTICLES, str(article_id))
    if row is None:
        return None
    more = more_of(row)
    return StoryArticle(
        article_id=str(article_id),
        url=more["u"],
        source=more["o"],
        title=more["t"],
        verdict=VerdictKind(records.KINDS[str(letter)]),
        at=moment(int(str(at))),
    )


def _entities(record: Record) -> list[StoryEntity]:
    count = max(1, record["n"]["o"] + record["n"]["x"])
    found = [
        StoryEntity(
            entity_id=entity_id,
            name=name,
            type=EntityType(kind),
            weight=round(min(1.0, total / count), 3),
        )
        for entity_id, (name, kind, total) in record["e"].items()
    ]
    return sorted(found, key=lambda one: (-one.weight, one.entity_id))


def _timeline(record: Record) -> list[StoryGrowth]:
    width, stretches = record["g"]
    return [
        StoryGrowth(start=moment(int(stretch) * width), articles=count)
        for stretch, count in sorted(stretches.items(), key=lambda item: int(item[0]))
        if count > 0
    ]
