"""Divide a set of articles into two groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.dedup.clustering.comparison import Matrix

MIN_GROUP_SIZE: Final = 2
"""Articles that a group must have to be a story of its own: a single outlier is no evidence."""


@dataclass(frozen=True, slots=True)
class Bipartition:
    """Two groups of articles in one story."""

    leaving: list[str]
    """Ids of the articles that have least to do with the others."""
    score: float
    """How well the two groups fit each other, from 0 to 1."""


def bipartition(links: Matrix) -> tuple[list[int], list[int]]:
    """Divide articles into two groups by average linkage; return the larger group first.

    ``links`` is a symmetric matrix of how much speaks for each pair being together. Of two groups
    of the same size the one with the first article comes first, and among equal links the first is
    taken, so that equal input always gives the same groups.
    """
    groups = [[i] for i in range(len(links))]
    while len(groups) > 2:  # noqa: PLR2004 - two remain
        best, at = float("-inf"), (0, 1)
        for i, one in enumerate(groups):
            for j in range(i + 1, len(groups)):
                mean = float(links[one][:, groups[j]].mean())
                if mean > best:
                    best, at = mean, (i, j)
        groups[at[0]] = sorted(groups[at[0]] + groups.pop(at[1]))
    first, second = sorted(groups, key=lambda group: (-len(group), group))
    return first, second
