"""How much an article is about an entity: headline, place of the first mention, frequency.

A sum of three shares with fixed weights, by the features found most telling for entity salience in
news (Dunietz & Gillick, "A New Entity Salience Task with Millions of Training Examples", EACL
2014).
"""

from __future__ import annotations

import math

TITLE, POSITION, FREQUENCY = 0.35, 0.30, 0.35
"""Weights of the three shares; they add up to 1."""


def salience(mentions: int, most: int, first: float, *, in_title: bool) -> float:
    """Return a salience from 0 to 1, rounded to three decimals.

    `mentions` counts the thing's mentions, `most` those of the thing named most often in
    the article; `first` is where in the body it is first named, from 0 (start) to 1.
    """
    frequency = math.log1p(mentions) / math.log1p(max(most, mentions, 1))
    position = (1.0 - min(max(first, 0.0), 1.0)) ** 2
    return round(TITLE * in_title + POSITION * position + FREQUENCY * frequency, 3)
