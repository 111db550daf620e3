"""Divide a set of articles into the two groups that have least in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.dedup.clustering.comparison import Matrix

MIN_GROUP_SIZE: Final = 2
"""Articles that a group must have to be a story of its own: a single one is no evidence."""
_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Bipartition:
    """Two groups of articles within one story."""

    leaving: list[str]
    """Ids of the articles of the smaller group, which is to become a story of its own."""
    score: float
    """Merge score of the two groups with each other, from 0 to 1."""


def bipartition(similarities: Matrix) -> tuple[list[int], list[int]]:
    """Return two groups of articles, as indexes, by average-linkage clustering.

    ``similarities`` is a symmetric matrix. The larger group comes first, and of groups of one
    size the one with the first article. Of equally similar groups the first pair is joined, so
    that equal articles are always divided in the same way.
    """
    groups = [[i] for i in range(len(similarities))]
    while len(groups) > _GROUPS:
        highest, pair = float("-inf"), (0, 1)
        for i, one in enumerate(groups):
            for j in range(i + 1, len(groups)):
                mean = float(similarities[one][:, groups[j]].mean())
                if mean > highest:
                    highest, pair = mean, (i, j)
        groups[pair[0]] = sorted(groups[pair[0]] + groups.pop(pair[1]))
    first, second = sorted(groups, key=lambda group: (-len(group), group))
    return first, second
