"""A redelivered message has the same result after a crash at any point."""

from datetime import timedelta

import pytest

from schemas.article import TaggedArticle
from services.dedup.core import Shard
from services.dedup.decision import Decision, DecisionKind, MessageIdentity
from services.dedup.settings import DedupSettings
from services.dedup.storage.journal import decode_journal
from tests.in_memory_rows import InMemoryRows
from tests.unit.dedup.make import NOON, PersistedShard, article, entity, prose, retracted


def stream() -> list[TaggedArticle]:
    """Return originals, copies, revisions and retractions of ten days.

    Some of the stories close, and some of the rows expire.
    """
    articles = []
    for day in range(10):
        at = NOON + timedelta(days=day)
        for n in range(4):
            seed = 100 * day + n // 2
            names = [entity(f"Place{seed}"), entity(f"Town{day}")]
            title = f"Report {seed}"
            body = prose(seed) if n % 2 == 0 else prose(seed, 96) + " " + prose(seed + 50, 24)
            articles.append(article(f"a{day}-{n}", body, title=title, at=at, entities=names))
        articles.append(article(f"c{day}", prose(100 * day), at=at + timedelta(hours=1)))
        articles.append(article(f"a{day}-1", prose(100 * day + 7), title="Changed", at=at))
        articles.append(retracted(f"a{day}-2", at=at))
    return articles


def answers(decision: Decision) -> tuple[object, ...]:
    """Return the parts of a decision that subscribers receive."""
    return decision.verdict, decision.story_id, decision.stories


def test_a_new_worker_makes_the_same_decisions_as_the_one_that_crashed() -> None:
    steady, restarted = PersistedShard(), PersistedShard()
    for one in stream():
        expected = steady.take(one)
        restarted.restart()

        assert answers(expected) == answers(restarted.take(one))
    assert steady.rows.rows == restarted.rows.rows


@pytest.mark.parametrize("persisted", [0, 1, 2, 3, 99])
def test_a_crash_between_any_two_changes_does_not_alter_decisions(persisted: int) -> None:
    """The worker crashes when ``persisted`` of the changes are in the table."""
    steady = PersistedShard()
    rows = InMemoryRows()
    for number, one in enumerate(stream(), 1):
        expected = steady.take(one)
        message = MessageIdentity(one.revision_id, number)
        shard = Shard(DedupSettings(), rows)
        shard.load(rows.items())
        dying = shard.decide(one, message)
        rows.apply(dying.changes[:persisted])
        successor = Shard(DedupSettings(), rows)
        successor.load(rows.items())
        decision = successor.decide(one, message)
        rows.apply(decision.changes)

        assert answers(expected) == answers(decision)
        assert decision.kind is (DecisionKind.REDELIVERED if persisted else DecisionKind.DECIDED)
    journal = ("articles", "~journal")
    assert {k: v for k, v in steady.rows.rows.items() if k != journal} == {
        k: v for k, v in rows.rows.items() if k != journal
    }


def test_a_redelivery_of_any_stored_revision_gets_its_first_decision() -> None:
    dedup = PersistedShard()
    decisions = [dedup.take(article("one", prose(n)), n) for n in range(1, 41)]

    for n in range(9, 41):
        again = dedup.take(article("one", prose(n)), n)
        assert again.kind is DecisionKind.REDELIVERED
        assert again.verdict == decisions[n - 1].verdict
    assert dedup.take(article("one", prose(3)), 3).kind is DecisionKind.UNCHANGED


def test_the_journal_is_the_first_change_and_contains_all_others() -> None:
    decision = PersistedShard().take(article("one", prose(1)))
    first, *others = decision.changes

    assert first[:2] == ("articles", "~journal")
    assert first[2] is not None
    assert others == decode_journal(first[2])
    assert [table for table, _key, _row in others] == ["stories", "articles"]


def test_a_crowded_index_is_rebuilt_in_the_order_in_which_it_was_filled() -> None:
    """Ninety articles share most of their text, and the index returns only the latest few of a
    shingle. The new worker must find the same ones, although it reads the rows in another order."""
    skeleton = prose(1, 96)
    texts = [f"{skeleton} {prose(1000 + n - n % 3, 24)}" for n in range(90)]
    articles = [article(f"t{n % 7}-{n}", text, at=NOON) for n, text in enumerate(texts)]
    steady, restarted = PersistedShard(), PersistedShard()
    for number, one in enumerate(articles):
        expected = steady.take(one)
        if number % 10 == 9:
            restarted.rows.rows = dict(sorted(restarted.rows.rows.items()))
            restarted.restart()

        assert answers(expected) == answers(restarted.take(one))
