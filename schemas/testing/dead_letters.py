"""Make a valid dead letter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ..dead_letter import DeadLetter, Outcome
from ..envelope import deterministic_id
from ..topics import RAW


def dead_letter(
    reason: str = "too_short", *, outcome: Outcome | str = Outcome.FILTERED, **fields: Any
) -> DeadLetter:
    """Make the dead letter of a raw message; `fields` are further fields of `DeadLetter`."""
    values = {
        "outcome": outcome,
        "reason": reason,
        "detail": "2 words, fewer than 40",
        "stage": "cleaning",
        "topic": RAW.name,
        "partition": 0,
        "offset": 0,
        "timestamp": datetime(2025, 5, 4, 6, 45, 10, tzinfo=UTC),
    } | fields
    made_from = (str(values[name]) for name in ("stage", "topic", "partition", "offset", "reason"))
    return DeadLetter.model_validate({"id": deterministic_id("dead-letter", *made_from)} | values)
