"""Story messages do not depend on the division of records into batches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import DateSource, Precision, StatedDate, Status
from schemas.story import Story, StoryChange
from schemas.topics import STORIES
from services.dedup.storage.row_store import InMemoryTables
from services.messaging.records import Record
from services.processing.stage import Result
from tests.unit.dedup.test_stage import BODIES, START, record, stage

FERRY, LEVY = (body.format("Skarholm", 4) for body in BODIES[:2])
MONTH = timedelta(days=30)

Sent = dict[str, dict[int, str]]
"""Story messages as JSON, by story id and version."""


def dated(number: int, at: datetime, **fields: object) -> Record:
    stated = StatedDate(
        value=at.isoformat(), precision=Precision.SECOND, origin=DateSource.FEED, utc=at
    )
    return record(number, published=stated, ingested_at=at + timedelta(minutes=5), **fields)


def stories(results: Iterable[Result]) -> list[Story]:
    return [
        Story.model_validate_json(one.value or b"")
        for result in results
        for one in result.outgoing
        if one.topic is STORIES
    ]


def run(batches: Iterable[list[Record]]) -> Sent:
    """Return the story messages; each batch is processed by a newly started worker."""
    rows, sent = InMemoryTables(), Sent()
    for batch in batches:
        results = stage(rows).process(batch)
        for result in results:
            rows.apply(result.changes)
        for story in stories(results):
            sent.setdefault(story.story_id, {})[story.version] = story.model_dump_json()
    return sent


@st.composite
def streams(draw: st.DrawFn) -> list[Record]:
    """Draw articles of a few texts whose event time stays, advances or jumps past the window."""
    hours = st.sampled_from([0, 1, 30, 80, 170, 200, 400, -100])
    text = st.sampled_from([FERRY, LEVY, f"{FERRY} More boats will follow in June.", BODIES[2]])
    at, records = START, []
    for number in range(draw(st.integers(4, 14))):
        at += timedelta(hours=draw(hours))
        fields = {"article_id": f"article-{draw(st.integers(0, 8))}", "body": draw(text)}
        if draw(st.integers(0, 9)) == 0:
            fields["status"] = Status.RETRACTED
        records.append(dated(number, at, **fields))
    return records


@settings(max_examples=30, deadline=None)
@given(streams(), st.sets(st.integers(1, 13)))
def test_messages_do_not_depend_on_where_batches_end(stream: list[Record], ends: set[int]) -> None:
    alone = run([one] for one in stream)
    bounds = [0, *sorted(end for end in ends if end < len(stream)), len(stream)]
    batched = run(stream[i:j] for i, j in pairwise(bounds))

    for story_id, versions in batched.items():
        assert versions == {version: alone[story_id][version] for version in versions}
        assert max(versions) == max(alone[story_id])
    assert batched.keys() == alone.keys()


def test_a_closing_story_lists_articles_whose_rows_expire_in_the_same_batch() -> None:
    far = [dated(n, START + n * MONTH, body=BODIES[2].format(f"Far{n}", n)) for n in range(2, 6)]
    first, second = dated(0, START, body=FERRY), dated(1, START, body=FERRY)
    (sent,) = [list(v.values()) for v in run([[first, second, *far]]).values() if len(v) == 1][:1]
    story = Story.model_validate_json(sent[0])

    assert story.change is StoryChange.CLOSED
    assert [one.article_id for one in story.articles] == ["article-0", "article-1"]


def test_a_crash_does_not_change_the_closing_message() -> None:
    """The worker crashes after it has stored the rows and before it sends a message."""
    rows = InMemoryTables()
    before = [dated(n, START, body=FERRY) for n in range(3)]
    closing = dated(3, START + MONTH, body=LEVY)
    for result in stage(rows).process(before):
        rows.apply(result.changes)
    results = stage(rows).process([closing])
    for result in results:
        rows.apply(result.changes)

    again = stories(stage(rows).process([closing]))

    assert [one.change for one in again] == [StoryChange.CREATED, StoryChange.CLOSED]
    assert again == stories(results)
    assert len(again[1].articles) == 3


def test_rows_of_a_closed_story_expire_an_hour_later_in_event_time() -> None:
    rows = InMemoryTables()
    moments = [timedelta(0), MONTH, MONTH + timedelta(minutes=50), MONTH + timedelta(hours=3)]
    kept = []
    for n, moment in enumerate(moments):
        body = BODIES[n % 3].format(f"Far{n}", n)
        for result in stage(rows).process([dated(n, START + moment, body=body)]):
            rows.apply(result.changes)
        kept.append(("articles", "en|article-0") in rows.rows)

    assert kept == [True, True, True, False]
