"""Same speaker, different occasion: a rule for what the learned score can't tell apart.

Two press conferences of one person share names, subject and even phrases. Two reports of one press
conference share the words that were said. So if both reports rest on the same speaker's words, and
hardly any of these are in both, they report two occasions, unless both name the same day.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.clustering.comparison import COLUMNS, Matrix
from services.dedup.features.feature_batch import FeatureBatch

QUOTED_WORDS: Final = 30
"""Quoted words from which an article counts as resting on what somebody said."""
SHARED_QUOTES: Final = 0.1
"""Share of quoted shingles from which the quotes count as the same words."""
SHARED_TEXT: Final = 0.25
"""Share of shingles from which two reports count as the same whatever they quote. What two reports
share below it is mostly background, repeated from day to day."""
MAX_SCORE: Final = 0.05
"""Upper limit of the merge score for a different occasion: no other evidence outweighs it."""

_COLUMN = {name: i for i, name in enumerate(COLUMNS)}


def quote_same_speaker(
    one: FeatureBatch, many: FeatureBatch, pairs: Matrix
) -> npt.NDArray[np.bool_]:
    """Return for each pair whether both reports rest on the words of the same speaker."""
    rests = (many.scalars[3] >= QUOTED_WORDS) & (one.scalars[3, 0] >= QUOTED_WORDS)
    found: npt.NDArray[np.bool_] = (pairs[:, _COLUMN["speaker"]] > 0) & rests
    return found


def is_different_occasion(
    one: FeatureBatch, many: FeatureBatch, pairs: Matrix
) -> npt.NDArray[np.int8]:
    """Return for each pair 1 for a different occasion, -1 for the same one, 0 if unknown."""
    same_words = (pairs[:, _COLUMN["quotes"]] >= SHARED_QUOTES) | (
        pairs[:, _COLUMN["grams"]] >= SHARED_TEXT
    )
    same_day = (pairs[:, _COLUMN["days"]] > 0) | (pairs[:, _COLUMN["weekday"]] > 0)
    apart = quote_same_speaker(one, many, pairs) & ~same_words & ~same_day
    return np.where(apart, 1, np.where(same_words | same_day, -1, 0)).astype(np.int8)
