"""Gaps: offsets that were deleted before a stage read them, as noted beside its committed offset.

The note is the metadata of the committed offset, a text that Kafka keeps with it. Once a stage has
read on after a gap, nothing else on the cluster shows that there was one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import timedelta

import orjson

from schemas.topics import RAW

KEPT = RAW.retention or timedelta(days=7)
"""How long a gap is kept: for as long as the audit can see the raw messages around it."""

_MOST = 20
"""Gaps kept for a partition, some 50 bytes each; Kafka allows 4,096 bytes of metadata."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A range of offsets that were deleted before the stage read them.

    `first` is the first of them and `after` the offset at which the stage read on. `count` may be
    less than their distance if two gaps were joined. `noticed` is in seconds since the epoch.
    `certain` is False if it is not known whether the stage had read them.
    """

    first: int
    after: int
    count: int
    noticed: int
    certain: bool


def encode(gaps: Iterable[Gap], now: float, metadata: str = "") -> str:
    """Return metadata, a JSON object or nothing, with the note of the gaps in its field `unread`.

    Gaps that are older than `KEPT` are left out. If there are too many for Kafka's limit, the
    oldest ones are joined; their counts stay exact.
    """
    kept = [gap for gap in gaps if now - gap.noticed <= KEPT.total_seconds()]
    while len(kept) > _MOST:
        kept[:2] = [_joined(*kept[:2])]
    if not kept:
        return metadata
    fields = orjson.loads(metadata or "{}")
    return orjson.dumps({**fields, "unread": [astuple(gap) for gap in kept]}).decode()


def decode(note: str | None) -> list[Gap]:
    """Return the gaps of a note; none if there is no note, or one that Newsloom did not write."""
    try:
        return [Gap(*fields) for fields in orjson.loads(note or "")["unread"]]
    except (ValueError, TypeError, KeyError):
        return []


def _joined(older: Gap, newer: Gap) -> Gap:
    return Gap(
        older.first,
        newer.after,
        older.count + newer.count,
        newer.noticed,
        older.certain and newer.certain,
    )
