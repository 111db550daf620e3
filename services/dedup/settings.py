"""Settings of a shard, with defaults for news in one language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Self

GRANULARITY_LOG_ODDS: Final[Mapping[str, float]] = {"fine": 1.5, "default": 0.0, "broad": -1.0}
"""Log-odds that are added to the scores from which articles join and stories merge or split."""


@dataclass(frozen=True, slots=True)
class DedupSettings:
    """The settings of a shard. Changing one never renames a living story."""

    copies_kept: timedelta = timedelta(days=7)
    """How long an article can still be found as an original, in event time."""

    story_quiet: timedelta = timedelta(hours=72)
    """How long a story waits for its next article before it closes, in event time."""

    copy_share: float = 0.75
    """Share of the smaller text's shingles that must be in the larger one for a copy."""

    join_score: float = 0.45
    """Merge score from which an article joins a story, from 0 to 1."""

    merge_score: float = 0.4
    """Merge score from which two stories merge, the smaller treated as articles of the larger."""

    split_score: float = 0.02
    """Score with its own story below which a revised article leaves the story."""

    part_score: float = 0.15
    """Score of two groups of a story's articles below which the story is split."""

    candidates: int = 8
    """Stories that are compared with an article at most."""

    candidate_share: float = 0.15
    """A story that shares less with an article than this share of what the best one shares is not
    compared. Shared words and entities are weighed by how few stories have them."""

    max_articles: int = 2_000_000
    """Articles in the window; beyond it the oldest expire early, so that memory is bounded."""

    trusted_past: timedelta = timedelta(days=3650)
    """A stated date is not believed if it is further than this before the time of ingest."""

    trusted_future: timedelta = timedelta(days=1)
    """A stated date is not believed if it is further than this after the time of ingest."""

    def with_granularity(self, granularity: str) -> Self:
        """Return the settings with all scores of the clustering moved along their log-odds.

        ``granularity`` is a key of `GRANULARITY_LOG_ODDS`; `KeyError` otherwise. The scores keep
        their distances: what joins more easily also merges more easily, and is split less.
        """
        shift = GRANULARITY_LOG_ODDS[granularity]
        if not shift:
            return self
        return replace(
            self,
            join_score=_shifted(self.join_score, shift),
            merge_score=_shifted(self.merge_score, shift),
            split_score=_shifted(self.split_score, shift),
            part_score=_shifted(self.part_score, shift),
        )


def _shifted(score: float, log_odds: float) -> float:
    """Return a probability whose log-odds are higher by ``log_odds``."""
    return 1 / (1 + (1 - score) / score * math.exp(-log_odds))
