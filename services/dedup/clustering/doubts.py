"""What speaks against joining beside a lack of similarity: other names, an unrelated headline.

The labelled sets hold hardly a pair of this kind among those that score high, so training can't
weigh it: events that a newspaper reports every day (two fires in two towns, two trials before one
judge) are not in them. The log-odds here are set by hand on invented reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from services.dedup.clustering.comparison import Matrix, title_weights
from services.dedup.clustering.merge_score import INPUTS
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.features.recurring_template import SharedAndFewer

NO_COMMON_NAME: Final = 3.5
"""Log-odds against a story of whose names the article has none, where both have names."""
SHORT_REPORT: Final = 150
"""Shingles of an article up to which a common name is asked for: the words of a longer one tell
enough by themselves."""
UNRELATED_HEADLINE: Final = 3.5
"""Log-odds against a story whose headlines and texts have little of the article's headline, and the
article's text little of theirs. A standing headline is no headline here."""
NO_RARE_TERM: Final = 6.0
"""Log-odds against a story with which the article shares only words that more than one article in
a hundred has: the form of a table or of a notice that recurs in the stream, and no subject."""
COMMON_NAMES: Final = 2
"""Common names from which the rest of the words may be frequent: a story that is itself a hundredth
of the stream makes its words so."""
RELATED_HEADLINE: Final = 0.2
"""`headline_coverage` from which the headlines are related."""
_RARE_TERMS = INPUTS.index("shared_rare_terms")
_HEADLINE = INPUTS.index("headline_coverage")


def doubts(
    article: FeatureBatch,
    many: FeatureBatch,
    inputs: Matrix,
    sizes: Sequence[int],
    common_names: SharedAndFewer,
) -> Matrix:
    """Return for each story the log-odds that speak against an article's joining it.

    ``many`` are the articles of all stories, ``sizes[i]`` of them of story i; ``inputs`` has a row
    for each story. ``common_names`` are those with each of many.
    """
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
    same, fewer = common_names
    has_none = np.logical_and.reduceat((fewer > 0) & (same == 0), starts)
    has_headline = np.maximum.reduceat(title_weights(many), starts) > 0
    has_headline &= title_weights(article)[0] > 0
    has_names = np.maximum.reduceat(same, starts) >= COMMON_NAMES
    is_form = (inputs[:, _RARE_TERMS] == 0) & ~has_names
    is_unrelated = has_headline & (inputs[:, _HEADLINE] < RELATED_HEADLINE)
    is_short = int(article.scalar("shingle_count")[0]) <= SHORT_REPORT
    found: Matrix = np.where(has_none & is_short, NO_COMMON_NAME, 0.0)
    found += np.where(is_form, NO_RARE_TERM, 0.0)
    return found + np.where(is_unrelated, UNRELATED_HEADLINE, 0.0)
