"""The same-speaker rule: separate two occasions that the learned score cannot tell apart.

Two press conferences of one person share names, subject and even phrases. Two reports of one
press conference share the words that were said. So if two reports rest on the words of the same
speaker but hardly any of these words are in both, they report two occasions, unless both name
the same day.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.clustering.comparison import COLUMNS, Matrix
from services.dedup.features.feature_batch import FeatureBatch

MIN_QUOTED_WORDS: Final = 30
"""Quoted words from which an article rests on what somebody said."""
SAME_QUOTES_SHARE: Final = 0.1
"""Share of quoted shingles from which two articles quote the same words."""
SAME_TEXT_SHARE: Final = 0.25
"""Share of shingles from which the reports are the same whatever they quote; below it,
what two reports share is mostly background, repeated from day to day."""

OTHER_OCCASION: Final = 1
SAME_OCCASION: Final = -1
UNDECIDED: Final = 0

_COLUMN = {name: i for i, name in enumerate(COLUMNS)}


def rest_on_same_speaker(
    one: FeatureBatch, many: FeatureBatch, pairs: Matrix
) -> npt.NDArray[np.bool_]:
    """Return for each pair whether both articles rest on the words of the same speaker.

    ``pairs`` are the rows that `ArticleComparer.compare` returned for one and many.
    """
    quoted = (many.scalar("quoted_word_count") >= MIN_QUOTED_WORDS) & (
        one.scalar("quoted_word_count")[0] >= MIN_QUOTED_WORDS
    )
    found: npt.NDArray[np.bool_] = (pairs[:, _COLUMN["same_speaker"]] > 0) & quoted
    return found


def compare_occasions(one: FeatureBatch, many: FeatureBatch, pairs: Matrix) -> npt.NDArray[np.int8]:
    """Return for each pair `OTHER_OCCASION`, `SAME_OCCASION` or `UNDECIDED`.

    ``pairs`` are rows of `ArticleComparer.compare` whose text overlap has been filled in where
    `rest_on_same_speaker` holds.
    """
    same_words = (pairs[:, _COLUMN["quote_containment"]] >= SAME_QUOTES_SHARE) | (
        pairs[:, _COLUMN["shingle_containment"]] >= SAME_TEXT_SHARE
    )
    same_day = (pairs[:, _COLUMN["shared_days"]] > 0) | (pairs[:, _COLUMN["shared_weekday"]] > 0)
    is_other = rest_on_same_speaker(one, many, pairs) & ~same_words & ~same_day
    is_same = np.where(same_words | same_day, SAME_OCCASION, UNDECIDED)
    return np.where(is_other, OTHER_OCCASION, is_same).astype(np.int8)
