"""A story that turns out to be two stories is split, and both stories state the split."""

from __future__ import annotations

import random

import numpy as np
import pytest

from schemas.article import TaggedArticle, VerdictKind
from schemas.story import Story, StoryChange
from services.dedup.clustering.bipartition import bipartition
from services.dedup.clustering.merge_score import INPUTS, MergeModel
from services.dedup.core import Shard
from services.dedup.decision import Decision, MessageIdentity
from services.dedup.settings import DedupSettings
from services.dedup.storage.rows import JOURNAL
from services.dedup.stories import splits
from services.dedup.stories.story_fields import VerdictCounts
from services.dedup.stories.story_row import StoryRow
from tests.in_memory_rows import InMemoryRows
from tests.unit.dedup.make import article, entity, words

SUBJECTS = {"a": words(1, 60), "b": words(2, 60)}
PLACES = {"a": "Skarholm", "b": "Brenna"}
NAMES = ["x0", "a1", "b1", "a2", "b2", "a3", "a4", "b3"]
"""x0 reports on both subjects. The eighth article shows that they are different events."""


def report(name: str) -> TaggedArticle:
    """Return a report on subject a or b, by the first letter of its name, or for x on both."""
    about = [name[0]] if name[0] in SUBJECTS else list(SUBJECTS)
    chance = random.Random(name)  # noqa: S311 - makes texts, no secrets
    pool = [word for one in about for word in SUBJECTS[one]]
    body = " ".join(chance.choices(pool, k=160)).capitalize() + "."
    named = [entity(PLACES[one]) for one in about]
    return article(name, body, title=f"Report {name}", entities=named, source=f"{name}.example")


def of_one_subject() -> MergeModel:
    """Return a model that uses only the mean similarity to the articles of a story."""
    weights = np.zeros(len(INPUTS))
    weights[INPUTS.index("mean_body_cosine")] = 16
    return MergeModel(-4.5, weights)


class Run:
    """A shard that decides on articles, with the names of the articles."""

    def __init__(self) -> None:
        self.rows = InMemoryRows()
        self.shard = Shard(DedupSettings(), self.rows, of_one_subject())
        self.ids: dict[str, str] = {}

    def take(self, name: str, one: TaggedArticle | None = None) -> Decision:
        given = one or report(name)
        self.ids[given.article_id] = name
        decision = self.shard.decide(given, MessageIdentity(given.revision_id, 1))
        self.rows.apply(decision.changes)
        return decision

    def story(self, decision: Decision) -> Story:
        state = self.shard.story(str(decision.story_id))
        assert state is not None
        return state

    def names(self, story: Story) -> str:
        return " ".join(sorted(self.ids[one.article_id] for one in story.articles))


def test_the_smaller_group_becomes_a_new_story_and_both_stories_state_the_split() -> None:
    run = Run()
    decisions = [run.take(name) for name in NAMES]
    old = run.story(decisions[0])
    (new_id,) = old.split_into
    new = run.shard.story(new_id)

    assert new is not None
    assert run.names(old) == "a1 a2 a3 a4 x0"
    assert run.names(new) == "b1 b2 b3"
    assert (old.change, old.version, new.change, new.version) == (
        StoryChange.SPLIT,
        len(NAMES) + 1,
        StoryChange.CREATED,
        1,
    )
    assert new.split_from == old.story_id
    assert old.story_id in new.reason
    assert new.story_id in old.reason
    assert [one.story_id for one in decisions[-1].stories] == [old.story_id, new.story_id]


def test_aggregates_over_articles_are_recomputed_for_both_stories() -> None:
    run = Run()
    decisions = [run.take(name) for name in NAMES]
    old = run.story(decisions[0])
    new = run.shard.story(old.split_into[0])

    assert new is not None
    assert (old.original_count, old.outlet_count, new.original_count, new.outlet_count) == (
        5,
        5,
        3,
        3,
    )
    assert {one.name for one in new.entities} == {"Brenna"}
    assert new.entities[0].weight == pytest.approx(0.7, abs=0.01)
    assert new.headline in {"Report b1", "Report b2", "Report b3"}
    assert sum(stretch.articles for stretch in new.timeline) == 3
    for story in (old, new):
        assert {one.article_id for one in story.summary} <= {
            one.article_id for one in story.articles
        }


def test_the_article_that_causes_the_split_is_assigned_to_its_own_group() -> None:
    run = Run()
    decisions = [run.take(name) for name in NAMES]

    assert decisions[-1].story_id == run.story(decisions[0]).split_into[0]
    assert {one.story_id for one in decisions[:-1]} == {decisions[0].story_id}


def test_copies_and_later_articles_join_the_story_of_their_group() -> None:
    run = Run()
    first = run.take("x0")
    for name in NAMES[1:4]:
        run.take(name)
    original = report("b1")
    before = run.take("copy", article("copy", original.body, title="Report b1"))
    for name in NAMES[4:]:
        run.take(name)
    new_id = run.story(first).split_into[0]
    after = run.take("again", article("again", original.body, title="Report b1"))
    more = run.take("b5")
    new = run.story(after)

    assert before.verdict is not None
    assert before.verdict.kind is VerdictKind.COPY
    assert (after.story_id, more.story_id) == (new_id, new_id)
    assert run.names(new) == "again b1 b2 b3 b5 copy"
    assert (new.copy_count, new.original_count) == (2, 4)


def test_articles_that_are_no_longer_representatives_are_split_by_similarity(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(splits, "GROWTH_BEFORE_CHECK", 4.0)
    run = Run()
    decisions = [run.take(name) for name in [*NAMES, "b4", "a5", "a6", "b5"]]
    old = run.story(decisions[0])
    new = run.shard.story(old.split_into[0])

    assert new is not None
    assert run.names(old) == "a1 a2 a3 a4 a5 a6 x0"
    assert run.names(new) == "b1 b2 b3 b4 b5"


def test_a_restarted_worker_makes_the_same_split_and_the_same_decisions_after_it() -> None:
    usual, successor = Run(), Run()
    for name in NAMES[:7]:
        usual.take(name)
        successor.take(name)
    decisions = []
    for run in (usual, successor):
        if run is successor:
            run.shard = Shard(DedupSettings(), run.rows, of_one_subject())
            run.shard.load(run.rows.items())
        decisions.append([run.take(name) for name in ("b3", "b4", "a5")])

    assert any(update.change is StoryChange.SPLIT for update in decisions[0][0].stories)
    assert [(one.story_id, one.stories) for one in decisions[0]] == [
        (one.story_id, one.stories) for one in decisions[1]
    ]
    assert usual.rows.rows == successor.rows.rows


def test_a_crash_during_a_split_does_not_leave_a_partial_split() -> None:
    whole = Run()
    for name in NAMES[:-1]:
        whole.take(name)
    before = dict(whole.rows.rows)
    last = report(NAMES[-1])
    message = MessageIdentity(last.revision_id, 1)
    decision = whole.shard.decide(last, message)
    whole.rows.apply(decision.changes)

    assert any(update.change is StoryChange.SPLIT for update in decision.stories)
    for done in range(1, len(decision.changes) + 1):
        rows = InMemoryRows()
        rows.rows = dict(before)
        rows.apply(decision.changes[:done])
        successor = Shard(DedupSettings(), rows, of_one_subject())
        successor.load(rows.items())
        again = successor.decide(last, message)
        rows.apply(again.changes)

        assert (again.story_id, again.stories) == (decision.story_id, decision.stories)
        rows.rows["articles", JOURNAL] = whole.rows.rows["articles", JOURNAL]
        assert rows.rows == whole.rows.rows  # but for the journal, which notes what was made good


def test_a_story_is_not_split_if_the_row_of_an_article_is_missing() -> None:
    run = Run()
    first = report("a1")
    for name in NAMES[:-1]:
        decision = run.take(name)
    del run.rows.rows["articles", first.article_id]
    decision = run.take(NAMES[-1])

    assert [update.change for update in decision.stories] == [StoryChange.UPDATED]
    assert run.story(decision).split_into == []


def test_a_story_is_checked_when_it_has_grown_and_its_articles_fit_badly() -> None:
    def check_is_due(score: float = 0.5, copies: int = 0, checked_at: int = 0) -> bool:
        row = StoryRow.new(0, "")
        row.counts = VerdictCounts(originals=8, copies=copies)
        row.originals_at_split_check = checked_at
        return splits.is_check_due(row, score)

    assert check_is_due()
    assert not check_is_due(score=splits.CERTAIN_SCORE)
    assert not check_is_due(checked_at=6)
    assert not check_is_due(copies=splits.MAX_ARTICLES)


def test_a_story_of_one_subject_is_not_split() -> None:
    run = Run()
    decisions = [run.take(f"a{number}") for number in range(30)]

    assert len({one.story_id for one in decisions}) == 1
    assert run.story(decisions[0]).split_into == []


def test_the_two_groups_are_those_with_the_least_similarity() -> None:
    links = np.array([[0, 3, -4, -4, 2], [3, 0, -4, -4, 2], [-4, -4, 0, 1, -5],
                      [-4, -4, 1, 0, -5], [2, 2, -5, -5, 0]], dtype=float)  # fmt: skip

    assert bipartition(links) == ([0, 1, 4], [2, 3])
    assert bipartition(np.zeros((4, 4)))[0][0] == 0
