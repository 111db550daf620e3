"""How far a stage has read a partition, and what was deleted there before it was read."""

from __future__ import annotations

from dataclasses import dataclass

from services.processing import start_position, unread_gaps


@dataclass(frozen=True, slots=True)
class ReadProgress:
    """The progress of a stage on one partition.

    The stage has done with everything below `offset`. `expired` counts the offsets that were
    deleted before the stage read them, `perhaps_expired` the deleted ones of which that is not
    known, because there was no committed offset.
    """

    offset: int
    expired: int = 0
    perhaps_expired: int = 0


def of(
    committed: int | None,
    note: str | None,
    log_start: int,
    log_end: int,
    since: float | None = None,
) -> ReadProgress:
    """Return the progress from the committed offset, its note of gaps, and the log's two ends.

    Counts the gaps that the stage noted when it read on after them (those noted from `since` on,
    in seconds since the epoch), and the one that it will find when it reads on now.
    """
    start = start_position.choose(committed, log_start, log_end)
    noted = [gap for gap in unread_gaps.decode(note) if since is None or gap.noticed >= since]
    return ReadProgress(
        start.offset,
        start.expired + sum(gap.count for gap in noted if gap.certain),
        start.unknown + sum(gap.count for gap in noted if not gap.certain),
    )
