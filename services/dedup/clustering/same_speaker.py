"""Same speaker, another occasion: what no learned score tells apart.

Two press conferences of one person share names, subject and even phrases; two
reports of one press conference share the words that were said. So when both reports
rest on the same speaker's words and hardly any of them are in both, they report two
occasions, unless both name the same day.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.clustering.comparison import COLUMNS, Matrix
from services.dedup.features.feature_batch import Pack

QUOTED_WORDS: Final = 30
"""Quoted words from which an article is said to rest on what somebody said."""
SHARED_QUOTES: Final = 0.1
"""Share of quoted shingles from which the words are the same words."""
SHARED_TEXT: Final = 0.25
"""Share of shingles from which the reports are the same whatever they quote; below it,
what two reports share is mostly background, repeated from day to day."""
HIGHEST: Final = 0.05
"""Merge score of another occasion at most: no other evidence outweighs it."""

_COLUMN = {name: i for i, name in enumerate(COLUMNS)}


def rests_on_one_speaker(one: Pack, many: Pack, pairs: Matrix) -> npt.NDArray[np.bool_]:
    """For each pair whether both reports rest on the words of the same speaker."""
    rests = (many.facts[3] >= QUOTED_WORDS) & (one.facts[3, 0] >= QUOTED_WORDS)
    found: npt.NDArray[np.bool_] = (pairs[:, _COLUMN["speaker"]] > 0) & rests
    return found


def other_occasion(one: Pack, many: Pack, pairs: Matrix) -> npt.NDArray[np.int8]:
    """For each pair: 1 another occasion, -1 the same words or day, 0 cannot tell."""
    same_words = (pairs[:, _COLUMN["quotes"]] >= SHARED_QUOTES) | (
        pairs[:, _COLUMN["grams"]] >= SHARED_TEXT
    )
    same_day = (pairs[:, _COLUMN["days"]] > 0) | (pairs[:, _COLUMN["weekday"]] > 0)
    apart = rests_on_one_speaker(one, many, pairs) & ~same_words & ~same_day
    return np.where(apart, 1, np.where(same_words | same_day, -1, 0)).astype(np.int8)
