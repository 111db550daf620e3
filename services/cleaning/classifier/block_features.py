"""Features of every block of a page, for the model that decides what belongs to the article.

There are three kinds: of the block itself (form, vocabulary, tag, names), of the elements
that contain it (and of similar blocks), and of its neighbours. `docs/quality.md` has a
measured ranking; the containers contribute most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier import containers
from services.cleaning.classifier.containers import TAG_CODE, TopCandidate
from services.cleaning.classifier.feature_table import (
    FeatureTable,
    Floats,
    Ints,
    LogOdds,
    PageHints,
)
from services.cleaning.classifier.windows import (
    CumulativeSums,
    distance_since,
    distance_until,
    outside_range,
    window_share,
)
from services.cleaning.html.blocks import ALL_LINK, IN_HEADING, Blocks, combine_with_ancestors
from services.cleaning.html.element_names import GROUP_NAMES
from services.cleaning.text import line_features
from services.cleaning.text.line_style import (
    FOLD_TOLERANCE,
    MAX_SHORT_LINE,
    STYLE_FEATURES,
    fold,
    style_features,
)
from services.cleaning.text.unicode_repair import collapse_space

_GOOD_WEIGHT = 80
"""Weight from which a block with few links counts as good text."""
_GOOD_LINK_SHARE = 0.3
"""Share of link text below which it does."""
_LEVELS = 4
"""Number of containers around a block that are measured, its own element included."""
SIBLING_LEVELS = 3
"""Number of these levels whose similar siblings are measured."""
_MAX_COMPARED = 30
"""Number of blocks whose words are compared with those of the top candidate."""
_LONG_WORD = 5
"""Characters of the words that are compared; shorter ones carry little meaning."""
_NAME_DECAY = 0.7
"""Weight of a parent's names relative to those of the element."""
_MAX_DATE_LENGTH = 60
"""A line that is shorter and has a digit may be a date."""
_IS_TITLE = 2.0
"""Value of the feature `in_title` for a line that is the headline itself."""
_FLAGS = 14
_QUOTED_LENGTH = 80
"""Number of a block's characters that are searched for in the page's metadata."""
_CONTAINER_FEATURES = ["good_share", "page_share", "linked", "blocks", "mean_weight", "paragraphs"]
_NEIGHBOUR_FEATURES = ["weight", "linked", "good", "paragraph", "heading"]

FEATURES: tuple[str, ...] = (
    *STYLE_FEATURES,
    "word_mean", "word_low", "in_title", "copies", "in_ld", "in_summary",
    "linked", "tag", "paragraph", "heading", "depth",
    *(f"flag_{i}" for i in range(_FLAGS)),
    *(f"near_{name}" for name in GROUP_NAMES),
    *(f"in_{name}" for name in GROUP_NAMES),
    "name_own", "name_near", "name_low", "name_sum",
    *(f"up{level}_{name}" for level in range(_LEVELS) for name in _CONTAINER_FEATURES),
    "main_in", "main_from", "main_past", "main_depth", "main_at", "main_share",
    *(f"{side}_{name}" for side in ("prev2", "prev1", "next1", "next2")
      for name in _NEIGHBOUR_FEATURES),
    "good_3", "good_8", "since_good", "until_good", "since_heading", "since_image",
    "template_count", "template_weight", "template_linked", "template_good",
    "at_block", "at_weight", "since_h1", "page_good", "page_blocks", "has_ld",
    "top_in", "top_own", "top_up", "top_down", "top_from", "top_past", "top_share", "top_words",
    "title_since", "title_up", "title_down", "title_lines",
    "date", "dates_3", "dates_8", "dates_before", "h1_before", "linked_heads_before",
    *(f"sibling{level}_{name}" for level in range(SIBLING_LEVELS)
      for name in ("count", "weight", "linked")),
)  # fmt: skip
"""Names of the columns of `compute_block_features`, in order."""


@dataclass(slots=True)
class PageFeatures:
    """Features of the blocks of a page, with what the second pass and the selection need."""

    table: Floats
    """One row a block; a transposed view, contiguous by column."""
    weights: Floats
    levels: list[Ints]
    """Element of each block, and the larger ones that contain it, from inside out."""
    siblings: list[Ints]
    """Class of similar siblings that each block lies in, level by level."""
    holder: Ints
    """Element that holds each block's paragraph."""
    template: Ints
    """Template class of each block."""
    main: tuple[int, int]
    """Range of blocks in the main container."""
    page: Blocks


@dataclass(slots=True)
class _Rows:
    """Properties of each block that several groups of features use."""

    at: Ints
    form: Floats
    weights: Floats
    link_share: Floats
    tag: Ints
    depth: Ints
    good: NDArray[np.bool_]
    good_weight: Floats
    paragraph: NDArray[np.bool_]
    heading: NDArray[np.bool_]
    sums: CumulativeSums
    """Of weight, good weight, link weight and number of paragraphs."""
    total_good: float

    @classmethod
    def of(cls, page: Blocks, element_tag: Ints) -> _Rows:
        link_share = page.link_share.astype(np.float32)
        form = style_features(page.texts)
        weights = form[:, 1]
        good = (weights >= _GOOD_WEIGHT) & (link_share < _GOOD_LINK_SHARE)
        good_weight = weights * good
        tag = element_tag[page.owner]
        paragraph = tag == TAG_CODE["p"]
        return cls(
            at=np.arange(len(page.texts)),
            form=form,
            weights=weights,
            link_share=link_share,
            tag=tag,
            depth=page.depth[page.owner],
            good=good,
            good_weight=good_weight,
            paragraph=paragraph,
            heading=(tag >= TAG_CODE["h1"]) & (tag <= TAG_CODE["h4"]),
            sums=CumulativeSums.of(weights, good_weight, weights * link_share, paragraph),
            total_good=max(1.0, float(good_weight.sum())),
        )


def compute_block_features(page: Blocks, hints: PageHints, odds: LogOdds) -> PageFeatures:
    """Return the features of all blocks of a page, columns as in `FEATURES`."""
    element_tag = np.array([TAG_CODE.get(one.tag, 0) for one in page.signatures])[page.signature]
    rows = _Rows.of(page, element_tag)
    vocabulary = _vocabulary_features(page, hints, odds)
    outermost = containers.outermost_equivalent(page)
    levels = containers.container_levels(page, outermost, _LEVELS)
    held = rows.sums.between(page.first, page.last)
    block_count = page.last - page.first
    main = containers.main_container(page, held[1], rows.total_good)
    template = containers.template_classes(page)
    holder = containers.paragraph_holders(rows.tag, levels, block_count)
    classes = containers.sibling_classes(page, element_tag)
    siblings = [classes[outermost[level]] for level in levels[:SIBLING_LEVELS]]

    table = FeatureTable(len(FEATURES), len(page.texts))
    table.add_all(rows.form.T)
    table.add_all(vocabulary.T)
    table.add(rows.link_share, rows.tag, rows.paragraph, rows.heading, rows.depth)
    _add_name_features(table, page, odds)
    table.add_all(_container_features(held, block_count, levels, rows.total_good))
    _add_main_features(table, page, rows, main, held[1, main])
    _add_neighbour_features(table, page, rows)
    table.add_all(containers.template_features(template, rows.weights, rows.link_share, rows.good))
    _add_page_features(table, rows, hints)
    _add_top_candidate_features(table, page, rows, holder)
    table.add_all(_title_features(page, vocabulary[:, 2], rows.at))
    _add_date_features(table, rows)
    table.add_all(containers.sibling_features(classes, page.last > page.first, held, siblings))
    main_range = int(page.first[main]), int(page.last[main])
    return PageFeatures(
        table.cells.T, rows.weights, levels, siblings, holder, template, main_range, page
    )


def _vocabulary_features(page: Blocks, hints: PageHints, odds: LogOdds) -> Floats:
    """Return log-odds of words, overlap with the title, copies, and matches in the metadata."""
    title = hints.title
    summary, ld_body = collapse_space(hints.summary), collapse_space(hints.ld_body)
    words = line_features.vocabulary_features(
        page.texts, MAX_SHORT_LINE, odds.words, frozenset(title.lower().split()),
        fold(title), len(title) - FOLD_TOLERANCE, len(title) + FOLD_TOLERANCE,
    )  # fmt: skip
    stated = line_features.metadata_features(page.texts, ld_body, summary, _QUOTED_LENGTH)
    return np.hstack([words, stated])


def _add_name_features(table: FeatureTable, page: Blocks, odds: LogOdds) -> None:
    """Add flags, name groups and log-odds of names of each block's element and ancestors."""
    owner, parent = page.owner, page.parent
    near_groups = page.own_groups | page.own_groups[parent] | page.own_groups[parent[parent]]
    bits = page.flags | (near_groups | page.groups << len(GROUP_NAMES)) << _FLAGS
    table.add_all(_bits(bits[owner], _FLAGS + 2 * len(GROUP_NAMES)))
    own, low, total = name_scores(page, odds)
    up = parent[owner]
    table.add(own[owner], own[owner] + own[up] + own[parent[up]], low[owner], total[owner])


def name_scores(page: Blocks, odds: LogOdds) -> tuple[Floats, Floats, Floats]:
    """Return three log-odds of each element's names.

    Those of its own names, the lowest among it and its ancestors, and a sum over them that
    decays outwards.
    """
    of_signature = line_features.log_odds_sums([one.names for one in page.signatures], odds.names)
    own = of_signature[page.signature]
    low = own.copy()
    low[0] = 0.0
    total, decay = low, np.float32(_NAME_DECAY)
    for ancestor in page.ancestors:
        total = total + decay * total[ancestor]
        decay = decay * decay
    return own, combine_with_ancestors(low, page.ancestors, np.minimum), total


def _bits(values: Ints, count: int) -> NDArray[np.int64]:
    return (values[None, :] >> np.arange(count)[:, None]) & 1


def _container_features(
    held: NDArray[np.float64], block_count: Ints, levels: Sequence[Ints], total_good: float
) -> NDArray[np.float64]:
    count = block_count.astype(np.float64)
    whole, each = np.maximum(held[0], 1), np.maximum(count, 1)
    features = np.stack(
        [held[1] / whole, held[1] / total_good, held[2] / whole, count, held[0] / each,
         held[3] / each]
    )  # fmt: skip
    return features[:, np.stack(levels)].transpose(1, 0, 2).reshape(-1, len(levels[0]))


def _add_main_features(
    table: FeatureTable, page: Blocks, rows: _Rows, main: int, main_good: float
) -> None:
    """Add each block's position relative to the main container, and that one's share of text."""
    start, end = int(page.first[main]), int(page.last[main])
    inside = (rows.at >= start) & (rows.at < end)
    table.add(
        inside,
        *outside_range(rows.at, start, end),
        np.where(inside, rows.depth - page.depth[main], -1),
        np.where(inside, (rows.at - start) / max(1, end - start), -1),
        main_good / rows.total_good,
    )


def _add_neighbour_features(table: FeatureTable, page: Blocks, rows: _Rows) -> None:
    n = len(rows.at)
    padded = np.zeros((5, n + 4), dtype=np.float32)
    padded[:, 2:-2] = rows.weights, rows.link_share, rows.good, rows.paragraph, rows.heading
    for by in (0, 1, 3, 4):  # two blocks before to two blocks after
        table.add_all(padded[:, by : by + n])
    table.add(
        window_share(rows.sums, 3),
        window_share(rows.sums, 8),
        distance_since(rows.good),
        distance_until(rows.good),
        distance_since(rows.heading),
        np.minimum(9, np.diff(page.images, prepend=0)),
    )


def _add_page_features(table: FeatureTable, rows: _Rows, hints: PageHints) -> None:
    """Add the position of each block in the page, and properties of the whole page."""
    n = len(rows.at)
    h1 = np.flatnonzero(rows.tag == TAG_CODE["h1"])
    table.add(
        rows.at / n,
        np.cumsum(rows.weights) / max(1.0, float(rows.weights.sum())),
        np.clip(rows.at - (h1[0] if len(h1) else 0), -50, 200),
        rows.total_good,
        n,
        bool(hints.ld_body),
    )


def _add_top_candidate_features(
    table: FeatureTable, page: Blocks, rows: _Rows, holder: Ints
) -> None:
    top = TopCandidate(page, holder, rows.good_weight)
    table.add_all(top.positions(page))
    table.add(
        *outside_range(rows.at, int(page.first[top.element]), int(page.last[top.element])),
        top.weight / rows.total_good,
        _shared_words(page.texts, top.own, rows.good_weight),
    )


def _shared_words(texts: list[str], own: NDArray[np.bool_], good_weight: Floats) -> Floats:
    """Return the share of a good block's longer words that the top candidate's text has too.

    It is -1 for the candidate's own blocks, for blocks without good text, and for those after
    the first `_MAX_COMPARED`.
    """
    good = good_weight > 0
    core = np.flatnonzero(good & own)[:_MAX_COMPARED].tolist()
    others = np.flatnonzero(good & ~own)[:_MAX_COMPARED].tolist()
    return line_features.shared_word_shares(texts, core, others, _LONG_WORD)


def _title_features(page: Blocks, in_title: Floats, at: Ints) -> NDArray[np.float64]:
    """Return four features of each block's position relative to the headline.

    Blocks since the headline; steps up to the lowest common ancestor from the headline, and
    from the block; number of lines that are the headline. Of several such lines the first
    heading counts, else the last line.
    """
    lines = np.flatnonzero(in_title == _IS_TITLE)
    if not len(lines):
        return np.full((4, len(at)), -1.0)
    headings = [i for i in lines.tolist() if page.flags[page.owner[i]] & IN_HEADING]
    line = headings[0] if headings else int(lines[-1])
    element = int(page.owner[line])
    common = containers.common_depth(page, element)
    up, down = page.depth[element] - common, page.depth[page.owner] - common
    return np.stack([np.clip(at - line, -50, 200), up, down, np.full(len(at), len(lines))])


def _add_date_features(table: FeatureTable, rows: _Rows) -> None:
    """Add where lines may be dates, and how many of them and of headings come before."""
    has_digit = rows.form[:, STYLE_FEATURES.index("digits")] > 0
    date = (rows.weights < _MAX_DATE_LENGTH) & has_digit
    dates = CumulativeSums.of(np.ones(len(date)), date.astype(np.float32))
    table.add(
        date,
        window_share(dates, 3),
        window_share(dates, 8),
        np.cumsum(date),
        np.cumsum(rows.tag == TAG_CODE["h1"]),
        np.cumsum(rows.heading & (rows.link_share > ALL_LINK)),
    )
