"""How a set of articles falls into two groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from services.dedup.clustering.comparison import Matrix

LEAST: Final = 2
"""Articles that a group must have to be a story of its own: a stray one is no evidence."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Two groups in one story."""

    leaving: list[str]
    """Ids of the articles that have least to do with the rest."""
    score: float
    """How well the two groups fit each other, from 0 to 1."""


def two_groups(links: Matrix) -> tuple[list[int], list[int]]:
    """Return two groups of articles by average linkage, the larger first.

    ``links`` says of each two how much speaks for their being together, the same both
    ways. Of groups of one size the one with the first article comes first, and of
    equal links the first is taken, so that equal articles always part alike.
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
