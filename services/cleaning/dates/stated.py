"""Build a stated date from its parts, with its precision and without guessing a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from schemas.article import DateSource, Precision, StatedDate

FIRST_YEAR = 1990
"""The web is not older: an earlier date is an epoch, a default value or another kind of date."""
_THAI_OFFSET = 543
"""Years by which the Thai calendar is ahead."""
_FIRST_THAI_YEAR = 2500

_MAX_AHEAD = timedelta(hours=26)
"""How far a date may lie in the future: the widest time zones plus a wrong clock."""
_MAX_OFFSET_HOURS, _MAX_MINUTE = 14, 59

Parts = tuple[str | None, str | None, str | None]
NO_TIME: Parts = (None, None, None)


def stated_date(
    date: Parts,
    time: Parts,
    zone: str | None,
    origin: DateSource,
    now: datetime,
    *,
    ambiguous: bool = False,
) -> StatedDate | None:
    """Return the date with these parts (year, month, day; hour, minute, second), or None.

    Dates before `FIRST_YEAR`, after `now` or on a day that does not exist are invalid. `zone` is an
    offset such as `+02:00`, or a name of UTC.
    """
    year, month, day = (int(part) if part else None for part in date)
    hour, minute, second = (int(part) if part else None for part in time)
    if year is not None and year >= _FIRST_THAI_YEAR:
        year -= _THAI_OFFSET
    if year is None or year < FIRST_YEAR:
        return None
    try:
        moment = datetime(  # noqa: DTZ001 - the zone is added below, where one is stated
            year, month or 1, day or 1, hour or 0, minute or 0, second or 0
        )
        offset = _parse_offset(zone) if zone and hour is not None else None
        utc = None if offset is None else moment.replace(tzinfo=UTC) - offset
    except (ValueError, OverflowError):
        return None
    if (utc or moment.replace(tzinfo=UTC)) > now + _MAX_AHEAD:
        return None
    value, precision = _format(moment, month, day, hour, second)
    if offset is not None:
        value += _format_offset(offset)
    return StatedDate(value=value, precision=precision, origin=origin, utc=utc, ambiguous=ambiguous)


def from_unix_seconds(seconds: int, origin: DateSource, now: datetime) -> StatedDate | None:
    """Return the date of a number of seconds since 1970, or None if it is invalid."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    parts = (str(moment.year), str(moment.month), str(moment.day))
    time = (str(moment.hour), str(moment.minute), str(moment.second))
    return stated_date(parts, time, "Z", origin, now)


def _format(
    moment: datetime, month: int | None, day: int | None, hour: int | None, second: int | None
) -> tuple[str, Precision]:
    written = moment.isoformat()  # YYYY-MM-DDThh:mm:ss
    if month is None:
        return written[:4], Precision.YEAR
    if day is None:
        return written[:7], Precision.MONTH
    if hour is None:
        return written[:10], Precision.DAY
    return (written[:16], Precision.MINUTE) if second is None else (written, Precision.SECOND)


def _parse_offset(zone: str) -> timedelta | None:
    """Return the offset of `+02:00`, `+2`, `Z`, `GMT+0200` or `UTC`; None for another name."""
    sign = max(zone.find("+"), zone.find("-"))
    if sign < 0:
        return timedelta(0) if zone.upper() in ("Z", "UTC", "GMT") else None
    digits = zone[sign + 1 :].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))  # noqa: PLR2004 - without minutes
    if hours > _MAX_OFFSET_HOURS or minutes > _MAX_MINUTE:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if zone[sign] == "-" else offset


def _format_offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
