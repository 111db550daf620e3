"""Every article gets a verdict in bounded time and memory, however unusual it is."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import VerdictKind
from schemas.tags import Quote
from services.dedup.decision import MessageIdentity
from services.dedup.features.event_time import event_time
from services.dedup.settings import DedupSettings
from tests.unit.dedup.make import NOON, PersistedShard, article, entity, prose

MAX_ROW = 100_000


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (prose(1), {"title": ""}),
        (prose(1), {"at": None}),
        ("Three small words", {}),
        ("", {}),
        ("!!! ... ???", {"title": "???"}),
        (prose(1), {"at": datetime(1931, 5, 4, tzinfo=UTC), "seen": NOON}),
        (prose(1), {"at": datetime(2131, 5, 4, tzinfo=UTC), "seen": NOON}),
        ("船は日曜日に島へ再び出航した。" * 20, {"language": "und"}),
        (prose(1), {"quotes": [Quote(text="said", start=90, end=5)]}),
        (prose(1), {"quotes": [Quote(text="said", start=9_000, end=900_000)]}),
        ("word " * 150_000, {}),
        ("x" * 900_000, {}),
    ],
)
def test_every_article_has_a_verdict_and_a_story(body: str, more: dict[str, Any]) -> None:
    dedup = PersistedShard()
    decision = dedup.take(article("one", body, **more))

    assert decision.verdict is not None
    assert decision.verdict.kind is VerdictKind.ORIGINAL
    assert decision.story_id is not None
    assert dedup.shard.story(decision.story_id) is not None
    assert all(len(row) < MAX_ROW for row in dedup.rows.rows.values())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=200)), max_size=8))
def test_articles_with_any_text_get_a_decision(texts: list[tuple[str, str]]) -> None:
    dedup = PersistedShard()
    for number, (title, body) in enumerate(texts):
        one = article(f"a{number}", "x", title="x")
        one = one.model_copy(update={"title": title, "body": body})
        assert dedup.take(one).verdict is not None


def test_a_date_that_is_wrong_by_a_century_does_not_move_the_clock() -> None:
    dedup = PersistedShard()
    dedup.take(article("one", prose(1)))
    clock = dedup.shard.clock
    for year in (1931, 2131):
        wrong = article(f"w{year}", prose(year), at=datetime(year, 5, 4, tzinfo=UTC), seen=NOON)
        assert event_time(wrong, DedupSettings()) == (int(NOON.timestamp()), False)
        dedup.take(wrong)

    assert dedup.shard.clock == clock


def test_thousands_of_identical_articles_are_copies_of_one() -> None:
    dedup = PersistedShard()
    began = time.process_time()
    decisions = [dedup.take(article(f"a{n}", prose(1), title="Same")) for n in range(1500)]
    story_id = decisions[0].story_id
    assert story_id is not None
    story = dedup.shard.story(story_id)

    assert {one.verdict.kind for one in decisions[1:] if one.verdict} == {VerdictKind.COPY}
    assert story is not None
    assert (story.article_count, story.copy_count, len(story.articles)) == (1500, 1499, 1000)
    assert dedup.shard.articles == 1
    assert all(len(row) < MAX_ROW for row in dedup.rows.rows.values())
    assert time.process_time() - began < 25


def test_an_article_revised_a_thousand_times_keeps_its_last_verdicts() -> None:
    dedup = PersistedShard()
    for number in range(1000):
        decision = dedup.take(article("one", prose(1) + f" update {number}"))
    row = dedup.rows.rows["articles", article("one", "").article_id]

    assert decision.verdict is not None
    assert decision.verdict.revision == 1000
    assert len(row) < MAX_ROW
    assert dedup.shard.articles == 1


def test_the_state_of_a_source_that_repeats_a_template_stays_bounded() -> None:
    dedup = PersistedShard()
    text = "Match report from the {0} ground: {1} beat {2} by {3} goals before {4} people. " * 3
    kinds = []
    for n in range(300):
        teams = [f"Ground{n}", f"Team{n}x", f"Team{n}y", str(n + 13), str(1000 + 7 * n)]
        decision = dedup.take(article(f"m{n}", text.format(*teams), title=f"Team{n}x"))
        assert decision.verdict is not None
        kinds.append(decision.verdict.kind)

    assert kinds.count(VerdictKind.COPY) == 0


def test_the_state_of_an_endless_story_stays_bounded() -> None:
    dedup = PersistedShard()
    names = [entity("Skarholm"), entity("Brenna")]
    for n in range(400):
        at = NOON + timedelta(minutes=n)
        body = prose(1, 72) + " " + prose(1000 + n, 60)
        dedup.take(article(f"a{n}", body, title="Skarholm Brenna", entities=names, at=at))

    assert all(len(row) < MAX_ROW for row in dedup.rows.rows.values())
    groups = dedup.shard._state.stories.clusterer.stories
    assert max(len(group.article_ids) for group in map(groups.__getitem__, list(groups))) <= 8


def test_the_window_never_has_more_articles_than_the_setting() -> None:
    dedup = PersistedShard(DedupSettings(max_articles=50))
    for n in range(120):
        dedup.take(article(f"a{n}", prose(n)))

    assert dedup.shard.articles <= 51


def test_a_message_older_than_the_last_one_is_not_decided_again() -> None:
    dedup = PersistedShard()
    dedup.take(article("one", prose(1)), 5)
    late = article("one", prose(2))
    decision = dedup.shard.decide(late, MessageIdentity(late.revision_id, 3))

    assert decision.verdict is None
