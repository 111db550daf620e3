"""Merge open stories that turn out to report the same event."""

from __future__ import annotations

from typing import Final

from schemas.story import StoryChange
from services.dedup.clustering.group_scorer import Match
from services.dedup.settings import DedupSettings
from services.dedup.storage.row_batch import RowBatch
from services.dedup.stories.story_row import MERGED_ARTICLES
from services.dedup.stories.story_writer import StoryWriter, existing_row

MERGE_CANDIDATES: Final = 4
"""Stories that fit a joining article best and are considered for a merge, its own included."""
MIN_MERGE_CANDIDATE_SCORE: Final = 0.15
"""Score of the joining article with another story from which the two stories are compared."""


def merge_similar(
    writer: StoryWriter,
    settings: DedupSettings,
    story_id: str,
    others: list[Match],
    batch: RowBatch,
) -> tuple[str, list[str]]:
    """Merge the story that an article has joined with others that the article fits too.

    `others` are the article's further matches, best first. Returns the id of the story that
    remains, and the ids of all stories that changed.
    """
    changed: list[str] = []
    for other in others[: MERGE_CANDIDATES - 1]:
        is_open = other.story_id in writer.clusterer.stories
        if other.score < MIN_MERGE_CANDIDATE_SCORE or not is_open:
            continue
        score = writer.clusterer.merge_score(story_id, other.story_id)
        if score < settings.merge_score:
            continue
        story_id, merged_id = _merge(writer, story_id, other.story_id, score, batch)
        changed += [story_id, merged_id]
    return story_id, changed


def _merge(
    writer: StoryWriter, one: str, other: str, score: float, batch: RowBatch
) -> tuple[str, str]:
    """Merge two stories; return the ids of the one that remains and of the merged one.

    The larger story remains; of equally large ones the earlier.
    """

    def rank(story_id: str) -> tuple[int, int, str]:
        row = existing_row(story_id, batch)
        return -row.article_count, row.period.start, story_id

    kept_id, merged_id = sorted((one, other), key=rank)
    kept, merged = existing_row(kept_id, batch), existing_row(merged_id, batch)
    kept.absorb(merged)
    writer.clusterer.merge_stories(kept_id, merged_id)
    reason = f"reports the same happening: score {score:.2f}"
    merged.merged_into, merged.closed = kept_id, True
    merged.keep_articles(MERGED_ARTICLES, merged.representatives)
    writer.save_version(merged_id, merged, StoryChange.MERGED, reason, batch)
    reason = f"took in story {merged_id}: score {score:.2f}"
    writer.save_version(kept_id, kept, StoryChange.UPDATED, reason, batch)
    return kept_id, merged_id
