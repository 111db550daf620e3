"""A decision that fails at any point leaves its shard unchanged."""

from __future__ import annotations

import inspect
import random
import sys
from contextlib import suppress
from types import FrameType
from typing import Any

import pytest

from schemas.article import TaggedArticle
from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from tests.unit.dedup.make import NOON, PersistedShard, article, prose
from tests.unit.dedup.test_recovery import answers, stream


class InjectedError(Exception):
    """An error that no code of dedup handles."""


class FailingCalls:
    """A profiler that raises at the n-th call to a function of dedup, or at its return."""

    def __init__(self, fail_at: int, module: str = "") -> None:
        self.count = 0
        self._fail_at = fail_at
        self._module = f"/services/dedup/{module}"

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if event not in ("call", "return") or self._module not in frame.f_code.co_filename:
            return
        if frame.f_code.co_flags & inspect.CO_GENERATOR:
            return  # Python ignores exceptions of a generator that is being closed
        self.count += 1
        if self.count == self._fail_at:
            raise InjectedError(f"{event} {frame.f_code.co_qualname}")


def decide_and_undo(dedup: PersistedShard, one: TaggedArticle, calls: FailingCalls) -> bool:
    """Fail a decision and undo it; return False if the shard had to be loaded again."""
    message = MessageIdentity(one.revision_id, dedup.sequence + 1)
    mark = dedup.shard.mark
    profiler = sys.getprofile()
    sys.setprofile(calls)
    try:
        with suppress(InjectedError):
            dedup.shard.decide(one, message)
    finally:
        sys.setprofile(profiler)
    try:
        dedup.shard.rollback(mark)
    except Exception:  # noqa: BLE001 - as the stage does
        dedup.restart()
        return False
    return True


@pytest.mark.parametrize("seed", range(3))
def test_a_decision_that_failed_at_any_call_is_undone(seed: int) -> None:
    """The shard then makes the same decisions as one without a failure.

    It is loaded again only if the fault was in the savepoint or during a change of an index.
    """
    chance = random.Random(seed)  # noqa: S311 - places, not secrets
    steady, disturbed = PersistedShard(), PersistedShard()
    undone = loads = 0
    for one in stream():
        expected = steady.take(one)
        # Many faults are at the first calls, where the previous decision must not be undone.
        for last_call in (4, 40, 400, 400):
            if decide_and_undo(disturbed, one, FailingCalls(chance.randint(1, last_call))):
                undone += 1
            else:
                loads += 1
        assert answers(disturbed.take(one)) == answers(expected)
        assert disturbed.shard.clock == steady.shard.clock
        assert disturbed.shard.articles == steady.shard.articles
        assert disturbed.shard.story_sizes == steady.shard.story_sizes
        assert disturbed.rows.rows == steady.rows.rows
    assert undone > loads > 0


def stories_by_key(shard: Shard) -> dict[int, list[str]]:
    """Return the ids of the open stories by key of the index."""
    index = shard._state.stories.clusterer._index
    return {
        key: sorted(index._ids[n] for n in ([found] if isinstance(found, int) else found))
        for key, found in index._postings.items()
    }


def test_a_fault_in_the_story_index_changes_no_key_of_another_story() -> None:
    chance = random.Random(1)  # noqa: S311 - places, not secrets
    dedup = PersistedShard()
    undone = loads = 0
    for one in stream():
        before = stories_by_key(dedup.shard)
        for _ in range(4):
            calls = FailingCalls(chance.randint(1, 60), "clustering/story_index.py")
            if decide_and_undo(dedup, one, calls):
                undone += 1
            else:
                loads += 1
            assert stories_by_key(dedup.shard) == before
        dedup.take(one)
    assert undone > 0
    assert loads > 0


def test_a_completed_decision_can_be_undone() -> None:
    steady, disturbed = PersistedShard(), PersistedShard()
    for number, one in enumerate(stream(), 1):
        mark = disturbed.shard.mark
        disturbed.shard.decide(one, MessageIdentity(one.revision_id, number))
        disturbed.shard.rollback(mark)

        assert answers(disturbed.take(one)) == answers(steady.take(one))
    assert steady.rows.rows == disturbed.rows.rows


def test_the_article_of_an_undone_decision_is_not_the_original_of_a_copy() -> None:
    dedup = PersistedShard()
    first = article("first", prose(1))
    mark = dedup.shard.mark
    dedup.shard.decide(first, MessageIdentity(first.revision_id, 1))
    dedup.shard.rollback(mark)
    assert dedup.shard.articles == 0

    decision = dedup.take(article("second", prose(1), at=NOON))

    assert decision.verdict is not None
    assert decision.verdict.kind == "original"


def test_a_story_whose_row_is_unreadable_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error does not affect later articles that are compared with the story."""
    steady, dedup = PersistedShard(), PersistedShard()
    many = list(stream())
    for one in many[:8]:
        steady.take(one)
        dedup.take(one)
    dedup.restart()
    get = dedup.rows.get

    def unreadable(table: str, key: str) -> bytes | None:
        if table == "stories":
            raise OSError("damaged")
        return get(table, key)

    mark = dedup.shard.mark
    monkeypatch.setattr(dedup.rows, "get", unreadable)
    with pytest.raises(OSError, match="damaged"):
        Shard.decide(dedup.shard, many[8], MessageIdentity(many[8].revision_id, 9))
    monkeypatch.undo()
    dedup.shard.rollback(mark)

    for one in many[8:20]:
        assert answers(dedup.take(one)) == answers(steady.take(one))
