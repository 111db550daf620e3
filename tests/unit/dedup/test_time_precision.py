"""A story states the precision of its times, as articles do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.article import DateSource, Precision, StatedDate, TaggedArticle
from schemas.story import Story
from services.dedup.features.event_time import TimePrecision, event_time, time_precision
from tests.unit.dedup.make import PersistedShard, article, prose
from tests.unit.dedup.test_stories import BODY, FERRY, OTHER

SEEN = datetime(2031, 5, 4, 12, tzinfo=UTC)
PRECISE = (Precision.SECOND, True)


def dated(name: str, value: str | None, body: str = BODY, **fields: Any) -> TaggedArticle:
    """Return an article with a stated date."""
    stated = None
    if value is not None:
        moment = datetime.fromisoformat(value)
        utc = None if moment.tzinfo is None else moment.astimezone(UTC)
        precision = Precision.DAY if len(value) == len("2031-05-04") else Precision.MINUTE
        stated = StatedDate(value=value, precision=precision, origin=DateSource.TEXT, utc=utc)
    given: dict[str, Any] = {"title": "Ferry to Skarholm", "entities": FERRY, "published": stated}
    return article(name, body, seen=SEEN, **(given | fields))


def story_of(dedup: PersistedShard, *articles: TaggedArticle) -> Story:
    ids = [dedup.take(one).story_id for one in articles]
    story = dedup.shard.story(str(ids[0]))
    assert story is not None
    assert set(ids) == {story.story_id}
    return story


@pytest.mark.parametrize(
    ("value", "unit", "zone_stated"),
    [
        ("2031-05-04", Precision.DAY, False),
        ("2031-05-04T08:30", Precision.MINUTE, False),
        ("2031-05-04T08:30+02:00", Precision.MINUTE, True),
        ("2031-05-04T08:30:15", Precision.SECOND, False),
        ("2031-05-04T08:30:15-05:00", Precision.SECOND, True),
        ("2031-05", Precision.SECOND, True),  # too coarse to be used
        ("1931-05-04", Precision.SECOND, True),  # not trusted
        (None, Precision.SECOND, True),
    ],
)
def test_the_precision_is_that_of_the_date_that_is_used(
    value: str | None,
    unit: Precision,
    zone_stated: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    dedup = PersistedShard()
    if value == "2031-05":
        stated = StatedDate(value=value, precision=Precision.MONTH, origin=DateSource.TEXT)
        one = dated("one", None, published=stated)
    else:
        one = dated("one", value)
    at, _is_stated = event_time(one, dedup.settings)
    story = story_of(dedup, one)

    assert time_precision(value, at) == TimePrecision(unit, zone_stated)
    assert (story.started_precision, story.started_zone_stated) == (unit, zone_stated)
    assert (story.latest_precision, story.latest_zone_stated) == (unit, zone_stated)


def test_the_start_and_end_of_a_story_have_the_precision_of_their_articles() -> None:
    dedup = PersistedShard()
    later = dated("two", "2031-05-04T10:30+00:00", OTHER)
    story = story_of(dedup, later, dated("one", "2031-05-04"))

    assert story.started_at == datetime(2031, 5, 4, tzinfo=UTC)
    assert (story.started_precision, story.started_zone_stated) == (Precision.DAY, False)
    assert (story.latest_precision, story.latest_zone_stated) == (Precision.MINUTE, True)
    dedup.restart()
    copy = dedup.take(dated("three", None, OTHER))
    again = dedup.shard.story(str(copy.story_id))
    assert again is not None
    assert (again.started_precision, again.started_zone_stated) == (Precision.DAY, False)
    assert (again.latest_precision, again.latest_zone_stated) == PRECISE


def test_a_merged_story_keeps_the_precision_of_the_earlier_start() -> None:
    dedup = PersistedShard()
    rows = []
    for n, value in enumerate(("2031-05-04", "2031-05-04T10:30+02:00")):
        body = prose(n)
        decision = dedup.take(dated(f"a{n}", value, body, entities=[], title=f"Title {n}"))
        row = dedup.shard._state.batch().story(str(decision.story_id))
        assert row is not None
        rows.append(row)
    early, late = rows
    late.absorb(early)

    assert late.start_precision == TimePrecision(Precision.DAY, zone_stated=False)
    assert late.latest_precision == TimePrecision(Precision.MINUTE, zone_stated=True)
    assert late.period.latest - late.period.start == timedelta(hours=8.5).total_seconds()
