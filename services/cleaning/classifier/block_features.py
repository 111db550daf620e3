"""Features of every block of a page, for the model that finds the article.

There are three kinds: what a block is (form, vocabulary, tag, names), what it is in (containers,
and blocks of the same kind), and what stands around it. A measured ranking is in
`docs/experiments.md`; containers carry most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.cleaning.html.blocks import ALL_LINK, IN_HEADING, Blocks, around
from services.cleaning.html.element_names import GROUP_NAMES
from services.cleaning.text import line_features
from services.cleaning.text.line_style import FOLDED_AWAY, SHORT, STYLE_FEATURES, fold, style
from services.cleaning.text.unicode_repair import fold_space

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_GOOD_WEIGHT = 80
_GOOD_LINKED = 0.3
_LEVELS = 4
_ALIKE = 3
_MOST_OTHERS = 30
_FADE = 0.7
_MAIN_SHARE = 0.6
_STAMP = 60
"""A shorter line with a digit in it may be a date."""
_IS_TITLE = 2.0
_TAGS = ("p", "li", "h1", "h2", "h3", "h4", "td", "div", "blockquote", "pre", "figcaption", "dd",
         "dt", "section", "span")  # fmt: skip
_TAG_CODE = {tag: i + 1 for i, tag in enumerate(_TAGS)}
_FLAGS = 14
_PARAGRAPHS = np.array([tag in ("p", "li", "h1", "h2", "h3", "h4", "blockquote", "pre", "dd")
                        for tag in ("", *_TAGS)])  # fmt: skip
"""By code: tags that stand within what holds the article, and hold none themselves."""
_PROBE = 80
"""Characters of a block that are searched in the page's metadata."""
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
    "core_in", "core_own", "core_up", "core_down", "core_from", "core_past", "core_share",
    "core_words",
    "title_since", "title_up", "title_down", "title_lines",
    "stamp", "stamps_3", "stamps_8", "stamps_before", "h1_before", "linked_heads_before",
    *(f"like{level}_{name}" for level in range(_ALIKE) for name in ("count", "weight", "linked")),
)  # fmt: skip
"""Names of the columns of `measure`, in order."""

SECOND_FEATURES: tuple[str, ...] = (
    "first", "p_prev2", "p_prev1", "p_next1", "p_next2", "p_3", "p_8", "p_before", "p_after",
    "p_up1", "p_up2", "p_up3", "p_up1_share", "p_up2_share", "p_up3_share", "p_make", "p_main",
    "p_peak_before", "p_peak_after",
    "p_core_in", "p_core_own", "p_core_up", "p_core_down", "p_core_share",
    *(f"p_like{level}" for level in range(_ALIKE)),
)  # fmt: skip
"""Names of the columns of `measure_again`, in order."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page's own metadata says of its text; empty strings if it says nothing."""

    title: str = ""
    summary: str = ""
    ld_body: str = ""


@dataclass(frozen=True, slots=True)
class Odds:
    """Learnt log-odds of being article text, for words of short lines and of element names."""

    words: dict[str, float]
    names: dict[str, float]


@dataclass(slots=True)
class Measured:
    """Features of a page, with what the second pass and the assembly need."""

    table: Floats
    """One row a block; a view of memory in which the columns are contiguous."""
    weights: Floats
    levels: list[Ints]
    """Element of each block, and the ones around it that hold more, from inside out."""
    alike: list[Ints]
    """By level: number of the class of like elements that a block stands in."""
    holder: Ints
    """Element that holds each block's paragraph."""
    make: Ints
    main: tuple[int, int]
    page: Blocks


def name_scores(page: Blocks, odds: Odds) -> tuple[Floats, Floats, Floats]:
    """Return log-odds of each element's names, the lowest around it, and a decaying sum."""
    own = line_features.sums([sort.names for sort in page.sorts], odds.names)[page.sort]
    low = own.copy()
    low[0] = 0.0
    total, fade = low, np.float32(_FADE)
    for ancestor in page.jumps:
        total = total + fade * total[ancestor]
        fade = fade * fade
    return own, around(low, page.jumps, np.minimum), total


class _Table:
    """Rows of numbers, one column a block, filled from the top."""

    def __init__(self, rows: int, columns: int) -> None:
        self.cells = np.empty((rows, columns), dtype=np.float32)
        self._at = 0

    def add(self, *rows: Any) -> None:
        for row in rows:
            self.cells[self._at] = row
            self._at += 1

    def add_all(self, rows: NDArray[Any]) -> None:
        self.cells[self._at : self._at + len(rows)] = rows
        self._at += len(rows)


def measure(page: Blocks, hints: Hints, odds: Odds) -> Measured:  # noqa: PLR0915 - a flat list of what is measured
    """Return the features of all blocks of a page (one row each, columns as in `FEATURES`)."""
    n = len(page.texts)
    at = np.arange(n)
    owner, first, last, parent, depth = page.owner, page.first, page.last, page.parent, page.depth
    linked = page.linked.astype(np.float32)
    code = np.array([_TAG_CODE.get(sort.tag, 0) for sort in page.sorts])[page.sort]

    form = style(page.texts)
    weights = form[:, 1]
    good = (weights >= _GOOD_WEIGHT) & (linked < _GOOD_LINKED)
    good_weight = weights * good
    block_code = code[owner]
    paragraph = block_code == _TAG_CODE["p"]
    heading = (block_code >= _TAG_CODE["h1"]) & (block_code <= _TAG_CODE["h4"])
    block_depth = depth[owner]
    sums = _Sums.of(weights, good_weight, weights * linked, paragraph)
    total_good = max(1.0, float(good_weight.sum()))

    table = _Table(len(FEATURES), n)
    table.add_all(form.T)
    table.add_all(_said(page, hints, odds).T)
    table.add(linked, block_code, paragraph, heading, block_depth)
    near_groups = page.own_groups | page.own_groups[parent] | page.own_groups[parent[parent]]
    bits = page.flags | (near_groups | page.groups << len(GROUP_NAMES)) << _FLAGS
    table.add_all(_bits(bits[owner], _FLAGS + 2 * len(GROUP_NAMES)))
    own, low, total = name_scores(page, odds)
    up = parent[owner]
    table.add(own[owner], own[owner] + own[up] + own[parent[up]], low[owner], total[owner])

    outermost = _outermost(page)
    levels = [owner]
    for _ in range(_LEVELS - 1):
        levels.append(parent[outermost[levels[-1]]])
    held = sums.between(first, last)
    count = (last - first).astype(np.float64)
    whole, each = np.maximum(held[0], 1), np.maximum(count, 1)
    container = np.stack(
        [held[1] / whole, held[1] / total_good, held[2] / whole, count, held[0] / each,
         held[3] / each]
    )  # fmt: skip
    table.add_all(container[:, np.stack(levels)].transpose(1, 0, 2).reshape(-1, n))

    main = _main(first, last, held[1], total_good)
    start, end = int(first[main]), int(last[main])
    inside = (at >= start) & (at < end)
    table.add(
        inside,
        np.maximum(0, start - at),
        np.maximum(0, at - end + 1),
        np.where(inside, block_depth - depth[main], -1),
        np.where(inside, (at - start) / max(1, end - start), -1),
        held[1, main] / total_good,
    )
    padded = np.zeros((5, n + 4), dtype=np.float32)
    padded[:, 2:-2] = weights, linked, good, paragraph, heading
    for by in (0, 1, 3, 4):  # two blocks before to two after
        table.add_all(padded[:, by : by + n])
    table.add(
        _window(sums, at, 3, n),
        _window(sums, at, 8, n),
        _since(good),
        _since(good[::-1])[::-1],
        _since(heading),
        np.minimum(9, np.diff(page.images, prepend=0)),
    )
    make = _makes(page, owner, up)
    table.add_all(_by_make(make, weights, linked, good))
    h1 = np.flatnonzero(block_code == _TAG_CODE["h1"])
    table.add(
        at / n,
        np.cumsum(weights) / max(1.0, float(weights.sum())),
        np.clip(at - (h1[0] if len(h1) else 0), -50, 200),
        total_good,
        n,
        bool(hints.ld_body),
    )
    # Where every paragraph is a `div`, of whatever name, its own element is no container.
    holder = np.where(_PARAGRAPHS[block_code] | (count[owner] == 1), levels[1], owner)
    core = _Core(page, holder, good_weight)
    table.add_all(core.places(page))
    table.add(
        np.maximum(0, page.first[core.element] - at),
        np.maximum(0, at - page.last[core.element] + 1),
        core.weight / total_good,
        _core_words(page.texts, core.own, good_weight),
    )
    said = table.cells[FEATURES.index("in_title")]
    table.add_all(_from_title(page, said, at))
    stamp = (weights < _STAMP) & (form[:, STYLE_FEATURES.index("digits")] > 0)
    stamps = _Sums.of(np.ones(n), stamp.astype(np.float32))
    table.add(
        stamp,
        _window(stamps, at, 3, n),
        _window(stamps, at, 8, n),
        np.cumsum(stamp),
        np.cumsum(block_code == _TAG_CODE["h1"]),
        np.cumsum(heading & (linked > ALL_LINK)),
    )
    like = _alike(page, code)
    units = [like[outermost[level]] for level in levels[:_ALIKE]]
    table.add_all(_of_alike(like, last > first, held, units))
    return Measured(table.cells.T, weights, levels, units, holder, make, (start, end), page)


def _from_title(page: Blocks, in_title: Floats, at: Ints) -> NDArray[np.float64]:
    """Blocks since the headline, steps up from it and from the block to meet, its number of lines.

    Of several lines that are the headline the first heading counts, else the last.
    """
    lines = np.flatnonzero(in_title == _IS_TITLE)
    if not len(lines):
        return np.full((4, len(at)), -1.0)
    heads = [i for i in lines.tolist() if page.flags[page.owner[i]] & IN_HEADING]
    line = heads[0] if heads else int(lines[-1])
    element = int(page.owner[line])
    met = _meeting(page, element)
    up, down = page.depth[element] - met, page.depth[page.owner] - met
    return np.stack([np.clip(at - line, -50, 200), up, down, np.full(len(at), len(lines))])


def _meeting(page: Blocks, element: int) -> NDArray[np.float64]:
    """Depth of the innermost element around each block and this element."""
    met = np.zeros(len(page.texts))
    chain = [element]
    while chain[-1]:
        chain.append(int(page.parent[chain[-1]]))
    for around_it in reversed(chain):
        met[page.first[around_it] : page.last[around_it]] = page.depth[around_it]
    return met


class _Core:
    """The element whose own paragraphs carry most text.

    It is found as Readability finds it: good text counts for the parent of its paragraph, and half
    for the grandparent.
    """

    def __init__(self, page: Blocks, holder: Ints, good: NDArray[np.floating]) -> None:
        count = len(page.parent)
        by_holder = np.bincount(holder, good, count)
        scores = by_holder + 0.5 * np.bincount(page.parent[holder], good, count)
        self.element = int(scores.argmax())
        self.own = holder == self.element
        self.weight = float(by_holder[self.element])

    def places(self, page: Blocks) -> NDArray[np.float64]:
        """Tell of each block: in the core, its own, and steps up from core and block to meet."""
        met = _meeting(page, self.element)
        inside = np.zeros(len(page.texts))
        inside[page.first[self.element] : page.last[self.element]] = 1
        return np.stack(
            [inside, self.own, page.depth[self.element] - met, page.depth[page.owner] - met]
        )


def _core_words(texts: Sequence[str], own: NDArray[np.bool_], good_weight: Floats) -> Floats:
    """Share of a good block's longer words that the core has too; -1 for other blocks."""
    out = np.full(len(texts), -1, dtype=np.float32)
    good = good_weight > 0
    others = np.flatnonzero(good & ~own)[:_MOST_OTHERS].tolist()
    if not others:
        return out
    core = {
        word
        for i in np.flatnonzero(good & own)[:_MOST_OTHERS].tolist()
        for word in texts[i].lower().split()
    }
    for i in others:
        words = [word for word in texts[i].lower().split() if len(word) > 4]  # noqa: PLR2004 - shorter ones say little
        if words:
            out[i] = len(core.intersection(words)) / len(words)
    return out


def _outermost(page: Blocks) -> Ints:
    """Return for each element the outermost one around it that holds the same blocks."""
    first, last, parent = page.first, page.last, page.parent
    same = (first == first[parent]) & (last == last[parent])
    step = np.where(same, parent, np.arange(len(parent)))
    while True:
        further = step[step]
        if np.array_equal(further, step):
            return step
        step = further


def _alike(page: Blocks, code: Ints) -> Ints:
    """Number the elements so that those of one parent, tag and names' groups have one number.

    The items of a list of teasers are alike, and so are comments.
    """
    key = (page.parent * (len(_TAGS) + 1) + code) * (1 << len(GROUP_NAMES)) + page.own_groups
    return np.asarray(np.unique(key, return_inverse=True)[1])


def _of_alike(
    like: Ints, filled: NDArray[np.bool_], held: NDArray[np.float64], units: Sequence[Ints]
) -> NDArray[np.float64]:
    """By level: how many elements are alike, the text each holds, and its share of links."""
    count = np.bincount(like, filled)
    heavy = np.bincount(like, held[0] * filled)
    of_links = np.bincount(like, held[2] * filled)
    rows = np.stack([count, heavy / np.maximum(count, 1), of_links / np.maximum(heavy, 1)])
    at = rows[:, np.stack(units)]
    return at.transpose(1, 0, 2).reshape(-1, at.shape[2])


def measure_again(measured: Measured, p: Floats) -> Floats:
    """Return what the first pass's probabilities say around each block (`SECOND_FEATURES`)."""
    n = len(p)
    page, weights = measured.page, measured.weights
    at = np.arange(n)
    mass = p * weights
    sums = _Sums.of(weights, mass)
    total = max(1.0, float(mass.sum()))
    before = sums.totals[1, :-1] / total
    table = _Table(len(SECOND_FEATURES), n)
    padded = np.zeros(n + 4, dtype=np.float32)
    padded[2:-2] = p
    table.add(p, *(padded[by : by + n] for by in (0, 1, 3, 4)))
    table.add(_window(sums, at, 3, n), _window(sums, at, 8, n), before, 1 - before - mass / total)
    outer = np.stack(measured.levels[1:])
    whole, kept = sums.between(page.first[outer], page.last[outer])
    # Without the block itself: what its company says.
    table.add_all((kept - mass) / np.maximum(whole - weights, 1))
    table.add_all(kept / total)
    company = _company(np.stack([measured.make, *measured.alike]), mass, weights)
    table.add(company[0])
    start, end = measured.main
    table.add(mass[start:end].sum() / total, _decayed(p), _decayed(p[::-1])[::-1])
    core = _Core(page, measured.holder, mass)
    table.add_all(core.places(page))
    table.add(core.weight / total, *company[1:])
    return table.cells.T


def _company(kinds: Ints, mass: NDArray[np.floating], weights: Floats) -> NDArray[np.float64]:
    """Probable share of the text of a block's kind, itself left out; one row a row of kinds."""
    rows = len(kinds)
    apart = kinds + (np.arange(rows) * (int(kinds.max(initial=0)) + 1))[:, None]
    flat = apart.ravel()
    rest = np.bincount(flat, np.tile(mass, rows))[apart] - mass
    whole = np.bincount(flat, np.tile(weights, rows))[apart] - weights
    share: NDArray[np.float64] = rest / np.maximum(whole, 1)
    return share


def _decayed(p: Floats, keep: float = 0.8) -> Floats:
    """Return a running mean of the previous values, in which the nearest count most."""
    out = []
    value = 0.0
    for x in p.tolist():
        out.append(value)
        value = keep * value + (1 - keep) * x
    return np.array(out, dtype=np.float32)


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
    """Return vocabulary features, and whether title, summary and JSON-LD contain each block."""
    title = hints.title
    summary, ld_body = fold_space(hints.summary), fold_space(hints.ld_body)
    copies = Counter(page.texts)
    words = line_features.vocabulary(
        page.texts, SHORT, odds.words, frozenset(title.lower().split()),
        fold(title), len(title) - FOLDED_AWAY, len(title) + FOLDED_AWAY,
    )  # fmt: skip
    rows = [
        (
            copies[text],
            float(len(text) > 3 and text[:_PROBE] in ld_body) if ld_body else -1.0,  # noqa: PLR2004 - shorter is chance
            len(text) > 20 and text[:_PROBE] in summary,  # noqa: PLR2004 - as above
        )
        for text in page.texts
    ]
    return np.hstack([words, np.array(rows, dtype=np.float32)])


def _bits(values: Ints, count: int) -> NDArray[np.int64]:
    return (values[None, :] >> np.arange(count)[:, None]) & 1


def _main(first: Ints, last: Ints, held: NDArray[np.float64], total_good: float) -> int:
    """Return the deepest element that holds most of the page's good text."""
    candidates = np.flatnonzero(held >= _MAIN_SHARE * total_good)
    if not len(candidates):
        return 0
    sizes = last[candidates] - first[candidates]
    return int(candidates[np.flatnonzero(sizes == sizes.min())[-1]])


def _window(sums: _Sums, at: Ints, reach: int, n: int) -> NDArray[np.float64]:
    low, high = np.maximum(0, at - reach), np.minimum(n, at + reach + 1)
    whole, part = sums.between(low, high)[:2]
    share: NDArray[np.float64] = part / np.maximum(whole, 1)
    return share


def _since(hit: NDArray[np.bool_]) -> Floats:
    """Return the number of blocks since the last hit (0 at a hit), 99 if there was none."""
    at = np.arange(len(hit))
    latest = np.maximum.accumulate(np.where(hit, at, -1000))
    return np.minimum(99, at - latest).astype(np.float32)


def _makes(page: Blocks, owner: Ints, up: Ints) -> Ints:
    """Give each make a number: blocks of one tag and names, in parents of one tag and names."""
    _, makes = np.unique(page.sort[owner] * len(page.sorts) + page.sort[up], return_inverse=True)
    return np.asarray(makes)


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
