"""Decide where to read on if a partition no longer has the offset that a stage wants to read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Why a stage does not read on at its committed offset."""

    NO_COMMIT = "no_commit"
    """Nothing was ever committed, or the committed offset has expired or was deleted."""
    EXPIRED = "expired"
    """Retention has deleted the record, and others after it, before the stage read them."""
    BEYOND_END = "beyond_end"
    """The log ends before the offset: the topic was deleted and made again, or lost records."""


@dataclass(frozen=True, slots=True)
class StartPosition:
    """The offset to read next, and why it is not the wanted one (None if it is).

    `expired` counts the offsets that were deleted before the stage read them, and `unknown` the
    deleted offsets of which nobody knows whether it read them.
    """

    offset: int
    cause: Cause | None = None
    expired: int = 0
    unknown: int = 0


def choose(wanted: int | None, log_start: int, log_end: int) -> StartPosition:
    """Return where to read on, given the wanted offset and the offsets that the log has.

    `log_start` is the first offset of the log and `log_end` the one that the next record gets.
    If the wanted offset is missing, reading goes on at the first record that is still there:
    delivery is at-least-once, so records may be repeated but not skipped.
    """
    if wanted is None:
        return StartPosition(log_start, Cause.NO_COMMIT, unknown=log_start)
    if wanted < log_start:
        return StartPosition(log_start, Cause.EXPIRED, expired=log_start - wanted)
    if wanted > log_end:
        return StartPosition(log_start, Cause.BEYOND_END, unknown=log_start)
    return StartPosition(wanted)
