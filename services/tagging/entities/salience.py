"""Measure how much an article is about an entity: headline, first position, frequency.

The salience is a weighted sum of the three features found most telling for entity salience
in news by Dunietz & Gillick, "A New Entity Salience Task with Millions of Training
Examples", EACL 2014.
"""

from __future__ import annotations

import math

TITLE_WEIGHT, POSITION_WEIGHT, FREQUENCY_WEIGHT = 0.35, 0.30, 0.35
"""Weights of the three features; they add up to 1."""


def salience(mentions: int, most_mentions: int, position: float, *, in_title: bool) -> float:
    """Return a salience from 0 to 1, rounded to three decimals.

    `mentions` counts the entity's mentions, `most_mentions` those of the entity mentioned
    most often in the article; `position` is where in the body the first mention is, from 0
    (start) to 1 (end).
    """
    frequency = math.log1p(mentions) / math.log1p(max(most_mentions, mentions, 1))
    earliness = (1.0 - min(max(position, 0.0), 1.0)) ** 2
    return round(
        TITLE_WEIGHT * in_title + POSITION_WEIGHT * earliness + FREQUENCY_WEIGHT * frequency, 3
    )
