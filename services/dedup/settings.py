"""Settings of one shard; every one has a default that suits news in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class DedupSettings:
    """What a person may set. A change never renames a living story."""

    copies_kept: timedelta = timedelta(days=7)
    """How long an article can still be found as an original, in event time."""

    story_quiet: timedelta = timedelta(hours=72)
    """How long a story waits for its next article before it closes, in event time."""

    copy_share: float = 0.75
    """Share of the smaller text's shingles that must stand in the larger one for a copy."""

    join_score: float = 0.45
    """Merge score from which an article joins a story, from 0 to 1."""

    merge_score: float = 0.4
    """Merge score from which two stories become one: the smaller seen as articles of the larger."""

    split_score: float = 0.02
    """A revised article whose score with its own story falls below this leaves it."""

    part_score: float = 0.15
    """Two groups of a story's articles that fit each other worse than this part."""

    candidates: int = 8
    """Stories that are looked at closely for an article, at most."""

    candidate_share: float = 0.15
    """Stories that share less with an article than this part of what the best one shares
    are not looked at: its words and entities, weighed by how few stories have them."""

    max_articles: int = 2_000_000
    """Articles in the window; beyond it the oldest leave early, so that memory is bounded."""

    trusted_past: timedelta = timedelta(days=3650)
    """A stated date further back than this from when the article was taken in is not believed."""

    trusted_future: timedelta = timedelta(days=1)
    """A stated date further ahead than this of when the article was taken in is not believed."""
