"""The fingerprint table and the story index."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dedup.clustering.story_index import StoryIndex
from services.dedup.near_duplicates.article_index import ArticleIndex
from services.dedup.near_duplicates.fingerprint_table import FingerprintTable

KEYS = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=20, unique=True)


def _keys(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array(sorted(values), dtype=np.uint32)


@given(st.lists(KEYS, min_size=1, max_size=20), st.data())
def test_an_article_is_found_by_its_keys_until_it_is_removed(
    articles: list[list[int]], data: st.DataObject
) -> None:
    table = FingerprintTable()
    for slot, values in enumerate(articles):
        table.add(slot, _keys(values))
    removed = data.draw(st.integers(0, len(articles) - 1))
    table.remove(removed, _keys(articles[removed]))

    # There are at most 20 articles, fewer than a search returns for one key.
    for slot, values in enumerate(articles):
        assert (slot in table.search(_keys(values))) is (slot != removed)


def test_a_table_that_grew_returns_the_same_as_one_filled_in_one_step() -> None:
    chance = np.random.default_rng(1)
    keys = chance.integers(0, 2**32, (3000, 40), dtype=np.uint32)
    grown, filled = FingerprintTable(), FingerprintTable()
    rows = [np.unique(row) for row in keys]
    for slot, row in enumerate(rows):
        grown.add(slot, row)
    slots = np.repeat(np.arange(3000, dtype=np.int32), [len(row) for row in rows])
    filled.add_many(slots, np.concatenate(rows))

    for slot in range(0, 3000, 97):
        found = grown.search(rows[slot])
        assert found[slot] == len(rows[slot])
        assert filled.search(rows[slot]) == found


def test_an_article_index_reuses_the_slots_of_removed_articles() -> None:
    index = ArticleIndex()
    for round_ in range(50):
        index.add(f"a{round_}", _keys([round_, 7]))
        assert index.search(_keys([round_])) == [f"a{round_}"]
        index.remove(f"a{round_}", _keys([round_, 7]))

    assert len(index) == 0
    assert index.search(_keys([7])) == []


def test_removed_entries_are_not_found_after_the_table_has_grown() -> None:
    """Growing rebuilds all chains, including the entries of the removed article."""
    table = FingerprintTable()
    for slot in range(20):
        table.add(slot, _keys([7, 1000 + slot]))
    table.remove(3, _keys([7, 1003]))

    table._make_room(len(table._keys))

    assert table.search(_keys([1003])) == {}
    assert table.search(_keys([7])) == dict.fromkeys([*range(3), *range(4, 20)], 1)


def test_removing_keys_that_a_story_does_not_have_raises() -> None:
    index = StoryIndex()
    index.add("s-a", _keys([1, 2]))

    with pytest.raises(KeyError):
        index.remove_keys("s-a", _keys([3]))


def test_only_one_article_that_shares_a_single_shingle_is_a_candidate() -> None:
    index = ArticleIndex()
    for number in range(9):
        index.add(f"one-{number}", _keys([1, 100 + number]))
    index.add("three", _keys([1, 2, 3]))
    index.add("two", _keys([2, 3]))

    assert index.search(_keys([1, 2, 3])) == ["three", "two", "one-0"]


def test_stories_are_ranked_by_weight_of_shared_keys_and_then_by_id() -> None:
    index = StoryIndex()
    index.add("s-b", _keys([1, 2]))
    index.add("s-a", _keys([1, 3]))
    index.add("s-c", _keys([2, 3, 4]))

    assert index.search(_keys([1]), 8, 0.0) == ["s-a", "s-b"]
    assert index.search(_keys([2, 4]), 1, 0.0) == ["s-c"]
    index.remove("s-a")
    assert index.search(_keys([1]), 8, 0.0) == ["s-b"]


def test_stories_that_share_far_less_than_the_best_are_not_found() -> None:
    index = StoryIndex()
    index.add("s-all", _keys([1, 2, 3, 4]))
    index.add("s-half", _keys([1, 2]))
    for number in range(6):  # so that one shared key weighs little beside four
        index.add(f"s-one-{number}", _keys([1]))

    assert index.search(_keys([1, 2, 3, 4]), 3, 0.0) == ["s-all", "s-half", "s-one-0"]
    assert index.search(_keys([1, 2, 3, 4]), 3, 0.15) == ["s-all", "s-half"]
    assert index.search(_keys([1, 2, 3, 4]), 3, 0.5) == ["s-all"]
    assert index.search(_keys([9]), 3, 0.5) == []


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=120), st.randoms())
def test_a_table_finds_its_articles_and_no_removed_ones(
    steps: list[tuple[bool, int]], chance: random.Random
) -> None:
    """Few keys make long chains, and the table is compacted repeatedly."""
    table = FingerprintTable()
    live: dict[int, list[int]] = {}
    fresh = 0
    for add, which in steps:
        if add or not live:
            slot = table.free.pop() if table.free else fresh
            fresh = max(fresh, slot + 1)
            live[slot] = sorted({which, *chance.sample(range(100, 2**31), 3)})
            table.add(slot, _keys(live[slot]))
        else:
            slot = sorted(live)[which % len(live)]
            table.remove(slot, _keys(live.pop(slot)))
        if which == 30:
            table._make_room(len(table._keys))

    assert len(table) == sum(map(len, live.values()))
    for slot, keys in live.items():
        found = table.search(_keys(keys))
        assert found[slot] >= 3
        assert set(found) <= set(live)


def test_articles_far_down_the_chain_of_a_common_shingle_can_be_removed() -> None:
    table = FingerprintTable()
    for slot in range(200):
        table.add(slot, _keys([7, 1000 + slot]))
    for slot in range(150):
        table.remove(slot, _keys([7, 1000 + slot]))

    assert set(table.search(_keys([7]))) == set(range(176, 200))
    assert table.search(_keys([1000])) == {}
    table._make_room(len(table._keys))
    assert set(table.search(_keys([7]))) == set(range(176, 200))
    assert sorted(table.free) == list(range(150))


def test_a_loaded_index_returns_the_same_as_one_filled_step_by_step() -> None:
    chance = np.random.default_rng(1)
    stories = [(f"s-{n}", np.unique(chance.integers(0, 60, 6, dtype=np.uint32))) for n in range(80)]
    grown, filled = StoryIndex(), StoryIndex()
    for story_id, keys in stories:
        grown.add(story_id, keys)
    filled.load([(story_id, keys.tobytes()) for story_id, keys in stories])
    for index in (grown, filled):
        index.remove_keys("s-3", stories[3][1])
        index.remove("s-4")
        index.add("s-new", _keys([1, 2]))

    for start in range(0, 60, 4):
        keys = _keys(list(range(start, start + 4)))
        assert grown.search(keys, 5, 0.0) == filled.search(keys, 5, 0.0)
