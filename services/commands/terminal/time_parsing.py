"""Moments as people type them: a time, or how long ago."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from services.messaging.errors import UsageError

_UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}


def parse_time(text: str, now: datetime) -> datetime:
    """`90min` (ago; s, min, h, d) or ISO 8601, in UTC where it names no zone.

    Raises `UsageError` where it is neither.
    """
    ago = re.fullmatch(r"(\d+) ?(s|min|h|d)", text.strip())
    if ago:
        return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"{text!r} is not a time; write 2025-05-04T08:00Z, or an age such as 90min, 2h or 7d."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
