"""A message of any story fits the size limit of its topic, and counts all articles."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.article import VerdictKind
from schemas.envelope import Envelope
from schemas.story import Story, StoryChange
from schemas.tags import EntityType
from schemas.topics import ENRICHED, STORIES
from services.dedup import changed_stories
from services.dedup.decision import Decision, DecisionKind, StoryUpdate
from services.dedup.storage.row_store import InMemoryTables, RowStore
from services.dedup.storage.rows import ARTICLES, Change
from services.dedup.storage.rows import STORIES as STORY_TABLE
from services.dedup.stories.story_codec import encode_story
from services.dedup.stories.story_fields import (
    EntityWeight,
    ListedArticle,
    ListedVerdict,
    SummarySentence,
)
from services.dedup.stories.story_row import (
    MAX_ARTICLE_BYTES,
    MAX_ENTITIES,
    MAX_REASON_CHARS,
    MAX_SPLITS,
    MERGED_ARTICLES,
    StoryRow,
)
from services.messaging.errors import Reason, Rejected
from services.observability import metrics
from services.processing.stage import Processed, Result
from tests.unit.dedup.make import PersistedShard, article, prose
from tests.unit.dedup.test_stage import record, sent_messages, stage

LONGEST = "\x01"  # six bytes in JSON; no character takes more
NUMBER = 100_000


def an_id(name: object) -> str:
    return str(name).rjust(128, "-")


def numbered(number: int, verdict: ListedVerdict = ListedVerdict.ORIGINAL) -> ListedArticle:
    return ListedArticle(an_id(number), verdict, number * 60)


@pytest.fixture(scope="module")
def largest() -> StoryRow:
    """Return a story of 100,000 articles from as many outlets, with fields of maximum length."""
    row = StoryRow.new(0, "")
    address = "https://en.wikipedia.org/wiki/"
    ids = {
        "wikidata": "Q123456789012",
        "wikipedia": address + LONGEST * (300 - len(address)),
        "ticker": "T" * 32,
        "lei": "0" * 20,
        "geonames": "1" * 10,
    }
    entities = {
        an_id(f"place:{n}"): EntityWeight(LONGEST * 300, EntityType.PLACE.value, 0.5)
        for n in range(MAX_ENTITIES)
    }
    row.set_representatives(map(an_id, (0, 7, 9, 50)), (4.0, 3.0, 2.0, 1.0), [])
    for n in range(NUMBER):
        verdict = ListedVerdict.COPY if n % 2 else ListedVerdict.ORIGINAL
        row.count_article(numbered(n, verdict), f"outlet{n}", entities if n < 2 else {}, None)
    row.add_external_ids(dict.fromkeys(entities, ids))
    row.headline = LONGEST * 2000
    row.languages = ["en"]
    row.summary = [SummarySentence(LONGEST * 1000, an_id(n)) for n in range(3)]
    row.split_into = [an_id(f"s{n}") for n in range(MAX_SPLITS)]
    row.split_from = an_id("s")
    row.begin_version(StoryChange.UPDATED, LONGEST * MAX_REASON_CHARS, 0)
    return row


def rows_of_longest(row: StoryRow) -> list[Change]:
    """Return rows of the listed articles, with URL, outlet and title of maximum length."""
    dedup = PersistedShard()
    url = "h:" + LONGEST * 2046
    given: dict[str, Any] = {"url": url, "source": LONGEST * 300, "title": LONGEST * 2000}
    one = article("one", prose(1), **given)
    dedup.take(one)
    data = dedup.rows.rows[ARTICLES, one.article_id]
    return [(ARTICLES, listed.article_id, data) for listed in row.articles]


def message(row: StoryRow) -> tuple[Story, int]:
    """Return the story that the stage would send, and the size of its record in bytes."""
    store = RowStore(InMemoryTables())
    store.partition = 3
    story_id = an_id("s")
    store.add("en", [*rows_of_longest(row), (STORY_TABLE, story_id, encode_story(row))])
    changed = changed_stories.ChangedStories(store)
    update = StoryUpdate(story_id, row.version, row.change, row.reason)
    cause = Envelope(id="i" * 128, source="test", type=STORIES.event_type)
    changed.add("en", Decision(DecisionKind.DECIDED, stories=(update,)), 0, cause, 3)
    sent = changed.message("en", story_id)
    assert sent is not None
    return Story.model_validate_json(sent.value or b""), sent.size


def test_a_story_of_100_000_articles_of_maximum_size_fits_and_its_counts_are_exact(
    largest: StoryRow,
) -> None:
    story, size = message(largest)
    listed = [one.article_id for one in story.articles]
    newest = [an_id(n) for n in range(NUMBER - len(listed) + 4, NUMBER)]

    assert STORIES.max_message_bytes // 2 < size <= STORIES.max_message_bytes
    assert listed == [*map(an_id, (0, 7, 9, 50)), *newest]
    assert (story.article_count, story.original_count) == (NUMBER, NUMBER // 2)
    assert (story.copy_count, story.retraction_count) == (NUMBER // 2, 0)
    assert sum(one.articles for one in story.timeline) == NUMBER
    assert (len(story.entities), len(story.places), len(story.summary)) == (50, 10, 3)
    assert story.outlet_count == 1500


def test_the_row_of_an_endless_story_is_bounded(largest: StoryRow) -> None:
    entities = MAX_ENTITIES * (300 * 6 + 200)
    external_ids = MAX_ENTITIES * (300 * 6 + 400)
    texts = 6 * (3 * 1000 + 2000 + MAX_REASON_CHARS) + 200 * MAX_SPLITS

    bound = MAX_ARTICLE_BYTES + entities + external_ids + texts + 30_000
    assert len(encode_story(largest)) < bound


def test_the_verdict_of_an_article_that_is_not_listed_is_still_counted() -> None:
    row = StoryRow.new(0, "")
    for n in range(1500):
        row.count_article(numbered(n), "outlet", {}, None)
    unlisted = an_id(0)
    assert unlisted not in {one.article_id for one in row.articles}

    row.mark_retracted(unlisted, ListedVerdict.ORIGINAL)
    assert (row.counts.originals, row.counts.retractions) == (1499, 1)
    row.restore_article(unlisted, ListedVerdict.ORIGINAL)
    assert (row.counts.originals, row.counts.retractions) == (1500, 0)


def test_merged_stories_list_the_most_central_and_the_newest_articles() -> None:
    one, other = StoryRow.new(0, ""), StoryRow.new(0, "")
    one.set_representatives([an_id(0)], [1.0], [])
    other.set_representatives([an_id(1)], [1.0], [])
    one.languages, other.languages = ["en", "fr"], [f"a{chr(97 + n % 26)}" for n in range(60)]
    for n in range(1000):
        (other if n % 2 else one).count_article(numbered(n), "outlet", {}, None)
    one.absorb(other)
    other.keep_articles(MERGED_ARTICLES, other.representatives)

    ids = [listed.article_id for listed in one.articles]
    assert ids[:2] == [an_id(0), an_id(1)]
    assert ids[2:] == [an_id(n) for n in range(1000 - len(ids) + 2, 1000)]
    assert one.article_count == 1000
    assert len(one.languages) <= 50
    assert [listed.article_id for listed in other.articles] == [
        an_id(1),
        *(an_id(n) for n in range(903, 1000, 2)),
    ]


def test_articles_of_maximum_size_are_stored_and_sent_with_their_story() -> None:
    given = {"title": "\x02" * 2000, "source": "\x02" * 300, "body": prose(1)}
    records = [record(n, url=f"h:{n}" + "\x02" * 2000, **given) for n in range(400)]
    rows = InMemoryTables()
    worker, results = stage(rows), list[Result]()
    for start in range(0, 400, 100):
        batch = worker.process(records[start : start + 100])
        for result in batch:
            rows.apply(result.changes)
        results += batch
    last = [value for topic, value in sent_messages(results[-1]) if topic == STORIES.name]
    story = Story.model_validate_json(last[-1] or b"")

    assert all(isinstance(result, Processed) for result in results)
    assert story.article_count == 400
    assert 100 < len(story.articles) < 400
    assert story.articles[-1].article_id == "article-399"
    assert story.articles[-1].verdict is VerdictKind.COPY


def test_articles_are_processed_if_their_story_cannot_be_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_given: Any) -> None:
        raise Rejected(Reason.TOO_LARGE, "a story beyond all bounds")

    rows = InMemoryTables()
    unsent = metrics.STORIES_UNSENT._value.get()
    monkeypatch.setattr(changed_stories, "encode", failing)
    results = stage(rows).process([record(0), record(1)])
    for result in results:
        rows.apply(result.changes)

    assert [[topic for topic, _ in sent_messages(one)] for one in results] == [[ENRICHED.name]] * 2
    assert {("articles", "en|article-0"), ("articles", "en|article-1")} <= rows.rows.keys()
    assert metrics.STORIES_UNSENT._value.get() == unsent + 2
