"""Features of the second pass over a page: first-pass probabilities around each block."""

from __future__ import annotations

from services.cleaning.classifier import block_columns
from services.cleaning.classifier.block_features import SIBLING_LEVELS, PageFeatures
from services.cleaning.classifier.containers import TopCandidate
from services.cleaning.classifier.feature_table import FeatureTable, Floats, Ints

SECOND_PASS_FEATURES: tuple[str, ...] = (
    "first", "p_prev2", "p_prev1", "p_next1", "p_next2", "p_3", "p_8", "p_before", "p_after",
    "p_up1", "p_up2", "p_up3", "p_up1_share", "p_up2_share", "p_up3_share", "p_template", "p_main",
    "p_peak_before", "p_peak_after",
    "p_top_in", "p_top_own", "p_top_up", "p_top_down", "p_top_share",
    *(f"p_sibling{level}" for level in range(SIBLING_LEVELS)),
)  # fmt: skip
"""Names of the columns of `compute_second_pass_features`, in order."""

_DECAY = 0.8
"""Weight that a running mean of probabilities keeps from block to block."""


def compute_second_pass_features(features: PageFeatures, p: Floats) -> Floats:
    """Return the features of the second pass, one row a block (`SECOND_PASS_FEATURES`).

    `p` are the probabilities of the first pass.
    """
    page, weights = features.page, features.weights
    mass = p * weights
    total = max(1.0, float(mass.sum()))
    table = FeatureTable(len(SECOND_PASS_FEATURES), len(p))
    outer = features.levels[1:]
    block_columns.fill_second_pass(
        table.take(9 + 2 * len(outer)), p, mass, weights, total, outer, page.first, page.last
    )
    _add_share_of_others(table, features.template, mass, weights)
    start, end = features.main
    table.add(mass[start:end].sum() / total)
    before, after = table.take(2)
    block_columns.fill_decayed_means(before, after, p, _DECAY)
    top = TopCandidate(page, features.holder, mass)
    top.fill_positions(table.take(4), page)
    table.add(top.weight / total)
    for classes in features.siblings:
        _add_share_of_others(table, classes, mass, weights)
    return table.cells.T


def _add_share_of_others(table: FeatureTable, classes: Ints, mass: Floats, weights: Floats) -> None:
    """Add the probable share of text in the other blocks of each block's class."""
    count = int(classes.max(initial=-1)) + 1
    block_columns.fill_share_of_others(table.take(1)[0], classes, count, mass, weights)
