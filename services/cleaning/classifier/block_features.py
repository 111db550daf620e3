"""Features of every block of a page, for the model that decides what belongs to the article.

There are three kinds: of the block itself (form, vocabulary, tag, names), of the elements
that contain it (and of similar blocks), and of its neighbours. `docs/quality.md` has a
measured ranking; the containers contribute most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier import block_columns, containers, element_tree
from services.cleaning.classifier.containers import TAG_CODE, TopCandidate
from services.cleaning.classifier.feature_table import (
    FeatureTable,
    Floats,
    Ints,
    LogOdds,
    PageHints,
)
from services.cleaning.classifier.windows import outside_range
from services.cleaning.html.blocks import ALL_LINK, IN_HEADING, Blocks
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
_H1 = TAG_CODE["h1"]
_TAG_CODES = TAG_CODE["p"], _H1, TAG_CODE["h4"]
"""Codes of paragraphs, and of the first and the last heading."""
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
    good_weight: Floats
    link_share: Floats
    tag: Ints
    marks: NDArray[np.uint8]
    """Whether each block is good text, a paragraph, a heading; one row each."""
    totals: NDArray[np.float64]
    """Cumulative sums of weight, good weight, link weight and number of paragraphs."""
    total_good: float

    @classmethod
    def of(cls, page: Blocks, element_tag: Ints) -> _Rows:
        form, tag = style_features(page.texts), element_tag[page.owner]
        weights, good_weight, link_share, marks, totals = block_columns.row_properties(
            form, page.link_share, tag, _GOOD_WEIGHT, _GOOD_LINK_SHARE, _TAG_CODES
        )
        total_good = max(1.0, float(good_weight.sum()))
        at = np.arange(len(tag))
        return cls(at, form, weights, good_weight, link_share, tag, marks, totals, total_good)


def compute_block_features(page: Blocks, hints: PageHints, odds: LogOdds) -> PageFeatures:
    """Return the features of all blocks of a page, columns as in `FEATURES`."""
    tags = [TAG_CODE.get(one.tag, 0) for one in page.signatures]
    element_tag = np.array(tags, dtype=np.int64)[page.signature]
    rows = _Rows.of(page, element_tag)
    vocabulary = _vocabulary_features(page, hints, odds)
    outermost = element_tree.outermost_equivalent(page.parent, page.first, page.last)
    levels = containers.container_levels(page, outermost, _LEVELS)
    held = element_tree.sums_of_elements(rows.totals, page.first, page.last)
    main = containers.main_container(page, held[1], rows.total_good)
    main_range = int(page.first[main]), int(page.last[main])
    template = containers.template_classes(page)
    holder = containers.paragraph_holders(rows.tag, levels, page.last - page.first)
    classes = containers.sibling_classes(page, element_tag)
    siblings = [classes[outermost[level]] for level in levels[:SIBLING_LEVELS]]
    range_of = page.first, page.last

    table = FeatureTable(len(FEATURES), len(page.texts))
    table.add_all(rows.form.T)
    table.add_all(vocabulary.T)
    table.add_all(_stated_features(page, hints).T)
    table.add(rows.link_share, rows.tag, rows.marks[1], rows.marks[2], page.depth[page.owner])
    _add_name_features(table, page, odds)
    block_columns.fill_containers(
        table.take(_LEVELS * len(_CONTAINER_FEATURES)), levels, held, *range_of, rows.total_good
    )
    share = held[1, main] / rows.total_good
    block_columns.fill_main(table.take(6), page.owner, page.depth, main, *main_range, share)
    block_columns.fill_neighbours(
        table.take(26), rows.weights, rows.link_share, rows.marks, rows.totals, page.images
    )
    block_columns.fill_templates(
        table.take(4), template, rows.weights, rows.good_weight, rows.link_share
    )
    total = max(1.0, float(rows.weights.sum()))
    block_columns.fill_page(
        table.take(6), rows.tag, rows.weights, total, rows.total_good, bool(hints.ld_body), _H1
    )
    _add_top_candidate_features(table, page, rows, holder)
    table.add_all(_title_features(page, vocabulary[:, 2], rows.at))
    block_columns.fill_dates(
        table.take(6), rows.form, rows.marks, rows.tag, rows.link_share,
        STYLE_FEATURES.index("digits"), _MAX_DATE_LENGTH, ALL_LINK, _H1,
    )  # fmt: skip
    block_columns.fill_siblings(table.take(3 * SIBLING_LEVELS), classes, held, *range_of, siblings)
    return PageFeatures(
        table.cells.T, rows.weights, levels, siblings, holder, template, main_range, page
    )


def _vocabulary_features(page: Blocks, hints: PageHints, odds: LogOdds) -> Floats:
    """Return log-odds of words, and overlap with the title."""
    title = hints.title
    words: Floats = line_features.vocabulary_features(
        page.texts, MAX_SHORT_LINE, odds.words, frozenset(title.lower().split()),
        fold(title), len(title) - FOLD_TOLERANCE, len(title) + FOLD_TOLERANCE,
    )  # fmt: skip
    return words


def _stated_features(page: Blocks, hints: PageHints) -> Floats:
    """Return the number of copies of each block, and matches in the metadata."""
    summary, ld_body = collapse_space(hints.summary), collapse_space(hints.ld_body)
    return line_features.metadata_features(page.texts, ld_body, summary, _QUOTED_LENGTH)


def _add_name_features(table: FeatureTable, page: Blocks, odds: LogOdds) -> None:
    """Add flags, name groups and log-odds of names of each block's element and ancestors."""
    of_signature = line_features.log_odds_sums([one.names for one in page.signatures], odds.names)
    own = of_signature[page.signature]
    low, total = element_tree.name_scores(own, page.parent, _NAME_DECAY)
    block_columns.fill_names(
        table.take(_FLAGS + 2 * len(GROUP_NAMES) + 4), page.owner, page.parent, page.flags,
        page.own_groups, page.groups, (own, low, total), _FLAGS, len(GROUP_NAMES),
    )  # fmt: skip


def _add_top_candidate_features(
    table: FeatureTable, page: Blocks, rows: _Rows, holder: Ints
) -> None:
    top = TopCandidate(page, holder, rows.good_weight)
    top.fill_positions(table.take(4), page)
    table.add(
        *outside_range(rows.at, int(page.first[top.element]), int(page.last[top.element])),
        top.weight / rows.total_good,
        _shared_words(page.texts, holder == top.element, rows.good_weight),
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


def _title_features(page: Blocks, in_title: Floats, at: Ints) -> NDArray[np.number]:
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
    since = np.minimum(np.maximum(at - line, -50), 200)
    return np.stack([since, up, down, np.full(len(at), len(lines))])
