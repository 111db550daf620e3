"""The compiled features of blocks and elements agree with their plain definitions."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from services.cleaning.classifier import block_columns, element_tree
from services.cleaning.classifier.feature_table import Floats
from services.cleaning.html import tag_scanner

SEEDS = st.integers(0, 2**32 - 1)


class Page:
    """A random tree of elements, each with a run of blocks inside that of its parent."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        count, self.blocks = int(rng.integers(1, 12)), int(rng.integers(1, 9))
        self.parent = np.array([int(rng.integers(0, max(i, 1))) for i in range(count)])
        self.first, self.last = np.zeros(count, np.int64), np.full(count, self.blocks)
        self.depth = np.ones(count, np.int64)
        for i in range(1, count):
            up = self.parent[i]
            low, high = int(self.first[up]), int(self.last[up])
            self.first[i], self.last[i] = sorted(rng.integers(low, high + 1, 2).tolist())
            self.depth[i] = self.depth[up] + 1
        self.owner = rng.integers(0, count, self.blocks)
        self.weights = rng.integers(1, 200, self.blocks).astype(np.float32)
        self.p = rng.random(self.blocks).astype(np.float32)
        self.marked = rng.integers(0, 2, (3, self.blocks)).astype(np.uint8)
        self.own = rng.normal(size=count).astype(np.float32)
        self.bits = rng.integers(0, 64, count)

    def ancestors(self, element: int) -> list[int]:
        """Return an element and its ancestors, from inside out."""
        chain = [element]
        while chain[-1]:
            chain.append(int(self.parent[chain[-1]]))
        return chain


def empty(rows: int, blocks: int) -> Floats:
    return np.full((rows, blocks), np.nan, dtype=np.float32)


@given(SEEDS)
def test_values_of_ancestors_are_combined(seed: int) -> None:
    page = Page(seed)

    low, total = element_tree.name_scores(page.own, page.parent, 0.5)
    bits = tag_scanner.add_bits_of_ancestors(page.bits, page.parent)

    for i in range(len(page.parent)):
        chain = page.ancestors(i)
        scores = [float(page.own[e]) if e else 0.0 for e in chain]
        assert low[i] == pytest.approx(min(scores))
        assert total[i] == pytest.approx(sum(x * 0.5**n for n, x in enumerate(scores)), abs=1e-5)
        assert bits[i] == np.bitwise_or.reduce(page.bits[chain])


@given(SEEDS)
def test_outermost_equivalent_holds_the_same_blocks(seed: int) -> None:
    page = Page(seed)
    found = element_tree.outermost_equivalent(page.parent, page.first, page.last)

    for i, outer in enumerate(found.tolist()):
        same = itertools.takewhile(
            lambda e: (page.first[e], page.last[e]) == (page.first[i], page.last[i]),  # noqa: B023 - used at once
            page.ancestors(i),
        )
        assert outer == list(same)[-1]


@given(SEEDS)
def test_common_depth_is_that_of_the_lowest_ancestor_that_holds_the_block(seed: int) -> None:
    page = Page(seed)
    element = len(page.parent) - 1
    found = element_tree.common_depth(
        element, page.parent, page.depth, page.first, page.last, page.blocks
    )

    for block, depth in enumerate(found.tolist()):
        holders = (e for e in page.ancestors(element) if page.first[e] <= block < page.last[e])
        assert depth == page.depth[next(holders)]


@given(SEEDS)
def test_top_candidate_has_the_highest_score(seed: int) -> None:
    page = Page(seed)
    element, weight = element_tree.top_candidate(page.owner, page.weights, page.parent)

    held = np.bincount(page.owner, page.weights, len(page.parent))
    scores = held + 0.5 * np.bincount(page.parent[page.owner], page.weights, len(page.parent))
    assert element == int(scores.argmax())
    assert weight == held[element]


@given(st.lists(st.integers(-(2**40), 2**40) | st.integers(0, 3), max_size=40))
def test_keys_are_numbered_in_the_order_of_their_first_occurrence(keys: list[int]) -> None:
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}

    found = element_tree.number_keys(np.array(keys, dtype=np.int64))

    assert found.tolist() == [numbers[key] for key in keys]


@given(SEEDS)
def test_main_container_is_the_deepest_that_holds_enough(seed: int) -> None:
    page = Page(seed)
    text = np.array([page.weights[a:b].sum() for a, b in zip(page.first, page.last, strict=True)])
    least = 0.6 * float(text[0])

    found = element_tree.main_container(page.first, page.last, text.astype(np.float64), least)

    enough = [i for i, held in enumerate(text.tolist()) if held >= least]
    smallest = min(page.last[i] - page.first[i] for i in enough)
    assert found == max(i for i in enough if page.last[i] - page.first[i] == smallest)


@given(SEEDS)
def test_siblings_have_parent_tag_and_groups_in_common(seed: int) -> None:
    page = Page(seed)
    tag, groups = page.bits % 3, page.bits % 2

    classes = element_tree.sibling_classes(page.parent, tag, 3, groups, 2)
    templates = element_tree.template_classes(page.owner, page.parent, tag, 3)

    kinds = list(zip(page.parent.tolist(), tag.tolist(), groups.tolist(), strict=True))
    pairs = [(tag[e], tag[page.parent[e]]) for e in page.owner.tolist()]
    for keys, numbers in ((kinds, classes.tolist()), (pairs, templates.tolist())):
        of_key = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        assert numbers == [of_key[key] for key in keys]


def since(marked: NDArray[Any], at: int) -> int:
    before = [at - i for i in np.flatnonzero(marked).tolist() if i <= at]
    return min([*before, 99])


@given(SEEDS)
def test_neighbours_are_those_within_the_page(seed: int) -> None:
    page = Page(seed)
    n, weights = page.blocks, page.weights
    sums = np.concatenate(
        [np.zeros((2, 1)), np.cumsum([weights, weights * page.p], axis=1)], axis=1
    )
    images, out = np.cumsum(page.marked[0]).astype(np.int64), empty(26, page.blocks)

    block_columns.fill_neighbours(out, weights, page.p, page.marked, sums, images)

    columns = np.stack([weights, page.p, *page.marked.astype(np.float32)])
    for i in range(n):
        for row, at in zip(range(0, 20, 5), (i - 2, i - 1, i + 1, i + 2), strict=True):
            expected = columns[:, at] if 0 <= at < n else np.zeros(5)
            assert out[row : row + 5, i].tolist() == expected.tolist()
        for row, reach in ((20, 3), (21, 8)):
            near = slice(max(0, i - reach), i + reach + 1)
            share = (weights * page.p)[near].sum() / weights[near].sum()
            assert out[row, i] == pytest.approx(share, rel=1e-4)
        assert out[22, i] == since(page.marked[0], i)
        assert out[23, i] == since(page.marked[0][::-1], n - 1 - i)
        assert out[24, i] == since(page.marked[2], i)
        assert out[25, i] == page.marked[0][i]


@given(SEEDS)
def test_templates_and_siblings_are_measured_by_class(seed: int) -> None:
    page = Page(seed)
    out, good = empty(4, page.blocks), page.weights * page.marked[0]
    template = element_tree.number_keys(page.owner)
    block_columns.fill_templates(out, template, page.weights, good, page.p)
    sizes = Counter(page.owner.tolist())
    for i, of in enumerate(page.owner.tolist()):
        same = page.owner == of
        weight = page.weights[same].sum()
        shares = [(page.weights * page.p)[same].sum() / weight, good[same].sum() / weight]
        assert out[:, i].tolist() == pytest.approx([sizes[of], weight / sizes[of], *shares])

    classes, out = element_tree.number_keys(page.bits % 3), empty(3, page.blocks)
    held = np.stack([page.bits + 1.0, page.bits * 0.0, page.bits * 0.5])
    block_columns.fill_siblings(out, classes, held, page.first, page.last, [classes[page.owner]])
    for i, of in enumerate(classes[page.owner].tolist()):
        same = (classes == of) & (page.last > page.first)
        weight = held[0][same].sum()
        expected = [same.sum(), weight / max(same.sum(), 1), held[2][same].sum() / max(weight, 1)]
        assert out[:, i].tolist() == pytest.approx(expected)


@given(SEEDS)
def test_share_of_others_leaves_out_the_block_itself(seed: int) -> None:
    page = Page(seed)
    out, mass = empty(1, page.blocks)[0], page.p * page.weights

    block_columns.fill_share_of_others(out, page.owner, len(page.parent), mass, page.weights)

    for i, of in enumerate(page.owner.tolist()):
        others = (page.owner == of) & (np.arange(page.blocks) != i)
        expected = mass[others].sum() / max(page.weights[others].sum(), 1)
        assert out[i] == pytest.approx(expected, abs=1e-4)


@given(SEEDS)
def test_lines_are_described_by_their_neighbourhood(seed: int) -> None:
    page = Page(seed)
    n, good, header = page.blocks, page.marked[0], page.marked[1]
    form, vocabulary = np.zeros((n, 12), np.float32), page.p.reshape(n, 1)
    form[:, 1], form[:, 5] = page.weights, page.marked[2]
    text, out = page.weights * good, empty(40, n)
    total = max(1.0, float(text.sum()))

    block_columns.fill_lines(out, form, vocabulary, good, header, total, 1, 3)

    columns = np.stack([page.weights, good, form[:, 5], page.p])
    for i in range(n):
        for row, by in enumerate((-3, -2, -1, 1, 2, 3)):
            expected = columns[:, i + by] if 0 <= i + by < n else np.zeros(4)
            assert out[1 + 4 * row : 5 + 4 * row, i].tolist() == expected.tolist()
        for row, reach in ((25, 3), (26, 8)):
            near = slice(max(0, i - reach), i + reach + 1)
            share = text[near].sum() / page.weights[near].sum()
            assert out[row, i] == pytest.approx(share)
            assert out[row + 2, i] == pytest.approx(page.p[near].mean())
        before, after = text[:i].sum() / total, text[i + 1 :].sum() / total
        distances = [since(good, i), since(good[::-1], n - 1 - i)]
        assert out[29:31, i].tolist() == distances
        assert out[31, i] == pytest.approx(before)
        assert out[32, i] == pytest.approx(after if text.any() else 1, abs=1e-6)
        assert out[33:36, i].tolist() == [1 <= i < 3, max(0, 1 - i), max(0, i - 2)]
        assert out[36:40, i].tolist() == pytest.approx([since(header, i), i / n, n, total])
        assert out[0, i] == good[i]


@given(SEEDS)
def test_second_pass_of_lines_reads_the_probabilities_around(seed: int) -> None:
    page = Page(seed)
    n, p, mass = page.blocks, page.p, page.p * page.weights
    out, total = empty(19, n), max(1.0, float((page.p * page.weights).sum()))

    block_columns.fill_second_pass_of_lines(out, p, mass, page.weights, total, 1, 3, 0.5, 0.4, 99)

    text, heading = p > 0.5, (p < 0.4) & (page.weights < 99)
    for i in range(n):
        around = [p[i + by] if 0 <= i + by < n else 0 for by in (0, -3, -2, -1, 1, 2, 3)]
        assert out[:7, i].tolist() == pytest.approx(around)
        for row, reach in ((7, 3), (8, 8)):
            near = slice(max(0, i - reach), i + reach + 1)
            share = mass[near].sum() / max(page.weights[near].sum(), 1)
            assert out[row, i] == pytest.approx(share, rel=1e-4)
            assert out[row + 2, i] == pytest.approx(p[near].mean(), rel=1e-4)
        shares = [mass[:i].sum() / total, 1 - mass[: i + 1].sum() / total]
        assert out[11:13, i].tolist() == pytest.approx(shares, abs=1e-5)
        assert out[13:16, i].tolist() == [1 <= i < 3, max(0, 1 - i), max(0, i - 2)]
        marks = [since(text, i), since(text[::-1], n - 1 - i), since(heading, i)]
        assert out[16:19, i].tolist() == marks


def test_features_of_wrong_elements_raise_index_error() -> None:
    far, none = np.array([9]), np.array([0])

    with pytest.raises(IndexError):
        element_tree.top_candidate(far, np.ones(1, dtype=np.float32), none)
    with pytest.raises(IndexError):
        block_columns.fill_main(empty(6, 1), far, none, 0, 0, 1, 0.5)
