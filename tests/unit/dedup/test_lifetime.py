"""Stories keep their ids under other settings, accept late articles, and expire in the end."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from schemas.article import VerdictKind
from schemas.story import StoryChange
from schemas.tags import EntityType
from services.dedup.clustering import open_stories as group_module
from services.dedup.clustering.merge_score import load_model
from services.dedup.core import Shard
from services.dedup.decision import DecisionKind
from services.dedup.settings import DedupSettings
from tests.unit.dedup.make import NOON, PersistedShard, article, entity, prose
from tests.unit.dedup.test_recovery import answers, stream
from tests.unit.dedup.test_stories import BODY, FERRY, OTHER


def test_other_settings_and_another_model_do_not_change_the_ids_of_open_stories() -> None:
    """The worker is restarted with them in the middle of the stream."""
    dedup = PersistedShard()
    one = article("one", BODY, title="Ferry to Skarholm reopens", entities=FERRY)
    before = dedup.take(one)
    other_story = dedup.take(article("far", prose(5), entities=[entity("Brenna")]))
    model = load_model()
    changed = replace(model, intercept=model.intercept + 1, weights=model.weights * 0.8)
    settings = DedupSettings(join_score=0.3, merge_score=0.35, candidates=4)
    dedup.shard = Shard(settings, dedup.rows, changed)
    dedup.shard.load(dedup.rows.items())

    again = dedup.take(one, 1)
    joined = dedup.take(article("two", OTHER, title="Skarholm ferry again", entities=FERRY))
    copy = dedup.take(article("three", prose(5)))
    assert again.kind is DecisionKind.REDELIVERED
    assert answers(again)[:2] == answers(before)[:2]
    assert joined.story_id == before.story_id
    assert copy.story_id == other_story.story_id
    for decision in (before, other_story):
        state = dedup.shard.story(str(decision.story_id))
        assert state is not None
        assert (state.version, state.article_count) == (2, 2)


def test_a_late_article_joins_the_story_of_its_time_and_only_moves_its_start() -> None:
    dedup = PersistedShard()
    later = NOON + timedelta(hours=40)
    first = dedup.take(article("one", BODY, title="Ferry to Skarholm", entities=FERRY, at=later))
    clock = dedup.shard.clock
    late = dedup.take(article("two", OTHER, title="Skarholm ferry", entities=FERRY, seen=later))
    story = dedup.shard.story(str(first.story_id))

    assert late.story_id == first.story_id
    assert dedup.shard.clock == clock
    assert story is not None
    assert (story.started_at, story.latest_at) == (NOON, later)


@pytest.mark.parametrize("seed", range(6))
def test_two_events_are_two_stories_in_any_order_of_arrival(seed: int) -> None:
    """Articles without a date have the time of their arrival."""
    brenna = [entity("Brenna"), entity("Ole Vik", EntityType.PERSON)]
    fire = "A fire destroyed the {0} sawmill in Brenna on Friday night, said fire chief Ole Vik. "
    given = [
        ("one", BODY, "Ferry to Skarholm reopens", FERRY, NOON),
        ("two", OTHER, "Skarholm ferry sails again", FERRY, None),
        ("three", fire.format("old") * 2 + prose(8, 24), "Sawmill burns in Brenna", brenna, NOON),
        ("four", fire.format("large") + prose(8, 36), "Brenna sawmill burns down", brenna, None),
    ]
    random.Random(seed).shuffle(given)  # noqa: S311 - an order, no secret
    dedup = PersistedShard()
    story_ids = {
        name: dedup.take(
            article(name, body, title=title, entities=names, at=at, seen=NOON + timedelta(hours=n))
        ).story_id
        for n, (name, body, title, names, at) in enumerate(given)
    }

    assert story_ids["one"] == story_ids["two"] != story_ids["three"] == story_ids["four"]


def test_an_expired_article_leaves_a_tombstone_and_its_text_counts_as_new() -> None:
    dedup = PersistedShard()
    first = article("one", prose(1))
    dedup.take(first)
    gone: list[tuple[str, str]] = []
    for day in range(1, 20):
        decision = dedup.take(article(f"d{day}", prose(100 + day), at=NOON + timedelta(days=day)))
        gone += [(table, key) for table, key, row in decision.changes if row is None]
    story_id = next(key for table, key in gone if table == "stories")

    assert ("articles", first.article_id) in gone
    assert dedup.shard.story(story_id) is None
    assert len(gone) == len(set(gone))
    again = dedup.take(article("again", prose(1), at=NOON + timedelta(days=20)))
    assert again.verdict is not None
    assert again.verdict.kind is VerdictKind.ORIGINAL


def test_the_row_of_a_story_with_new_articles_is_not_read_until_it_closes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The last article arrives 60 hours after the first, so the story closes after 132 hours."""
    dedup = PersistedShard()
    story = dedup.take(article("one", BODY, title="Ferry to Skarholm", entities=FERRY)).story_id
    dedup.take(article("two", OTHER, title="Skarholm ferry", entities=FERRY))
    dedup.take(article("three", BODY, at=NOON + timedelta(hours=60)))
    read: list[int] = []
    get = dedup.rows.get
    hour = 0

    def noted(table: str, key: str) -> bytes | None:
        if key == story:
            read.append(hour)
        return get(table, key)

    monkeypatch.setattr(dedup.rows, "get", noted)
    for hour in range(70, 136, 2):
        dedup.take(article(f"far-{hour}", prose(hour), at=NOON + timedelta(hours=hour)))

    found = dedup.shard.story(str(story))
    assert found is not None
    assert found.change is StoryChange.CLOSED
    assert min(read) >= 132


def test_story_versions_increase_across_restarts() -> None:
    dedup = PersistedShard()
    versions: dict[str, int] = {}
    for number, one in enumerate(stream()):
        if number % 3 == 0:
            dedup.restart()
        for update in dedup.take(one).stories:
            assert update.version > versions.get(update.story_id, 0)
            versions[update.story_id] = update.version


@pytest.mark.parametrize("most", [0, 1])
def test_eviction_of_stories_from_memory_does_not_change_decisions(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    steady, packing = PersistedShard(), PersistedShard()
    expected = [answers(steady.take(one)) for one in stream()]
    evict = group_module.OpenStories.evict
    monkeypatch.setattr(group_module.OpenStories, "evict", lambda self: evict(self, most))

    assert expected == [answers(packing.take(one)) for one in stream()]


def test_a_restarted_worker_makes_the_same_decisions_with_a_full_window() -> None:
    """Articles expire early, including representatives of open stories."""
    settings = DedupSettings(max_articles=6)
    steady, restarted = PersistedShard(settings), PersistedShard(settings)
    for one in stream():
        expected = steady.take(one)
        restarted.restart()

        assert answers(expected) == answers(restarted.take(one))


def test_memory_of_the_window_does_not_grow_with_expired_articles() -> None:
    dedup = PersistedShard(DedupSettings(max_articles=40))
    sizes = []
    for n in range(400):
        dedup.take(article(f"a{n}", prose(n, 48)))
        if n % 100 == 99:
            sizes.append(dedup.shard._state.window.memory)

    assert np.ptp(sizes) < 100_000
    assert len(dedup.shard._state.window._index._ids) < 400
