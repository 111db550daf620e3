"""The compiled functions return the same results as their definitions in plain Python."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Buffer
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dedup.clustering import postings
from services.dedup.clustering.comparison import COLUMNS
from services.dedup.features import similarity, tokenizer

BUCKETS = 1 << 6
WORDS = st.lists(st.integers(0, BUCKETS - 1), max_size=12, unique=True)
FIELDS = ("terms", "title", "lead", "entities")

Field = list[tuple[int, float]]
"""Pairs of a word and the factor of its weight."""
Side = dict[str, Field]


def hashes(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array(values, dtype=np.uint32)


@st.composite
def sides(draw: st.DrawFn) -> Side:
    """Draw the four fields of an article, whose words have factors."""
    factors = st.sampled_from([0.25, 0.5, 1.0, 2.0])
    return {name: [(word, draw(factors)) for word in draw(WORDS)] for name in FIELDS}


def columns(articles: list[Side]) -> list[tuple[np.ndarray, np.ndarray]]:
    fields = [[pair for article in articles for pair in article[name]] for name in FIELDS]
    return [
        (hashes([word for word, _f in pairs]), np.array([f for _w, f in pairs], dtype=np.float32))
        for pairs in fields
    ]


def expected_similarities(one: Side, other: Side, rarity: list[float]) -> dict[str, float]:
    """Return the expected result of `similarity.compare`, computed from the definition."""

    def weights(side: Side, name: str) -> dict[int, float]:
        return {word: rarity[word] * factor for word, factor in side[name]}

    def whole(side: Side, name: str) -> dict[int, float]:
        return {word: rarity[word] for word, _factor in side[name]}

    def norm(values: dict[int, float]) -> float:
        return math.sqrt(sum(value**2 for value in values.values()))

    similarities = {}
    for name, column in zip(
        FIELDS, ("body_cosine", "title_cosine", "lead_cosine", "entity_cosine"), strict=True
    ):
        a, b = weights(one, name), weights(other, name)
        dot = sum(value * a.get(word, 0) for word, value in b.items())
        if name == "title":  # the factors of a title leave its norm
            a, b = whole(one, name), whole(other, name)
        similarities[column] = dot / (norm(a) * norm(b) + 1e-9)
    terms, title = weights(one, "terms"), weights(one, "title")
    their_terms, their_title = weights(other, "terms"), weights(other, "title")
    both = sum(min(terms.get(word, 0), value) for word, value in their_terms.items())
    similarities["term_containment"] = both / max(
        40, min(sum(terms.values()), sum(their_terms.values()))
    )
    mine = sum(value for word, value in title.items() if word in their_terms)
    theirs = sum(value for word, value in their_title.items() if word in terms)
    similarities["headline_coverage"] = max(
        min(1, mine / max(6, sum(whole(one, "title").values()))),
        theirs / max(6, sum(whole(other, "title").values())),
    )
    named = {word for word, _factor in one["entities"]}
    similarities["rarest_entity"] = max(
        (rarity[w] / 8 for w, _f in other["entities"] if w in named), default=0
    )
    return similarities


@given(sides(), st.lists(sides(), min_size=1, max_size=5))
def test_compare_returns_the_similarities_of_the_definition(one: Side, many: list[Side]) -> None:
    logs = np.linspace(0.0, 5.0, BUCKETS, dtype=np.float32)
    table = np.zeros((4, BUCKETS), dtype=np.float32)
    lengths = np.array([[len(each[name]) for each in many] for name in FIELDS], dtype=np.int32)
    found = np.zeros((len(many), len(COLUMNS)))

    similarity.compare(columns([one]), columns(many), lengths, logs, 9.0, table, found)

    rarity = [float(np.float32(9.0) - value) for value in logs]
    for row, other in zip(found, many, strict=True):
        for column, value in expected_similarities(one, other, rarity).items():
            assert row[COLUMNS.index(column)] == pytest.approx(value, abs=1e-5), column
    assert not table.any()


@given(WORDS, st.lists(WORDS, min_size=1, max_size=5))
def test_count_common_counts_the_common_words_of_each_article(
    mine: list[int], theirs: list[list[int]]
) -> None:
    table = np.zeros(BUCKETS, dtype=np.uint8)
    lengths = np.array([len(each) for each in theirs], dtype=np.int32)

    found = similarity.count_common(hashes(mine), hashes(list(chain(*theirs))), lengths, table)

    assert found.tolist() == [len(set(mine) & set(each)) for each in theirs]
    assert not table.any()


@given(st.lists(st.integers(0, 9)))
def test_unique_counts_counts_equal_values(values: list[int]) -> None:
    found, counts = tokenizer.unique_counts(hashes(values))

    assert dict(zip(found.tolist(), counts.tolist(), strict=True)) == Counter(values)
    assert found.tolist() == tokenizer.sorted_unique(hashes(values)).tolist() == sorted(set(values))


@given(st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=8, unique=True), max_size=6))
def test_sum_weights_adds_up_the_weights_of_a_storys_keys(lists: list[list[int]]) -> None:
    sums = np.zeros(31)
    weights: Counter[int] = Counter()
    for numbers in lists:
        weights.update(dict.fromkeys(numbers, math.log(32 / len(numbers))))
    given_: list[tuple[int, Buffer]] = [
        (len(numbers), np.array(numbers, dtype=np.int32)) for numbers in lists
    ]

    numbers_, sums_ = postings.sum_weights(given_, 31, sums, 0.5)
    found = dict(zip(numbers_.tolist(), sums_.tolist(), strict=True))

    best = max(weights.values(), default=0)
    assert found == pytest.approx({n: w for n, w in weights.items() if w >= 0.5 * best})
    assert not sums.any()


@given(WORDS, WORDS)
def test_terms_of_the_headline_have_a_higher_weight(terms: list[int], title: list[int]) -> None:
    logs = np.linspace(0.0, 5.0, BUCKETS, dtype=np.float32)
    factors = np.full(len(terms), 2.0, dtype=np.float32)

    found = similarity.term_weights(
        hashes(sorted(terms)), factors, hashes(sorted(title)), logs, 9.0
    )

    expected = [(9 - logs[word]) * 2 * (1.6 if word in title else 1) for word in sorted(terms)]
    assert found.tolist() == pytest.approx(expected, rel=1e-6)


def test_an_access_beyond_an_array_raises() -> None:
    """Wrong arguments raise an exception and never access other memory."""
    table = np.zeros(BUCKETS, dtype=np.uint8)

    with pytest.raises(IndexError):
        similarity.count_common(hashes([1]), hashes([1]), np.array([2], dtype=np.int32), table)
    with pytest.raises(IndexError):
        postings.sum_weights([(1, np.array([5], dtype=np.int32))], 1, np.zeros(3), 0.0)
