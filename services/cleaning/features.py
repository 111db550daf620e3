"""Numbers on every block of a page, for the model that decides what is the article.

Three kinds: what a block is (form, vocabulary, tag, names), what it stands in
(containers, and blocks of the same make), and what stands around it. A measured
ranking is in `docs/quality.md`; containers carry most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.cleaning.blocks import Blocks
from services.cleaning.names import GROUP_NAMES, name_words
from services.cleaning.repair import fold_space
from services.cleaning.words import (
    STYLE_FEATURES,
    fold,
    line_words,
    same_line,
    style,
    vocabulary_score,
)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_GOOD_WEIGHT = 80
_GOOD_LINKED = 0.3
_LEVELS = 4
_MAIN_SHARE = 0.6
_TAGS = [
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "div",
    "blockquote",
    "pre",
    "figcaption",
    "dd",
    "dt",
    "section",
    "span",
]
_TAG_CODE = {tag: i + 1 for i, tag in enumerate(_TAGS)}
_FLAGS = 14
_PROBE = 80
"""Characters of a block that are looked for in what the page says of itself."""
_CONTAINER = ["good_share", "page_share", "linked", "blocks", "mean_weight", "paragraphs"]
_AROUND = ["weight", "linked", "good", "paragraph", "heading"]

FEATURES: tuple[str, ...] = (
    *STYLE_FEATURES,
    "word_mean", "word_low", "in_title", "copies", "in_ld", "in_summary",
    "linked", "tag", "paragraph", "heading", "depth",
    *(f"flag_{i}" for i in range(_FLAGS)),
    *(f"near_{name}" for name in GROUP_NAMES),
    *(f"in_{name}" for name in GROUP_NAMES),
    "name_own", "name_near", "name_low", "name_sum",
    *(f"up{level}_{name}" for level in range(_LEVELS) for name in _CONTAINER),
    "main_in", "main_from", "main_past", "main_depth", "main_at", "main_share",
    *(f"{side}_{name}" for side in ("prev2", "prev1", "next1", "next2") for name in _AROUND),
    "good_3", "good_8", "since_good", "until_good", "since_heading", "since_image",
    "make_count", "make_weight", "make_linked", "make_good",
    "at_block", "at_weight", "since_h1", "page_good", "page_blocks", "has_ld",
)  # fmt: skip
"""Names of the columns of `measure`, in order."""

SECOND_FEATURES: tuple[str, ...] = (
    "first", "p_prev2", "p_prev1", "p_next1", "p_next2", "p_3", "p_8", "p_before", "p_after",
    "p_up1", "p_up2", "p_up3", "p_up1_share", "p_up2_share", "p_up3_share", "p_make", "p_main",
    "p_peak_before", "p_peak_after",
)  # fmt: skip
"""Names of the columns of `measure_again`, in order."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page's own metadata says of its text; empty strings where it says nothing."""

    title: str = ""
    summary: str = ""
    ld_body: str = ""


@dataclass(frozen=True, slots=True)
class Odds:
    """Learnt log-odds of being article text, for words of short lines and of names."""

    words: Mapping[str, float]
    names: Mapping[str, float]


@dataclass(slots=True)
class Measured:
    """Features of a page, with what the second look and the assembly need."""

    table: Floats
    weights: Floats
    levels: list[Ints]
    first: Ints
    last: Ints
    make: Ints
    main: tuple[int, int]


def name_scores(page: Blocks, odds: Odds) -> Floats:
    """Log-odds of each element's own names, the lowest around it, and a fading sum."""
    own: list[float] = []
    low: list[float] = []
    total: list[float] = []
    table = odds.names
    cache: dict[str, float] = {"": 0.0}
    for key, parent in zip(page.key, page.parent, strict=True):
        score = cache.get(key)
        if score is None:
            score = cache[key] = sum([table[word] for word in name_words(key) if word in table])
        if own:
            around = low[parent]
            low.append(min(around, score))
            total.append(score + 0.7 * total[parent])
        else:
            low.append(0.0)
            total.append(0.0)
        own.append(score)
    return np.array((own, low, total), dtype=np.float32)


def measure(page: Blocks, hints: Hints, odds: Odds) -> Measured:
    """Measure all blocks of a page (one row each, columns as in `FEATURES`)."""
    n = len(page.texts)
    owner = np.array(page.owner, dtype=np.int64)
    first = np.array(page.first, dtype=np.int64)
    last = np.array(page.last, dtype=np.int64)
    parent = np.array(page.parent, dtype=np.int64)
    depth = np.array(page.depth, dtype=np.float32)
    linked = np.array(page.linked, dtype=np.float32)
    flags = np.array(page.flags, dtype=np.int64)
    groups = np.array(page.groups, dtype=np.int64)
    code = np.array([_TAG_CODE.get(tag, 0) for tag in page.tag], dtype=np.int64)

    form = style(page.texts)
    weights = form[:, 1]
    good = (weights >= _GOOD_WEIGHT) & (linked < _GOOD_LINKED)
    good_weight = np.where(good, weights, 0).astype(np.float32)
    said = _said(page, hints, odds)

    block_code = code[owner]
    paragraph = (block_code == _TAG_CODE["p"]).astype(np.float32)
    heading = ((block_code >= _TAG_CODE["h1"]) & (block_code <= _TAG_CODE["h4"])).astype(np.float32)

    sums = _Sums.of(weights, good_weight, weights * linked, paragraph)
    levels = _levels(owner, page.parent, page.first, page.last)
    total_good = max(1.0, float(good_weight.sum()))
    columns: list[NDArray[Any]] = [
        form.T,
        said.T,
        np.stack([linked, block_code, paragraph, heading, depth[owner]]),
        _bits(flags[owner], _FLAGS),
        _bits(_near_groups(page)[owner], len(GROUP_NAMES)),
        _bits(groups[owner], len(GROUP_NAMES)),
    ]
    own, low, total = name_scores(page, odds)
    near = own + own[parent] + own[parent[parent]]
    columns.append(np.stack([own[owner], near[owner], low[owner], total[owner]]))
    for level in levels:
        all_, good_, linked_, para_ = sums.between(first[level], last[level])
        count = (last[level] - first[level]).astype(np.float32)
        whole = np.maximum(all_, 1)
        columns.append(
            np.stack(
                [
                    good_ / whole,
                    good_ / total_good,
                    linked_ / whole,
                    count,
                    all_ / np.maximum(count, 1),
                    para_ / np.maximum(count, 1),
                ]
            )
        )
    main = _main(first, last, sums, total_good)
    start, end = int(first[main]), int(last[main])
    at = np.arange(n)
    inside = (at >= start) & (at < end)
    columns.append(
        np.stack(
            [
                inside,
                np.maximum(0, start - at),
                np.maximum(0, at - end + 1),
                np.where(inside, depth[owner] - depth[main], -1),
                np.where(inside, (at - start) / max(1, end - start), -1),
                np.full(n, sums.between(first[main], last[main])[1] / total_good),
            ]
        )
    )
    base = np.stack([weights, linked, good.astype(np.float32), paragraph, heading])
    columns.extend(_shifted(base, by) for by in (-2, -1, 1, 2))
    columns.append(
        np.stack(
            [
                _window(sums, at, 3, n),
                _window(sums, at, 8, n),
                _since(good),
                _since(good[::-1])[::-1],
                _since(heading > 0),
                _images_since(page.images),
            ]
        )
    )
    make = _makes(page, owner)
    columns.append(_by_make(make, weights, linked, good))
    h1 = np.flatnonzero(block_code == _TAG_CODE["h1"])
    columns.append(
        np.stack(
            [
                at / n,
                np.cumsum(weights) / max(1.0, float(weights.sum())),
                np.clip(at - (h1[0] if len(h1) else 0), -50, 200),
                np.full(n, total_good),
                np.full(n, n),
                np.full(n, float(bool(hints.ld_body))),
            ]
        )
    )
    table = np.concatenate([c.astype(np.float32) for c in columns]).T
    return Measured(np.ascontiguousarray(table), weights, levels, first, last, make, (start, end))


def measure_again(measured: Measured, p: Floats) -> Floats:
    """Tell what the first look's probabilities say around a block (`SECOND_FEATURES`)."""
    n = len(p)
    weights = measured.weights
    at = np.arange(n)
    mass = p * weights
    sums = _Sums.of(weights, mass, mass, mass)
    total = max(1.0, float(mass.sum()))
    shifted = [_shifted(p[None, :], by)[0] for by in (-2, -1, 1, 2)]
    before = np.concatenate([[0], np.cumsum(mass)])[:-1] / total
    columns = [
        p,
        *shifted,
        _window(sums, at, 3, n),
        _window(sums, at, 8, n),
        before,
        1 - before - mass / total,
    ]
    shares = []
    for level in measured.levels[1:]:
        whole, kept, _, _ = sums.between(measured.first[level], measured.last[level])
        # Without the block itself: what its company says.
        columns.append((kept - mass) / np.maximum(whole - weights, 1))
        shares.append(kept / total)
    columns.extend(shares)
    make_mass = np.bincount(measured.make, mass)
    make_all = np.bincount(measured.make, weights)
    columns.append(
        (make_mass[measured.make] - mass) / np.maximum(make_all[measured.make] - weights, 1)
    )
    start, end = measured.main
    columns.append(np.full(n, mass[start:end].sum() / total))
    columns.append(_decayed(p))
    columns.append(_decayed(p[::-1])[::-1])
    return np.ascontiguousarray(np.stack(columns).T.astype(np.float32))


def _decayed(p: Floats, keep: float = 0.8) -> Floats:
    """Return running mean of what came before, the nearest counting most."""
    out = np.zeros_like(p)
    value = 0.0
    for i, x in enumerate(p.tolist()):
        out[i] = value
        value = keep * value + (1 - keep) * x
    return out


@dataclass(slots=True)
class _Sums:
    """Running totals, so that the sum over any range of blocks is one subtraction."""

    totals: NDArray[np.float64]

    @classmethod
    def of(cls, *columns: NDArray[np.floating]) -> _Sums:
        stacked = np.stack(columns).astype(np.float64)
        return cls(np.concatenate([np.zeros((len(columns), 1)), stacked.cumsum(axis=1)], axis=1))

    def between(self, first: Ints | np.int64, last: Ints | np.int64) -> NDArray[np.float64]:
        return self.totals[:, last] - self.totals[:, first]


def _said(page: Blocks, hints: Hints, odds: Odds) -> Floats:
    """Vocabulary, and what title, summary and JSON-LD say of each block."""
    headline = fold(hints.title)
    length = len(hints.title)
    title_words = frozenset(hints.title.lower().split())
    summary, ld_body = fold_space(hints.summary), fold_space(hints.ld_body)
    copies = Counter(page.texts)
    rows = []
    for text in page.texts:
        words = line_words(text)
        mean, low = vocabulary_score(words, odds.words)
        in_title = 0.0
        if words and headline:
            if same_line(text, headline, length):
                in_title = 2.0
            else:
                in_title = len(title_words.intersection(words)) / len(words)
        in_ld = -1.0
        if ld_body:
            in_ld = float(len(text) > 3 and text[:_PROBE] in ld_body)  # noqa: PLR2004 - shorter is chance
        in_summary = float(len(text) > 20 and text[:_PROBE] in summary)  # noqa: PLR2004 - as above
        rows.append((mean, low, in_title, copies[text], in_ld, in_summary))
    return np.array(rows, dtype=np.float32)


def _levels(owner: Ints, parent: list[int], first: list[int], last: list[int]) -> list[Ints]:
    """For each block its element, and the next ancestors that hold more blocks."""
    wider = list(parent)
    for i in range(1, len(parent)):  # parents come before their children
        up = parent[i]
        if first[up] == first[i] and last[up] == last[i]:
            wider[i] = wider[up]
    step = np.array(wider, dtype=np.int64)
    levels = [owner]
    for _ in range(_LEVELS - 1):
        levels.append(step[levels[-1]])
    return levels


def _near_groups(page: Blocks) -> Ints:
    near = np.array(page.own_groups, dtype=np.int64)
    parent = np.array(page.parent, dtype=np.int64)
    return near | near[parent] | near[parent[parent]]


def _bits(values: Ints, count: int) -> NDArray[np.int64]:
    return (values[None, :] >> np.arange(count)[:, None]) & 1


def _main(first: Ints, last: Ints, sums: _Sums, total_good: float) -> int:
    """Return the deepest element that holds most of the page's good text."""
    held = sums.between(first, last)[1]
    candidates = np.flatnonzero(held >= _MAIN_SHARE * total_good)
    if not len(candidates):
        return 0
    sizes = last[candidates] - first[candidates]
    return int(candidates[np.flatnonzero(sizes == sizes.min())[-1]])


def _shifted(columns: NDArray[np.floating], by: int) -> NDArray[np.floating]:
    out = np.zeros_like(columns)
    if abs(by) >= columns.shape[1]:
        return out
    if by < 0:
        out[:, -by:] = columns[:, :by]
    else:
        out[:, :-by] = columns[:, by:]
    return out


def _window(sums: _Sums, at: Ints, reach: int, n: int) -> NDArray[np.float64]:
    low, high = np.maximum(0, at - reach), np.minimum(n, at + reach + 1)
    whole, part, _, _ = sums.between(low, high)
    share: NDArray[np.float64] = part / np.maximum(whole, 1)
    return share


def _since(hit: NDArray[np.bool_]) -> Floats:
    """Blocks since the last hit (0 at a hit itself), 99 where there was none."""
    at = np.arange(len(hit))
    latest = np.maximum.accumulate(np.where(hit, at, -1000))
    return np.minimum(99, at - latest).astype(np.float32)


def _images_since(images: list[int]) -> Floats:
    """Images between a block and the one before it."""
    seen = np.array([0, *images], dtype=np.float32)
    return np.minimum(9, np.diff(seen))


def _makes(page: Blocks, owner: Ints) -> Ints:
    """Give each make a number: blocks of one tag and names, in parents of one tag and names."""
    known: dict[tuple[str, str, str, str], int] = {}
    makes = []
    for element in owner.tolist():
        up = page.parent[element]
        key = (page.tag[element], page.key[element], page.tag[up], page.key[up])
        makes.append(known.setdefault(key, len(known)))
    return np.array(makes, dtype=np.int64)


def _by_make(
    make: Ints, weights: Floats, linked: Floats, good: NDArray[np.bool_]
) -> NDArray[np.float64]:
    count = np.bincount(make)
    heavy = np.bincount(make, weights)
    of_links = np.bincount(make, weights * linked)
    of_good = np.bincount(make, weights * good)
    return np.stack(
        [count[make], heavy[make] / count[make], of_links[make] / heavy[make],
         of_good[make] / heavy[make]]
    )  # fmt: skip
