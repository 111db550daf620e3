"""The progress of a stage, and what was deleted before the stage read it."""

from __future__ import annotations

from services.operations import read_progress
from services.operations.read_progress import ReadProgress
from services.processing.unread_gaps import Gap, encode

NOW = 1_800_000_000


def test_a_stage_that_keeps_up_has_no_gap() -> None:
    assert read_progress.of(15, "", 10, 20) == ReadProgress(15)


def test_what_is_deleted_and_not_read_counts_before_the_stage_reads_on() -> None:
    assert read_progress.of(7, "", 10, 20) == ReadProgress(10, expired=3)


def test_noted_gaps_count_after_the_stage_has_read_on() -> None:
    note = encode([Gap(2, 5, 3, NOW - 60, True), Gap(0, 4, 4, NOW, False)], NOW)

    assert read_progress.of(15, note, 10, 20) == ReadProgress(15, 3, 4)
    assert read_progress.of(15, note, 10, 20, since=NOW - 1) == ReadProgress(15, 0, 4)


def test_without_a_committed_offset_nobody_knows_what_was_read() -> None:
    assert read_progress.of(None, None, 10, 20) == ReadProgress(10, perhaps_expired=10)


def test_nothing_on_a_topic_that_was_made_again_is_done() -> None:
    assert read_progress.of(500, "", 0, 20) == ReadProgress(0)
