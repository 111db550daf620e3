"""Settings of a shard, with defaults for news in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


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
