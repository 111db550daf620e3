"""Decide whether a local copy of a table can be brought up to date from its changelog."""

from __future__ import annotations

from enum import StrEnum


class Misfit(StrEnum):
    """Why a local copy can't be brought up to date."""

    BEFORE_START = "before_start"
    """The changelog has lost records that come after the copy's checkpoint: rows that were
    changed or deleted there would stay in the copy as they were."""
    BEYOND_END = "beyond_end"
    """The changelog ends before the checkpoint: it was made again, or it lost records. The copy
    has rows that no other worker will ever see."""


def misfit(checkpoint: int | None, log_start: int, log_end: int) -> Misfit | None:
    """Return why the copy does not fit the changelog, or None if it does.

    `checkpoint` is the offset of the last record in the copy (None for an empty copy), `log_start`
    the first offset of the changelog and `log_end` the one that the next record gets.
    """
    if checkpoint is None:
        return None
    if checkpoint >= log_end:
        return Misfit.BEYOND_END
    if checkpoint < log_start - 1:
        return Misfit.BEFORE_START
    return None
